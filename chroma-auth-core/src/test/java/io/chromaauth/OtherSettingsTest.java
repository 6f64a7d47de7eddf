package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.CACHE_SIZE;
import static io.chromaauth.settings.Names.CACHE_TTL;
import static io.chromaauth.settings.Names.OVERWRITE;
import static io.chromaauth.settings.Names.THROTTLE;
import static io.chromaauth.settings.Names.TOKEN_HEADER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings beside the providers: the token's header, the cache, older and unknown names. */
class OtherSettingsTest {
  private static final Map<String, String> TOKEN =
      Map.of(AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS, "s3cret");
  private static final Map<String, String> BASIC =
      Map.of(AUTHN_PROVIDER, "basic", AUTHN_CREDENTIALS, "admin:" + Samples.ADMIN_HASH);

  @ParameterizedTest
  @CsvSource({
    "Authorization, Authorization",
    "AUTHORIZATION, Authorization",
    "X-Chroma-Token, X-Chroma-Token",
    "x-chroma-token, X-Chroma-Token",
    "X_CHROMA_TOKEN, X-Chroma-Token"
  })
  void aTokenHeaderThatIsSetIsTheOnlyOne(String value, String field) {
    try (var auth = Start.with(Start.with(TOKEN, TOKEN_HEADER, value))) {
      assertEquals(Set.of(field), auth.snapshot().credentialHeaders());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aBlankTokenHeaderLeavesBoth(String value) {
    try (var auth = Start.with(Start.with(TOKEN, TOKEN_HEADER, value))) {
      assertEquals(Set.of("Authorization", "X-Chroma-Token"), auth.snapshot().credentialHeaders());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-API-Key | found 'X-API-Key', expected one of Authorization, X-Chroma-Token",
        "X-Chroma-Tokn | found 'X-Chroma-Tokn', expected one of Authorization, X-Chroma-Token;"
            + " fix: did you mean 'X-Chroma-Token'?",
        "\"Authorization\" | found '\"Authorization\"' with literal quotes around it, expected"
            + " Authorization; fix: remove them (in a list of a compose file quotes are part"
            + " of the value)"
      })
  void anUnknownTokenHeaderIsRefused(String value, String fault) {
    assertEquals(
        List.of("environment (CHROMA_AUTH_TOKEN_TRANSPORT_HEADER): " + fault),
        Start.faults(Start.with(TOKEN, TOKEN_HEADER, value)));
  }

  @Test
  void theCacheTakesATimeAndANumber() {
    assertEquals(
        List.of(
            "environment (CHROMA_AUTH_CACHE_TTL): found 'for ever', expected a time such as 300s,"
                + " 5m or 250ms",
            "environment (CHROMA_AUTH_CACHE_SIZE): found '-1', expected a number from 0 to"
                + " 10000000"),
        Start.faults(Start.with(BASIC, CACHE_TTL, "for ever", CACHE_SIZE, "-1")));
  }

  @Test
  void namesAreReadInAnyCase() {
    Map<String, String> lower =
        Map.of(
            AUTHN_PROVIDER.toLowerCase(Locale.ROOT), "token",
            AUTHN_CREDENTIALS.toLowerCase(Locale.ROOT), "s3cret");
    try (var auth = Start.with(lower)) {
      assertTrue(
          auth.snapshot().authenticate(Samples.bearer("s3cret"))
              instanceof AuthnResult.Authenticated);
    }
  }

  /** Chroma 0.5 and 0.6 ignored them and served everybody. */
  @ParameterizedTest
  @CsvSource({
    "CHROMA_SERVER_AUTH_PROVIDER, basic, CHROMA_SERVER_AUTHN_PROVIDER",
    "CHROMA_SERVER_AUTH_CREDENTIALS, other, CHROMA_SERVER_AUTHN_CREDENTIALS",
    "CHROMA_SERVER_AUTH_TOKEN_TRANSPORT_HEADER, X_CHROMA_TOKEN, CHROMA_AUTH_TOKEN_TRANSPORT_HEADER"
  })
  void anOlderNameThatSaysSomethingElseIsRefused(String old, String value, String now) {
    Map<String, String> settings =
        Start.with(Start.with(TOKEN, TOKEN_HEADER, "AUTHORIZATION"), old, value);
    assertEquals(
        List.of(
            "environment ("
                + old
                + "): found another value than that of its new name, environment "
                + now
                + ", expected one of them, or both the same; fix: unset "
                + old),
        Start.faults(settings));
  }

  @Test
  void anOlderFileBesideNewerCredentialsIsRefused() {
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS): found both it and environment"
                + " CHROMA_SERVER_AUTH_CREDENTIALS_FILE, expected one of them; fix: unset"
                + " CHROMA_SERVER_AUTHN_CREDENTIALS"),
        Start.faults(Start.with(TOKEN, "CHROMA_SERVER_AUTH_CREDENTIALS_FILE", "users.yaml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "10", "0/60s", "10/60s/2", "-1/1s", "10/0s", "10/soon", "OFF/1s"})
  void aThrottleThatIsNoneIsRefused(String value) {
    assertEquals(
        List.of(
            "environment (CHROMA_AUTH_THROTTLE): found '"
                + value
                + "', expected failures and a time such as 10/60s, or off"),
        Start.faults(Start.with(TOKEN, THROTTLE, value)));
  }

  @ParameterizedTest
  @CsvSource({OVERWRITE + ", true", OVERWRITE + ", 0", THROTTLE + ", off", THROTTLE + ", 5/1m"})
  void aValueThatAsksForNothingIsAccepted(String name, String value) {
    try (var auth = Start.with(Start.with(TOKEN, name, value))) {
      assertEquals(List.of(), unknownSettings(auth));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHROMA_SERVER_AUTHN_CREDENTIALS_FLE | unknown setting CHROMA_SERVER_AUTHN_CREDENTIALS_FLE is"
            + " ignored; did you mean 'CHROMA_SERVER_AUTHN_CREDENTIALS_FILE'?",
        "CHROMA_AUTH_Z | unknown setting CHROMA_AUTH_Z is ignored",
      })
  void anUnknownSettingIsWarnedAboutByNameAlone(String name, String warning) {
    try (var auth = Start.with(Start.with(TOKEN, name, "s3cret"))) {
      assertEquals(List.of(warning), unknownSettings(auth));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHROMA_AUTHZ_PROVIDER", "CHROMA_SERVER_AUTHORIZATION_PROVIDER"})
  void whoeverMisspellsRulesIsNotLeftWithoutRules(String name) {
    assertEquals(
        List.of("environment (" + name + "): found an unknown setting, expected a known one"),
        Start.faults(Start.with(TOKEN, name, "simple_rbac")).stream()
            .map(fault -> fault.replaceAll("; fix:.*", ""))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHROMA_SERVER_AUTH_IGNORE_PATHS", "CHROMA_AUTH_AUDIT", "PATH", "CHROMA"})
  void aKnownSettingAndOneThatIsNotOursAreNotWarnedAbout(String name) {
    try (var auth = Start.with(Start.with(TOKEN, name, "x"))) {
      assertEquals(List.of(), unknownSettings(auth));
    }
  }

  private static List<String> unknownSettings(ChromaAuth auth) {
    return auth.summary().warnings().stream().filter(w -> w.startsWith("unknown")).toList();
  }
}
