package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that a {@link java.util.ServiceLoader} finds, by a file as a jar would have it. */
class ServiceProvidersTest {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  @TempDir Path jar;

  @AfterEach
  void restore() {
    thread.setContextClassLoader(before);
  }

  @Test
  void aServiceIsAskedForByItsName() throws IOException {
    register(Badges.class.getName());
    try (ChromaAuth auth = Start.with(Map.of(AUTHN_PROVIDER, "badges", "BADGE", "b-17"))) {
      AuthnResult result = auth.snapshot().authenticate(badge("b-17"));
      assertEquals("guard", ((AuthnResult.Authenticated) result).identity().userId());
      assertTrue(auth.snapshot().authenticate(badge("b-18")) instanceof AuthnResult.Refused);
    }
  }

  @Test
  void aMisspeltNameIsToldTheServicesName() throws IOException {
    register(Badges.class.getName());
    assertTrue(faults(Map.of(AUTHN_PROVIDER, "badge")).contains("did you mean 'badges'?"));
  }

  @Test
  void whatTheServiceFindsWrongIsTheStartsFault() throws IOException {
    register(Badges.class.getName());
    assertTrue(faults(Map.of(AUTHN_PROVIDER, "badges")).contains("expected a badge"));
  }

  @Test
  void aServiceThatMakesNothingOrFailsOrCanNotBeLoadedIsAFault() throws IOException {
    register(Empty.class.getName() + "\n" + Failing.class.getName());
    assertTrue(faults(Map.of(AUTHN_PROVIDER, "empty")).contains("a factory that makes nothing"));
    String failing = faults(Map.of(AUTHN_PROVIDER, "failing"));
    assertTrue(failing.contains("a factory that fails: java.lang.IllegalStateException"), failing);
    assertTrue(!failing.contains("s3cret"), failing);
    register("no.such.Factory");
    String missing = faults(Map.of(AUTHN_PROVIDER, "badges"));
    assertTrue(missing.contains("a service that can't be loaded"), missing);
  }

  private static String faults(Map<String, String> settings) {
    return assertThrows(ConfigException.class, () -> Start.with(settings)).toString();
  }

  private void register(String classes) throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(AuthenticationProvider.Factory.class.getName()), classes);
    thread.setContextClassLoader(
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader()));
  }

  private static RequestHeaders badge(String value) {
    return name -> name.equals("X-Badge") ? List.of(value) : List.of();
  }

  /** One that works. */
  public static final class Badges implements AuthenticationProvider.Factory {
    @Override
    public String name() {
      return "badges";
    }

    @Override
    public AuthenticationProvider create(Settings settings) {
      String badge =
          settings
              .value("BADGE")
              .orElseThrow(
                  () ->
                      new ConfigException(
                          new ConfigException.Fault(
                              "settings", 0, "BADGE", "nothing", "a badge", null)));
      return headers ->
          headers.values("X-Badge").equals(List.of(badge))
              ? new AuthnResult.Authenticated(UserIdentity.of("guard", "badges"))
              : AuthnResult.wrong("badge");
    }
  }

  /** One that makes nothing. */
  public static final class Empty implements AuthenticationProvider.Factory {
    @Override
    public String name() {
      return "empty";
    }

    @Override
    @SuppressWarnings("NullAway") // as a host without such a check may do
    public @Nullable AuthenticationProvider create(Settings settings) {
      return null;
    }
  }

  /** One that fails with a message that nobody may see. */
  public static final class Failing implements AuthenticationProvider.Factory {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public AuthenticationProvider create(Settings settings) {
      throw new IllegalStateException("s3cret");
    }
  }
}
