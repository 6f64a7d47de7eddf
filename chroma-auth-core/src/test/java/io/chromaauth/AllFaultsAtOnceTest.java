package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG_FILE;
import static io.chromaauth.settings.Names.AUTHZ_PROVIDER;
import static io.chromaauth.settings.Names.CACHE_TTL;
import static io.chromaauth.settings.Names.THROTTLE;
import static io.chromaauth.settings.Names.TOKEN_HEADER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever mends a configuration wants to start once more, not once more for each fault. */
class AllFaultsAtOnceTest {
  @TempDir Path directory;

  @Test
  void faultsOfSettingsAndBothFilesComeTogether() {
    Map<String, String> settings =
        Start.with(
            Start.tokenWithRules(
                directory,
                "users:\n- id: a\n  tokens: s3cret\n- tokens: [s3cret-2]\n",
                "roles_mapping:\n  r:\n    actions: [collection:gett]\nusers:\n- role: r\n"),
            TOKEN_HEADER,
            "X-API-Key",
            THROTTLE,
            "often");
    assertEquals(
        List.of(
            "environment (CHROMA_AUTH_THROTTLE): found 'often', expected failures and a time such"
                + " as 10/60s, or off",
            "environment (CHROMA_AUTH_TOKEN_TRANSPORT_HEADER): found 'X-API-Key', expected one of"
                + " Authorization, X-Chroma-Token",
            "users.yaml:3 (users[0].tokens): found a text, expected a list",
            "users.yaml:4 (users[1].id): found nothing, expected a user's id",
            "authz.yaml:3 (roles_mapping.r.actions[0]): found 'collection:gett', expected an"
                + " action of Chroma such as collection:get, or collection:*; fix: did you mean 'collection:get'?",
            "authz.yaml:5 (users[0].id): found nothing, expected a user's id"),
        Start.faults(settings, directory));
  }

  @Test
  void bothProvidersFaultsComeTogether() {
    Map<String, String> settings =
        Map.of(
            AUTHN_PROVIDER, "nope",
            AUTHZ_PROVIDER, "nope",
            AUTHZ_CONFIG, "");
    assertEquals(2, Start.faults(settings).size());
  }

  @Test
  void missingFilesOfBothComeTogether() {
    Map<String, String> settings =
        Map.of(
            AUTHN_PROVIDER, "basic",
            AUTHN_CREDENTIALS_FILE, "/no/users",
            AUTHZ_PROVIDER, "simple_rbac",
            AUTHZ_CONFIG_FILE, "/no/rules");
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found '/no/users', which does not"
                + " exist, expected a file; fix: create it, or correct the path",
            "environment (CHROMA_SERVER_AUTHZ_CONFIG_FILE): found '/no/rules', which does not"
                + " exist, expected a file; fix: create it, or correct the path"),
        Start.faults(settings));
  }

  @Test
  void aMissingProviderIsToldBesideAFaultOfAnotherSetting() {
    List<String> faults = Start.faults(Map.of(THROTTLE, "often"));
    assertEquals(2, faults.size(), faults::toString);
    assertEquals(1, faults.stream().filter(f -> f.contains("(" + AUTHN_PROVIDER + ")")).count());
  }

  @Test
  void aFileWithoutUsersIsToldBesideAFaultOfAnotherSetting() {
    List<String> faults =
        Start.faults(
            Start.with(Start.basic(directory, "# nobody\n"), THROTTLE, "often"), directory);
    assertEquals(2, faults.size(), faults::toString);
    assertEquals(1, faults.stream().filter(f -> f.startsWith("server.htpasswd")).count());
  }

  @Test
  void aMissingFileDoesNotHideTheFaultsOfOtherSettings() {
    Map<String, String> basic =
        Map.of(AUTHN_PROVIDER, "basic", AUTHN_CREDENTIALS_FILE, "/no/users", CACHE_TTL, "soon");
    assertEquals(2, Start.faults(basic).size());
    Map<String, String> token = Map.of(AUTHN_PROVIDER, "token", TOKEN_HEADER, "X-API-Key");
    assertEquals(2, Start.faults(token).size());
  }

  @Test
  void anInlineValueInQuotesIsOneFaultNotTwo() {
    Map<String, String> settings = Map.of(AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS, "\"s3cret\"");
    assertEquals(1, Start.faults(settings).size());
  }
}
