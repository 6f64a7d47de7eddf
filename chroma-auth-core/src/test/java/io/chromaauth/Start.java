package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.settings.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts with settings from the environment and tells what comes of it. */
final class Start {
  private Start() {}

  static ChromaAuth with(Map<String, String> settings) {
    return ChromaAuth.fromSettings(Settings.of("environment", settings));
  }

  /** The faults that end a start, one line each and without a secret. */
  static List<String> faults(Map<String, String> settings) {
    ConfigException e = assertThrows(ConfigException.class, () -> with(settings));
    Samples.assertNoSecret(e.toString());
    assertNull(e.getCause());
    assertEquals(0, e.getSuppressed().length);
    List<String> faults = e.faults().stream().map(ConfigException.Fault::toString).toList();
    faults.forEach(Samples::assertNoSecret);
    faults.forEach(fault -> assertEquals(1, fault.lines().count(), fault));
    assertEquals(String.join("\n", faults), e.getMessage());
    assertTrue(e.toString().startsWith("io.chromaauth.ConfigException: "));
    return faults;
  }

  /** The same, where a file of this directory is told by its name alone. */
  static List<String> faults(Map<String, String> settings, Path directory) {
    return faults(settings).stream().map(f -> f.replace(directory + "/", "")).toList();
  }

  /** Settings for Basic over a file with this text. */
  static Map<String, String> basic(Path directory, String htpasswd) {
    return Map.of(
        Names.AUTHN_PROVIDER,
        "basic",
        Names.AUTHN_CREDENTIALS_FILE,
        write(directory, "server.htpasswd", htpasswd).toString());
  }

  /** Settings for tokens over a file with this text. */
  static Map<String, String> token(Path directory, String users) {
    return Map.of(
        Names.AUTHN_PROVIDER,
        "token",
        Names.AUTHN_CREDENTIALS_FILE,
        write(directory, "users.yaml", users).toString());
  }

  /** Settings for tokens and rules over files with these texts. */
  static Map<String, String> tokenWithRules(Path directory, String users, String rules) {
    return withRules(token(directory, users), directory, rules);
  }

  /** These settings and rules over a file with this text. */
  static Map<String, String> withRules(Map<String, String> base, Path directory, String rules) {
    return with(
        base,
        Names.AUTHZ_PROVIDER,
        "simple_rbac",
        Names.AUTHZ_CONFIG_FILE,
        write(directory, "authz.yaml", rules).toString());
  }

  /** These settings and others, name and value in turn. */
  static Map<String, String> with(Map<String, String> base, String... others) {
    Map<String, String> all = new HashMap<>(base);
    for (int i = 0; i < others.length; i += 2) {
      all.put(others[i], others[i + 1]);
    }
    return Map.copyOf(all);
  }

  static Path write(Path directory, String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
