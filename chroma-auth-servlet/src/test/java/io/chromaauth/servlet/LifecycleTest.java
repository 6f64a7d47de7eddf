package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.CollectionResolver;
import io.chromaauth.ConfigException;
import io.chromaauth.RequestHeaders;
import io.chromaauth.settings.Names;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a filter begins and ends. */
class LifecycleTest {
  private static final Map<String, String> ONE_TOKEN =
      Map.of(
          "chroma_server_authn_provider",
              "chromadb.auth.token_authn.TokenAuthenticationServerProvider",
          "CHROMA_SERVER_AUTHN_CREDENTIALS", "one-token");

  @Test
  void aFilterThatWasNotInitialisedLetsNothingThrough() {
    ChromaAuthFilter filter = new ChromaAuthFilter();
    assertThrows(IllegalStateException.class, () -> refuse(filter));
    assertThrows(IllegalStateException.class, filter::summary);
    assertThrows(IllegalStateException.class, filter::credentialHeaders);
    filter.destroy();
  }

  @Test
  void aContainersFilterReadsItsInitParams() throws IOException, ServletException {
    ChromaAuthFilter filter = new ChromaAuthFilter();
    filter.init(ServletSettingsTest.config(ONE_TOKEN, Map.of(Names.COMPAT, "native-0.6")));
    Call known = Call.get("/api/v2/tenants/x").header("X-Chroma-Token", "one-token");
    assertEquals("anonymous", known.through(filter).seen().getRemoteUser());
    assertEquals(403, Call.get("/api/v2/tenants/x").through(filter).status());
  }

  @Test
  void theComponentsAndTheWarningsAreLoggedAsChromaDoes() throws ServletException {
    ChromaAuthFilter filter = new ChromaAuthFilter();
    try (Logged log = Logged.by("chroma.auth")) {
      filter.init(ServletSettingsTest.config(ONE_TOKEN, Map.of()));
      assertTrue(log.lines().contains("Starting component TokenAuthenticationServerProvider"));
      assertTrue(log.everything().contains("no authorization provider"), log.everything());
      assertFalse(log.everything().contains("one-token"));
    }
  }

  @Test
  void aFilterBuiltInCodeKeepsWhatItWasBuiltWith() throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter();
    filter.init(ServletSettingsTest.config(Map.of(Names.DISABLED, "true"), Map.of()));
    assertEquals(401, Call.get("/api/v2/tenants/x").through(filter).status());
  }

  @Test
  void afterItsEndItLetsNothingThrough() {
    ChromaAuthFilter filter = Team.filter();
    filter.destroy();
    assertThrows(IllegalStateException.class, () -> refuse(filter));
    filter.destroy();
  }

  @Test
  void itsEndIsTheEndOfWhatItStarted() {
    List<String> closed = new ArrayList<>();
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(closing("provider", closed))
            .resolver(closingResolver(closed))
            .build();
    filter.destroy();
    assertEquals(List.of("provider", "resolver"), closed);
  }

  @Test
  void whatCanNotBeClosedDoesNotKeepTheRestOpen() {
    List<String> closed = new ArrayList<>();
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(
                new AuthenticationProvider() {
                  @Override
                  public AuthnResult authenticate(RequestHeaders headers) {
                    return AuthnResult.NOT_PRESENTED;
                  }

                  @Override
                  public void close() {
                    throw new IllegalStateException("stuck");
                  }
                })
            .resolver(closingResolver(closed))
            .build();
    try (Logged log = Logged.by("chroma.auth")) {
      filter.destroy();
      assertEquals(List.of("resolver"), closed);
      assertEquals(1, log.lines().size());
    }
  }

  @Test
  void allFaultsAreToldAtOnceInOneMessageAndInTheLog() {
    ChromaAuthFilter filter = new ChromaAuthFilter();
    FilterConfig config =
        ServletSettingsTest.config(
            Map.of(
                Names.AUTHN_PROVIDER, "tokens",
                Names.COMPAT, "native",
                Names.PATH_PREFIX, "chroma",
                Names.IGNORE_PATHS, "{\"<boltpathname>/api/v2/heartbeat\": [\"GET\"]}",
                Names.RESOLVER, "upstream"),
            Map.of());
    try (Logged log = Logged.by("chroma.auth")) {
      ServletException e = assertThrows(ServletException.class, () -> filter.init(config));
      for (String name :
          List.of(
              Names.AUTHN_PROVIDER,
              Names.COMPAT,
              Names.PATH_PREFIX,
              Names.IGNORE_PATHS,
              Names.RESOLVER)) {
        assertTrue(e.toString().contains(name), e::toString);
        assertTrue(log.everything().contains(name), log.everything());
      }
      assertTrue(e.toString().contains("init-param"), e::toString);
    }
    assertThrows(IllegalStateException.class, () -> refuse(filter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "token | 's3cr3t'",
        "token | two s3cr3t words",
        "token | \"s3cr3t\"",
        "basic | alice:s3cr3t",
        "basic | alice:{SHA}s3cr3t",
        "basic | s3cr3t",
        "token | users: [{id: a, tokens: [s3cr3t]}]",
        "tokens | s3cr3t"
      })
  void noMessageHoldsASecret(String provider, String credentials) {
    ChromaAuthFilter filter = new ChromaAuthFilter();
    FilterConfig config =
        ServletSettingsTest.config(
            Map.of(Names.AUTHN_PROVIDER, provider, Names.AUTHN_CREDENTIALS, credentials), Map.of());
    try (Logged log = Logged.by("chroma.auth")) {
      ServletException e = assertThrows(ServletException.class, () -> filter.init(config));
      for (Throwable t = e; t != null; t = t.getCause()) {
        assertFalse(t.toString().contains("s3cr3t"), t::toString);
      }
      assertFalse(log.everything().contains("s3cr3t"), log.everything());
    }
  }

  @Test
  void secretsInDocumentsStayOutOfMessages() {
    String users = "users:\n- id: a\n  tokens: [s3cr3t, s3cr3t]\n  tenant: {s3cr3t: x\n";
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                ChromaAuthFilter.builder()
                    .settings(
                        Team.only(Names.AUTHN_PROVIDER, "token", Names.AUTHN_CREDENTIALS, users))
                    .build());
    assertFalse(e.toString().contains("s3cr3t"), e::toString);
  }

  private static void refuse(ChromaAuthFilter filter) throws IOException, ServletException {
    Outcome outcome = Call.get("/api/v2/heartbeat").through(filter);
    assertFalse(outcome.reachedTheApplication());
  }

  private static AuthenticationProvider closing(String name, List<String> closed) {
    return new AuthenticationProvider() {
      @Override
      public AuthnResult authenticate(RequestHeaders headers) {
        return AuthnResult.NOT_PRESENTED;
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private static CollectionResolver closingResolver(List<String> closed) {
    return new CollectionResolver() {
      @Override
      public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
        return new NotFound();
      }

      @Override
      public void close() {
        closed.add("resolver");
      }
    };
  }
}
