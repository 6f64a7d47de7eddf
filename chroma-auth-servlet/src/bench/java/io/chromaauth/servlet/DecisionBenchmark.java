package io.chromaauth.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the whole filter costs a request: the real one, a stubbed request and response. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {
  private static final FilterChain APPLICATION =
      (request, response) -> ((HttpServletResponse) response).setStatus(204);

  /** Who asks for what. */
  public enum Case {
    TOKEN(204),
    TOKEN_TENANT_BOUND(204),
    TOKEN_DATABASE_BOUND(204),
    TOKEN_PATTERN_BOUND(204),
    BASIC_REMEMBERED(204),
    BASIC_FIRST_SEEN(204),
    JWT_REMEMBERED(204),
    UNKNOWN_TOKEN(401),
    FORBIDDEN(403);

    private final int status;

    Case(int status) {
      this.status = status;
    }
  }

  @Param public Case work = Case.TOKEN;

  @Param({"10", "10000"})
  public int users;

  private ChromaAuthFilter filter = new ChromaAuthFilter();
  private String[] credentials = {};
  private String method = "POST";
  private String uri = Site.COLLECTION + "/query";

  /** Where one thread is among the credentials. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;
  }

  @Setup
  public void prepare() throws Exception {
    Site site = new Site(users);
    filter = filter(site);
    int different = Math.min(Integer.highestOneBit(users), 256);
    credentials = new String[different];
    for (int i = 0; i < different; i++) {
      credentials[i] = credentials((int) ((long) i * users / different) & ~1);
    }
    if (work == Case.FORBIDDEN) {
      method = "DELETE";
      uri = Site.COLLECTION;
    }
    for (String one : credentials) {
      int status = status(one);
      if (status != work.status) {
        throw new IllegalStateException(work + ": " + status);
      }
    }
  }

  @TearDown
  public void close() {
    filter.destroy();
  }

  @Benchmark
  public int filter(Turn turn) throws IOException, ServletException {
    return status(credentials[turn.next++ & (credentials.length - 1)]);
  }

  private int status(String authorization) throws IOException, ServletException {
    StubResponse response = new StubResponse();
    filter.doFilter(new StubRequest(method, uri, authorization), response, APPLICATION);
    return response.getStatus();
  }

  private ChromaAuthFilter filter(Site site) throws IOException {
    return switch (work) {
      case TOKEN, UNKNOWN_TOKEN, FORBIDDEN -> site.tokens(Site.Bound.NONE);
      case TOKEN_TENANT_BOUND -> site.tokens(Site.Bound.TENANT);
      case TOKEN_DATABASE_BOUND -> site.tokens(Site.Bound.DATABASE);
      case TOKEN_PATTERN_BOUND -> site.tokens(Site.Bound.PATTERN);
      case BASIC_REMEMBERED -> site.basic(100_000);
      case BASIC_FIRST_SEEN -> site.basic(0);
      case JWT_REMEMBERED -> site.jwts();
    };
  }

  private String credentials(int user) throws GeneralSecurityException {
    return switch (work) {
      case BASIC_REMEMBERED, BASIC_FIRST_SEEN -> Site.rightBasic(user);
      case JWT_REMEMBERED -> Site.jwt(user);
      case UNKNOWN_TOKEN -> Site.bearer(users + user);
      case FORBIDDEN -> Site.bearer(user + 1); // a reader, who may not delete
      default -> Site.bearer(user);
    };
  }
}
