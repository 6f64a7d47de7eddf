package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where {@code .ci/install-clients} has put things, by the names in its {@code env} file. */
final class Installed {
  private static final Path ENV = Path.of(System.getProperty("clients.env", ""));

  private Installed() {}

  /** The path of this name; a missing one fails the test. */
  static String path(String name) {
    assertTrue(Files.exists(ENV), "no " + ENV + ": run .ci/install-clients");
    String path = read().getOrDefault(name, "nowhere");
    assertTrue(Files.exists(Path.of(path)), name + " is not installed: " + path);
    return path;
  }

  /** What the file of this name says. */
  static String text(String name) throws IOException {
    return Files.readString(Path.of(path(name)));
  }

  private static Map<String, String> read() {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(ENV)) {
        int equals = line.indexOf('=');
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
