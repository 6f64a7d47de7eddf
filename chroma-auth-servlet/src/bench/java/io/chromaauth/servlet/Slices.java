package io.chromaauth.servlet;

import io.chromaauth.Secret;
import io.chromaauth.authn.HtpasswdLine;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.mindrot.jbcrypt.BCrypt;

/**
 * Decisions beside each other in one JVM, by the CPU time of one thread in short shuffled slices:
 * steadier than a JVM for each on a machine that others use. Prints median and minimum of rounds.
 */
public final class Slices {
  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int CHEAP = 60_000;
  private static final int BCRYPTS = 40;

  /** Until the code around a bcrypt is compiled. */
  private static final int WARM_UP_BCRYPTS = 12_000;

  private static final FilterChain APPLICATION =
      (request, response) -> ((HttpServletResponse) response).setStatus(204);

  private final List<Row> rows = new ArrayList<>();

  private Slices() {}

  /** One thing that is measured, so many times in a slice. */
  private record Row(String name, int times, Work work, List<Double> figures) {
    double slice() throws Exception {
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        work.run();
      }
      return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin)
          / (double) times;
    }
  }

  /** What takes the time. */
  private interface Work {
    void run() throws Exception;
  }

  /** All of them. */
  public static void main(String[] args) throws Exception {
    Slices slices = new Slices();
    slices.tokens();
    slices.passwords();
    slices.run();
    System.exit(0); // threads of resolvers may wait
  }

  private void tokens() throws IOException, GeneralSecurityException {
    String[] tokens = new String[256];
    String[] jwts = new String[256];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = Site.bearer(2 * i);
      jwts[i] = Site.jwt(2 * i);
    }
    for (Site.Bound bound : Site.Bound.values()) {
      add("token, bounds " + bound, CHEAP, decision(new Site(10_000).tokens(bound), tokens));
    }
    String name = "JWT remembered, " + jwts[0].length() + " characters";
    add(name, CHEAP, decision(new Site(10_000).jwts(), jwts));
  }

  private void passwords() throws Exception {
    Work first = decision(new Site(10).basic(0), Site.rightBasic(0), Site.rightBasic(2));
    for (int i = 0; i < WARM_UP_BCRYPTS; i++) {
      first.run();
    }
    add("Basic first seen, cost 5", BCRYPTS, first);
    String password = "correct horse";
    String hash = "$2a" + HtpasswdLine.of("u", Secret.of(password), 5).substring(5);
    add(
        "bcrypt alone, cost 5",
        BCRYPTS,
        () -> {
          if (!BCrypt.checkpw(password, hash)) {
            throw new IllegalStateException("not the password");
          }
        });
  }

  private static Work decision(ChromaAuthFilter filter, String... credentials) {
    int[] next = {0};
    return () -> decide(filter, credentials[next[0]++ % credentials.length]);
  }

  private static void decide(ChromaAuthFilter filter, String authorization)
      throws IOException, ServletException {
    StubResponse response = new StubResponse();
    StubRequest request = new StubRequest("POST", Site.COLLECTION + "/query", authorization);
    filter.doFilter(request, response, APPLICATION);
    if (response.getStatus() != 204) {
      throw new IllegalStateException("status " + response.getStatus());
    }
  }

  private void add(String name, int times, Work work) {
    rows.add(new Row(name, times, work, new ArrayList<>()));
  }

  private void run() throws Exception {
    Random random = new Random(1);
    List<Row> order = new ArrayList<>(rows);
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (Row row : order) {
        double nanos = row.slice();
        if (round >= 0) {
          row.figures().add(nanos);
        }
      }
    }
    for (Row row : rows) {
      double[] sorted = row.figures().stream().mapToDouble(d -> d).sorted().toArray();
      double least = Arrays.stream(sorted).min().orElseThrow();
      System.out.printf("%s: median %.0f ns, least %.0f%n", row.name(), sorted[ROUNDS / 2], least);
    }
  }
}
