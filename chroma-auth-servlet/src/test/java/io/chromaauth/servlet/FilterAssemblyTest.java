package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.ConfigException;
import io.chromaauth.Decision;
import io.chromaauth.Secret;
import io.chromaauth.Settings;
import io.chromaauth.TokenAuthentication;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter may consist of: settings, code, both, or nothing at all. */
class FilterAssemblyTest {
  @Test
  void withoutAnyAuthenticationItDoesNotStart() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> ChromaAuthFilter.builder().build());
    assertTrue(e.toString().contains(Names.AUTHN_PROVIDER), e::toString);
    assertThrows(
        ConfigException.class,
        () ->
            ChromaAuthFilter.builder()
                .authorization((identity, action, resource) -> new Decision.Allowed("all"))
                .build());
  }

  @Test
  void disabledItLetsEverythingThroughUntouchedAndSaysSoAgainAndAgain()
      throws IOException, ServletException {
    ChromaAuthFilter open = openFilter();
    for (Call call :
        List.of(
            Call.post("/api/v2/reset").header("Origin", "http://evil.example"),
            Call.get("/api/v2/../x"),
            Call.get("/nothing").as("root").as("root"))) {
      HttpServletRequest request = call.request();
      assertSame(request, Call.through(open, request).seen());
    }
    assertTrue(open.summary().warnings().toString().contains("DISABLED"));
    assertFalse(open.credentialHeaders().isEmpty());
    try (Logged log = Logged.by("chroma.auth")) {
      ChromaAuthFilter again = openFilter();
      Call.get("/").through(again);
      Call.get("/").through(again);
      assertEquals(1, log.lines().size(), "now and then, not with every request");
      assertTrue(log.lines().get(0).contains("DISABLED"));
    }
    open.destroy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "TRUE", "1", "yes", "'true'", "true "})
  void onlyTrueDisablesIt(String value) {
    assertThrows(
        ConfigException.class,
        () -> ChromaAuthFilter.builder().settings(Team.only(Names.DISABLED, value)).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHROMA_SERVER_AUTHN_PROVIDER",
        "CHROMA_SERVER_AUTHN_CREDENTIALS",
        "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
        "CHROMA_SERVER_AUTHZ_PROVIDER",
        "CHROMA_SERVER_AUTHZ_CONFIG",
        "CHROMA_SERVER_AUTHZ_CONFIG_FILE",
        "CHROMA_SERVER_AUTH_PROVIDER",
        "chroma_server_authn_provider"
      })
  void disabledBesideAProviderItDoesNotStartWhateverSourceNamesIt(String name) {
    Settings settings =
        Settings.of("init-param", Map.of(Names.DISABLED, "true"))
            .orElse(Settings.of("environment", Map.of(name, "x")));
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> ChromaAuthFilter.builder().settings(settings).build());
    assertTrue(e.toString().contains(Names.DISABLED), e::toString);
  }

  @Test
  void disabledBesideAProviderInCodeItDoesNotStart() {
    Settings disabled = Team.only(Names.DISABLED, "true");
    assertThrows(
        ConfigException.class,
        () ->
            ChromaAuthFilter.builder()
                .settings(disabled)
                .authentication(TokenAuthentication.single(Secret.of("x")))
                .build());
    assertThrows(
        ConfigException.class,
        () ->
            ChromaAuthFilter.builder()
                .settings(disabled)
                .authorization((identity, action, resource) -> new Decision.Denied("no", false))
                .build());
  }

  @Test
  void rulesGivenInCodeHoldAlsoWhereSettingsNameTheUsers() throws IOException, ServletException {
    // refused at the start or by the rules: it must not come to "everybody may do everything"
    ChromaAuthFilter.Builder builder =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(Names.AUTHN_PROVIDER, "token", Names.AUTHN_CREDENTIALS, "one-token"))
            .authorization((identity, action, resource) -> new Decision.Denied("no", false));
    Call reset = Call.post("/api/v2/reset").header("X-Chroma-Token", "one-token");
    assertRefused(builder, reset);
  }

  @Test
  void rulesInTheSettingsHoldAlsoWhereCodeNamesTheUsers() throws IOException, ServletException {
    ChromaAuthFilter.Builder builder =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(
                    Names.AUTHZ_PROVIDER, "simple_rbac",
                    Names.AUTHZ_CONFIG, "roles_mapping: {}\nusers:\n- {id: u, role: reader}\n"))
            .authentication(
                headers -> new AuthnResult.Authenticated(UserIdentity.of("u", "token")));
    assertRefused(builder, Call.post("/api/v2/reset"));
  }

  @Test
  void aThrottleInTheSettingsWouldNotReachAProviderInCode() {
    assertThrows(
        ConfigException.class,
        () ->
            ChromaAuthFilter.builder()
                .settings(Team.only(Names.THROTTLE, "10/60s"))
                .authentication(TokenAuthentication.single(Secret.of("x")))
                .build());
  }

  @Test
  void providersInCodeGoInTheirOrderAndARefusalEndsTheChain() throws IOException, ServletException {
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(
                headers ->
                    headers.values("X-First").isEmpty()
                        ? AuthnResult.NOT_PRESENTED
                        : AuthnResult.wrong("first"))
            .authentication(TokenAuthentication.single(Secret.of("one-token")))
            .build();
    Call byToken = Call.get("/api/v2/tenants/x").header("X-Chroma-Token", "one-token");
    assertEquals(200, byToken.through(filter).status());
    assertEquals(401, byToken.header("X-First", "wrong").through(filter).status());
  }

  @Test
  void trustPathBesideAnUpstreamIsRefused() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Team.filter(Names.RESOLVER, "trust-path", Names.UPSTREAM, "http://localhost:8001"));
    assertTrue(e.toString().contains(Names.RESOLVER), e::toString);
  }

  @Test
  void anUpstreamIsAskedForOwnersUnlessTheHostHasAResolver(@TempDir Path directory)
      throws IOException, ServletException {
    Path header = directory.resolve("header");
    Files.writeString(header, "X-Token: s3cr3t\n");
    // nothing listens on port 1: a look-up there is not possible
    String[] upstream = {
      Names.UPSTREAM, "http://127.0.0.1:1", Names.UPSTREAM_HEADER_FILE, header.toString()
    };
    Call count = Call.get(Team.V2 + "/" + Team.DOCS_A + "/count").as("alice");
    ChromaAuthFilter byUpstream = Team.filterWithoutResolver(upstream);
    try (Logged log = Logged.by("chroma.auth.audit")) {
      assertEquals(503, count.through(byUpstream).status());
      assertFalse(log.everything().contains("s3cr3t"));
    }
    assertEquals(200, count.through(Team.filter(upstream)).status());
    byUpstream.destroy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8001", "ftp://x", "http://u:s3cr3t@x", "http://x?s3cr3t", "http://"})
  void anUpstreamThatIsNoUrlIsAFaultWithoutItsText(String url) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> Team.filterWithoutResolver(Names.UPSTREAM, url));
    assertTrue(e.toString().contains(Names.UPSTREAM), e::toString);
    assertFalse(e.toString().contains("s3cr3t"), e::toString);
  }

  @Test
  void theSummarySaysWhatIsPublicAndWhoIsBounded() {
    var summary = Team.filter().summary();
    assertEquals(
        List.of("TokenAuthenticationServerProvider", "SimpleRBACAuthorizationProvider"),
        summary.components());
    assertTrue(
        summary
            .details()
            .contains(
                "public: /api/v1, /api/v1/heartbeat, /api/v1/version, /api/v2, /api/v2/heartbeat,"
                    + " /api/v2/version"),
        summary::toString);
    assertTrue(summary.toString().contains("idle"), "users without a role are named");
    String told = summary.toString().replace("new-token", "");
    assertFalse(told.contains("-token"), summary::toString);
  }

  private static void assertRefused(ChromaAuthFilter.Builder builder, Call call)
      throws IOException, ServletException {
    ChromaAuthFilter filter;
    try {
      filter = builder.build();
    } catch (ConfigException e) {
      assertNotNull(e.getMessage());
      return;
    }
    assertEquals(403, call.through(filter).status());
  }

  private static ChromaAuthFilter openFilter() {
    return ChromaAuthFilter.builder().settings(Team.only(Names.DISABLED, "true")).build();
  }
}
