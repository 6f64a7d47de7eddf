package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.ChromaAuth;
import io.chromaauth.Settings;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class path of most users: without the library that only JWTs need. */
class WithoutNimbusTest {
  @TempDir Path directory;

  @Test
  void theOtherProvidersDoNotMissIt() throws Exception {
    assertEquals(
        "started",
        start(
            Map.of(
                "CHROMA_SERVER_AUTHN_PROVIDER",
                "token",
                "CHROMA_SERVER_AUTHN_CREDENTIALS",
                "abc")));
  }

  @Test
  void jwtTellsWhatToAdd() throws Exception {
    Path keys = Files.writeString(directory.resolve("keys.json"), Issuer.rsaSet());
    assertEquals(
        keys
            + ": found jwt without Nimbus JOSE+JWT, expected it on the class path; fix: add"
            + " com.nimbusds:nimbus-jose-jwt, version 10",
        start(jwt("CHROMA_AUTH_JWT_JWKS_FILE", keys.toString())));
    assertEquals(
        "environment (CHROMA_AUTH_JWT_JWKS_URL): found jwt without Nimbus JOSE+JWT, expected it on"
            + " the class path; fix: add com.nimbusds:nimbus-jose-jwt, version 10",
        start(jwt("CHROMA_AUTH_JWT_JWKS_URL", "https://id.example/keys")));
  }

  private static Map<String, String> jwt(String name, String value) {
    return Map.of(
        "CHROMA_SERVER_AUTHN_PROVIDER",
        "jwt",
        "CHROMA_AUTH_JWT_ISSUER",
        Issuer.NAME,
        "CHROMA_AUTH_JWT_AUDIENCE",
        Issuer.AUDIENCE,
        name,
        value);
  }

  /** Starts in a class loader of its own that lacks Nimbus. */
  private static String start(Map<String, String> settings) throws Exception {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("nimbus"))
            .map(WithoutNimbusTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      assertThrows(
          ClassNotFoundException.class, () -> loader.loadClass("com.nimbusds.jose.JWSVerifier"));
      Class<?> settingsClass = loader.loadClass(Settings.class.getName());
      Object made =
          settingsClass
              .getMethod("of", String.class, Map.class)
              .invoke(null, "environment", settings);
      Object auth =
          loader
              .loadClass(ChromaAuth.class.getName())
              .getMethod("fromSettings", settingsClass)
              .invoke(null, made);
      ((AutoCloseable) auth).close();
      return "started";
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getTargetException().getMessage());
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
