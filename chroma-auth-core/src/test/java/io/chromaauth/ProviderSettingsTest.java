package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG_FILE;
import static io.chromaauth.settings.Names.AUTHZ_PROVIDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which providers the settings ask for, and what is said when they ask for none. */
class ProviderSettingsTest {
  private static final String BASIC = "chromadb.auth.basic_authn.BasicAuthenticationServerProvider";
  private static final String TOKEN = "chromadb.auth.token_authn.TokenAuthenticationServerProvider";
  private static final String RBAC =
      "chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider";
  private static final String OWN = ", or a provider of your own on the class path";
  private static final String PROVIDER_MISSING =
      ", expected an authentication provider; fix: export CHROMA_SERVER_AUTHN_PROVIDER=" + TOKEN;
  private static final String RULES = "{roles_mapping: {}, users: []}";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aStartWithoutARightProviderIsRefusedInOneLine(
      String title, Map<String, String> settings, String fault) {
    assertEquals(List.of(fault), Start.faults(settings));
  }

  static Stream<Arguments> aStartWithoutARightProviderIsRefusedInOneLine() {
    return Stream.concat(authentication(), authorization());
  }

  private static Stream<Arguments> authentication() {
    return Stream.of(
        arguments(
            "nothing set",
            Map.of(),
            "settings (CHROMA_SERVER_AUTHN_PROVIDER): found nothing" + PROVIDER_MISSING),
        arguments(
            "empty provider",
            Map.of(AUTHN_PROVIDER, ""),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found nothing" + PROVIDER_MISSING),
        arguments(
            "blank provider",
            Map.of(AUTHN_PROVIDER, " \t"),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found nothing" + PROVIDER_MISSING),
        arguments(
            "misspelt class",
            Map.of(AUTHN_PROVIDER, "chromadb.auth.basic_authn.BasicAuthenticationServerProvidr"),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found"
                + " 'chromadb.auth.basic_authn.BasicAuthenticationServerProvidr', expected basic, token, jwt, container, "
                + BASIC
                + " or "
                + TOKEN
                + OWN
                + "; fix: did you mean '"
                + BASIC
                + "'?"),
        arguments(
            "misspelt shorthand",
            Map.of(AUTHN_PROVIDER, "Basic"),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found 'Basic', expected basic, token, jwt, container, "
                + BASIC
                + " or "
                + TOKEN
                + OWN
                + "; fix: did you mean 'basic'?"),
        arguments(
            "the client's class",
            Map.of(AUTHN_PROVIDER, "chromadb.auth.token_authn.TokenAuthClientProvider"),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found"
                + " 'chromadb.auth.token_authn.TokenAuthClientProvider', expected basic, token, jwt, container, "
                + BASIC
                + " or "
                + TOKEN
                + OWN
                + "; fix: that is the client's class; name the server's"),
        arguments(
            "unknown class",
            Map.of(AUTHN_PROVIDER, "no.such.Thing"),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found 'no.such.Thing', expected basic, token, jwt, container, "
                + BASIC
                + " or "
                + TOKEN
                + OWN
                + "; fix: put the jar with this class on the class path: docs/custom-providers.md"),
        arguments(
            "provider in quotes, as a list of a compose file gives it",
            Map.of(AUTHN_PROVIDER, "\"" + BASIC + "\""),
            "environment (CHROMA_SERVER_AUTHN_PROVIDER): found '\""
                + BASIC
                + "\"' with literal quotes around it, expected "
                + BASIC
                + "; fix:"
                + " remove them (in a list of a compose file quotes are part of the value)"),
        arguments(
            "token in quotes",
            Map.of(AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS, "'s3cret-token'"),
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS): found a value with literal quotes"
                + " around it, expected the value without quotes; fix: remove them (in a list of a"
                + " compose file quotes are part of the value)"),
        arguments(
            "token without a provider",
            Map.of(AUTHN_CREDENTIALS, "s3cret"),
            "settings (CHROMA_SERVER_AUTHN_PROVIDER): found credentials without a provider"
                + PROVIDER_MISSING),
        arguments(
            "credentials file without a provider",
            Map.of(AUTHN_CREDENTIALS_FILE, "server.htpasswd"),
            "settings (CHROMA_SERVER_AUTHN_PROVIDER): found credentials without a provider"
                + PROVIDER_MISSING),
        arguments(
            "Basic without credentials",
            Map.of(AUTHN_PROVIDER, "basic"),
            "settings (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found neither it nor"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS, expected one of them; fix: export"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS_FILE=FILE"),
        arguments(
            "token with blank credentials",
            Map.of(AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS, ""),
            "settings (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found neither it nor"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS, expected one of them; fix: export"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS_FILE=FILE"),
        arguments(
            "credentials twice",
            Map.of(
                AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS, "s3cret", AUTHN_CREDENTIALS_FILE, "f"),
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS): found both it and environment"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS_FILE, expected one of them; fix: unset"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS"));
  }

  private static Stream<Arguments> authorization() {
    Map<String, String> token = Map.of(AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS, "s3cret");
    return Stream.of(
        arguments(
            "authorization without authentication",
            Map.of(AUTHZ_PROVIDER, RBAC, AUTHZ_CONFIG, RULES),
            "settings (CHROMA_SERVER_AUTHN_PROVIDER): found authorization without authentication"
                + PROVIDER_MISSING),
        arguments(
            "rules without a provider",
            Start.with(token, AUTHZ_CONFIG_FILE, "authz.yaml"),
            "settings (CHROMA_SERVER_AUTHZ_PROVIDER): found rules without a provider, expected "
                + RBAC
                + "; fix: export CHROMA_SERVER_AUTHZ_PROVIDER="
                + RBAC),
        arguments(
            "rules beside a blank provider",
            Start.with(token, AUTHZ_CONFIG, RULES, AUTHZ_PROVIDER, " "),
            "environment (CHROMA_SERVER_AUTHZ_PROVIDER): found rules without a provider, expected "
                + RBAC
                + "; fix: export CHROMA_SERVER_AUTHZ_PROVIDER="
                + RBAC),
        arguments(
            "misspelt authorization provider",
            Start.with(token, AUTHZ_PROVIDER, "simple-rbac", AUTHZ_CONFIG, RULES),
            "environment (CHROMA_SERVER_AUTHZ_PROVIDER): found 'simple-rbac', expected "
                + RBAC
                + "; fix: did you mean 'simple_rbac'?"),
        arguments(
            "authorization provider in quotes",
            Start.with(token, AUTHZ_PROVIDER, "'simple_rbac'", AUTHZ_CONFIG, RULES),
            "environment (CHROMA_SERVER_AUTHZ_PROVIDER): found ''simple_rbac'' with literal quotes"
                + " around it, expected simple_rbac; fix: remove them (in a list of a"
                + " compose file quotes are part of the value)"),
        arguments(
            "authorization without rules",
            Start.with(token, AUTHZ_PROVIDER, "simple_rbac"),
            "settings (CHROMA_SERVER_AUTHZ_CONFIG_FILE): found neither it nor"
                + " CHROMA_SERVER_AUTHZ_CONFIG, expected one of them; fix: export"
                + " CHROMA_SERVER_AUTHZ_CONFIG_FILE=FILE"),
        arguments(
            "rules twice",
            Start.with(token, AUTHZ_PROVIDER, RBAC, AUTHZ_CONFIG, RULES, AUTHZ_CONFIG_FILE, "f"),
            "environment (CHROMA_SERVER_AUTHZ_CONFIG): found both it and environment"
                + " CHROMA_SERVER_AUTHZ_CONFIG_FILE, expected one of them; fix: unset"
                + " CHROMA_SERVER_AUTHZ_CONFIG"));
  }

  @ParameterizedTest
  @CsvSource({
    "chromadb.auth.basic_authn.BasicAuthenticationServerProvider, Basic",
    "chromadb.auth.basic.BasicAuthServerProvider, Basic",
    "basic, Basic",
    "chromadb.auth.token_authn.TokenAuthenticationServerProvider, Token",
    "chromadb.auth.token.TokenAuthServerProvider, Token",
    "token, Token"
  })
  void everyNameThatChromaGaveAProviderNamesIt(String name, String kind) {
    String credentials = kind.equals("Basic") ? "admin:" + Samples.ADMIN_HASH : "s3cret";
    try (var auth = Start.with(Map.of(AUTHN_PROVIDER, name, AUTHN_CREDENTIALS, credentials))) {
      assertEquals(
          List.of(kind + "AuthenticationServerProvider"), auth.summary().components(), name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider",
    "chromadb.auth.authz.SimpleRBACAuthorizationProvider",
    "simple_rbac"
  })
  void everyNameThatChromaGaveSimpleRbacNamesIt(String name) {
    Map<String, String> settings =
        Map.of(
            AUTHN_PROVIDER,
            "token",
            AUTHN_CREDENTIALS,
            "s3cret",
            AUTHZ_PROVIDER,
            name,
            AUTHZ_CONFIG,
            RULES);
    try (var auth = Start.with(settings)) {
      assertEquals(
          List.of("TokenAuthenticationServerProvider", "SimpleRBACAuthorizationProvider"),
          auth.summary().components());
    }
  }

  @Test
  void aBlankInlineValueLeavesTheFileAlone(@TempDir Path directory) {
    Map<String, String> settings =
        Start.with(Start.token(directory, "s3cret\n"), AUTHN_CREDENTIALS, " ");
    try (var auth = Start.with(settings)) {
      assertEquals(1, auth.summary().components().size());
    }
  }
}
