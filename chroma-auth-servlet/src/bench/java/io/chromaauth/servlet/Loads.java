package io.chromaauth.servlet;

import io.chromaauth.Settings;
import io.chromaauth.settings.Names;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * What it takes to hold many users: {@code KIND USERS} prints a line of CSV, for which a JVM is
 * used once: ms until the first decision, CPU seconds of the thread, MiB of live heap after it.
 */
public final class Loads {
  private Loads() {}

  /** What is loaded. */
  public enum Kind {
    /** htpasswd in a map, by hand. */
    FLOOR_HTPASSWD,
    /** Names and SHA-256 of tokens in a map, by hand. */
    FLOOR_TOKENS,
    HTPASSWD,
    HTPASSWD_AND_RULES,
    TOKENS,
    TOKENS_AND_RULES
  }

  /** One of the rows. */
  public static void main(String[] args) throws Exception {
    Kind kind = Kind.valueOf(args[0]);
    int users = Integer.parseInt(args[1]);
    Site site = new Site(users, kind.name().endsWith("RULES"));
    boolean passwords = kind.name().contains("HTPASSWD");
    Settings settings =
        passwords ? site.basicSettings(100) : site.tokenSettings(Site.Bound.DATABASE);
    long wall = System.nanoTime();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Object loaded = kind.name().startsWith("FLOOR") ? floor(passwords, settings) : ours(settings);
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    wall = System.nanoTime() - wall;
    System.out.printf("%s,%d,%d,%.2f,%.1f%n", kind, users, wall / 1_000_000, cpu / 1e9, heap());
    if (loaded.hashCode() == users) { // keeps it alive until here
      System.out.println();
    }
  }

  private static Object ours(Settings settings) throws Exception {
    ChromaAuthFilter filter = Site.filter(settings);
    StubResponse response = new StubResponse();
    StubRequest request = new StubRequest("GET", "/api/v2/auth/identity", Site.bearer(1));
    filter.doFilter(request, response, (passed, answer) -> {});
    if (response.getStatus() != HttpServletResponse.SC_OK
        && response.getStatus() != HttpServletResponse.SC_UNAUTHORIZED) {
      throw new IllegalStateException("status " + response.getStatus());
    }
    return filter;
  }

  private static Object floor(boolean passwords, Settings settings) throws Exception {
    Path file = Path.of(settings.value(Names.AUTHN_CREDENTIALS_FILE).orElseThrow());
    return passwords ? hashes(file) : digests(file);
  }

  private static Map<String, String> hashes(Path file) throws IOException {
    Map<String, String> hashes = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        hashes.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return hashes;
  }

  private static Map<ByteBuffer, String> digests(Path file) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    Map<ByteBuffer, String> names = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line.substring("- {id: ".length(), line.indexOf(','));
        String token = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
        byte[] digest = sha.digest(token.getBytes(StandardCharsets.US_ASCII));
        names.put(ByteBuffer.wrap(digest), name);
      }
    }
    return names;
  }

  private static double heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
  }
}
