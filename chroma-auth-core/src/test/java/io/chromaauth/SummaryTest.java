package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.settings.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start tells people: where each thing comes from, and what is probably not meant so. */
class SummaryTest {
  private static final String NO_RULES =
      "no authorization provider: every user may do everything within its bounds";

  private static final String PLAIN_TEXT =
      " holds tokens in plain text; chroma-auth new-token USER makes hashed ones";

  @TempDir Path directory;

  @Test
  void providersFilesAndUsersAreTold() {
    Map<String, String> settings =
        Start.tokenWithRules(
            directory,
            "users:\n- {id: a, tokens: [s3cret], tenant: t1}\n- {id: b, tokens: [s3cret-2]}\n",
            "roles_mapping: {}\nusers:\n- {id: a, role: reader}\n- {id: b, role: admin}\n");
    try (var auth = Start.with(settings)) {
      assertEquals(
          List.of(
              "authentication: TokenAuthenticationServerProvider (environment"
                  + " CHROMA_SERVER_AUTHN_PROVIDER)",
              "  from users.yaml (environment CHROMA_SERVER_AUTHN_CREDENTIALS_FILE)",
              "authorization: SimpleRBACAuthorizationProvider (environment"
                  + " CHROMA_SERVER_AUTHZ_PROVIDER)",
              "  from authz.yaml (environment CHROMA_SERVER_AUTHZ_CONFIG_FILE)",
              "users: 2, 1 of them bound to a tenant, databases or collections"),
          auth.summary().details().stream().map(l -> l.replace(directory + "/", "")).toList());
      assertEquals(List.of(), warnings(auth));
    }
  }

  @Test
  void inlineCredentialsAreToldByTheirSettingAlone() {
    Map<String, String> settings =
        Map.of(Names.AUTHN_PROVIDER, "token", Names.AUTHN_CREDENTIALS, "s3cret");
    try (var auth = Start.with(settings)) {
      assertEquals(
          "  from environment CHROMA_SERVER_AUTHN_CREDENTIALS", auth.summary().details().get(1));
      assertEquals(List.of(NO_RULES), warnings(auth));
      Samples.assertNoSecret(auth.summary().toString());
    }
  }

  @Test
  void usersWithoutARoleAreTold() {
    Map<String, String> settings =
        Start.tokenWithRules(
            directory,
            "users:\n- {id: b, tokens: [x]}\n- {id: a, tokens: [y]}\n- {id: c, tokens: [z]}\n",
            "roles_mapping: {}\nusers:\n- {id: b}\n- {id: c, role: reader}\n");
    try (var auth = Start.with(settings)) {
      assertEquals(List.of("users without a role can only ask who they are: a, b"), warnings(auth));
    }
  }

  @Test
  void manyUsersWithoutARoleAreToldInShort() {
    StringBuilder users = new StringBuilder("users:\n");
    for (int i = 10; i < 22; i++) {
      users.append("- {id: u").append(i).append(", tokens: [t").append(i).append("]}\n");
    }
    Map<String, String> settings =
        Start.tokenWithRules(directory, users.toString(), "{roles_mapping: {}, users: []}");
    try (var auth = Start.with(settings)) {
      assertEquals(
          List.of(
              "users without a role can only ask who they are: u10, u11, u12, u13, u14, u15, u16,"
                  + " u17, u18, u19 and 2 more"),
          warnings(auth));
    }
  }

  @Test
  void rolesInTheTokenUsersFileAreToldAsIgnored() {
    Map<String, String> settings =
        Start.token(directory, "users:\n- {id: a, tokens: [s3cret], role: admin}\n");
    try (var auth = Start.with(settings)) {
      assertEquals(
          List.of(
              "roles in users.yaml are ignored, as in Chroma 0.6; CHROMA_SERVER_AUTHZ_CONFIG_FILE"
                  + " gives roles",
              NO_RULES),
          warnings(auth).stream().map(l -> l.replace(directory + "/", "")).toList());
    }
  }

  @Test
  void rolesInOneFileForBothAreNotIgnored() {
    String both =
        """
        roles_mapping: {}
        users:
        - {id: a, tokens: [s3cret], role: reader, tenant: t1, collections: ['c*', d]}
        """;
    Path file = Start.write(directory, "users.yaml", both);
    Map<String, String> settings =
        Start.with(
            Start.token(directory, both),
            Names.AUTHZ_PROVIDER,
            "simple_rbac",
            Names.AUTHZ_CONFIG_FILE,
            file.toString());
    try (var auth = Start.with(settings)) {
      assertEquals(List.of(), warnings(auth));
      assertEquals(
          "users: 1, 1 of them bound to a tenant, databases or collections",
          auth.summary().details().get(4));
    }
  }

  @Test
  void rolesInInlineCredentialsAreToldAsIgnored() {
    Map<String, String> settings =
        Map.of(
            Names.AUTHN_PROVIDER,
            "token",
            Names.AUTHN_CREDENTIALS,
            "users:\n- {id: a, tokens: [s3cret], roles: [admin]}\n");
    try (var auth = Start.with(settings)) {
      assertEquals(
          "roles in environment CHROMA_SERVER_AUTHN_CREDENTIALS are ignored, as in Chroma 0.6;"
              + " CHROMA_SERVER_AUTHZ_CONFIG_FILE gives roles",
          warnings(auth).get(0));
    }
  }

  @Test
  void rolesThatDoNotDoWhatTheirAuthorExpectsAreTold() {
    String rules =
        """
        roles_mapping:
          gets: {actions: ['collection:get', 'tenant:get_tenant']}
          creates: {actions: ['db:create_collection', 'tenant:get_tenant', 'db:get_database']}
          creates-or-gets: {actions: ['db:*', 'tenant:get_tenant']}
          database: {actions: ['db:get_database', 'collection:get_collection']}
          unused: {actions: []}
        users:
        - {id: a, role: gets}
        - {id: b, roles: [gets, database]}
        - {id: c, role: creates}
        - {id: d, roles: [creates, database]}
        - {id: e, role: creates-or-gets}
        - {id: f, role: writer}
        """;
    StringBuilder users = new StringBuilder("users:\n");
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      users.append("- {id: " + id + ", tokens: [token-of-" + id + "]}\n");
    }
    try (var auth = Start.with(Start.tokenWithRules(directory, users.toString(), rules))) {
      assertEquals(
          List.of(
              "no Python client can connect as these users, whose roles lack tenant:get_tenant or"
                  + " db:get_database: a",
              "get_or_create is refused to these users, whose roles have db:create_collection"
                  + " without db:get_or_create_collection or collection:get_collection: c",
              "roles without users: unused"),
          warnings(auth));
    }
  }

  @Test
  void tokensInPlainTextAreToldOnceAndHashedOnesNot() {
    Map<String, String> plain =
        Start.token(directory, "users:\n- {id: a, tokens: [s3cret, s3cret-2]}\n");
    try (var auth = Start.with(plain)) {
      assertEquals(
          List.of(directory + "/users.yaml" + PLAIN_TEXT, NO_RULES), auth.summary().warnings());
    }
    Map<String, String> hashed =
        Start.token(directory, "users:\n- {id: a, tokens: ['sha256:" + Samples.SHA_256 + "']}\n");
    try (var auth = Start.with(hashed)) {
      assertEquals(List.of(NO_RULES), auth.summary().warnings());
    }
  }

  /** All but that tokens stand in plain text, as those of these tests do. */
  private static List<String> warnings(ChromaAuth auth) {
    return auth.summary().warnings().stream().filter(w -> !w.endsWith(PLAIN_TEXT)).toList();
  }
}
