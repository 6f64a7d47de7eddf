package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.settings.Names;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each decision names the file, line and key that made it. */
class RuleTextsTest {
  private static final String USERS =
      """
      # who there is
      users:
      - {id: here, tokens: [t1], tenant: acme}
      - {id: there, tokens: [t2]}
      - {id: both, tokens: [t3], tenant: acme}
      - {id: star, tokens: [t4], tenant: '*', databases: ['*']}
      - {id: role, tokens: [t5]}
      - {id: roles, tokens: [t6]}
      - {id: mixed, tokens: [t7], tenant: acme}
      - {id: none, tokens: [t8]}
      """;

  private static final String RULES =
      """
      roles_mapping:
        gets: {actions: ["collection:get"]}
        of_docs: {actions: ["collection:get"], databases: [docs]}
        of_x: {actions: ["collection:get", "collection:add"], collections: ["x-*"]}
        barred: {actions: ["*"], deny: [{tenant: secret}, "system:reset"]}
      users:
      - {id: here, role: gets}
      - {id: there, role: gets, tenant: acme}
      - {id: both, role: gets, databases: [docs]}
      - {id: star, role: barred}
      - {id: role, role: of_docs}
      - {id: roles, roles: [of_x, of_docs]}
      - {id: mixed, role: of_docs}
      - {id: none}
      """;

  @TempDir Path directory;

  static Stream<Arguments> decisions() {
    return Stream.of(
        // bounds in the token users file, in the authorization file, in both
        arguments("here", "collection:get", "globex/d/c", "users.yaml:3 users[0]: bounds of here"),
        arguments("here", "collection:get", "acme/d/c", "authz.yaml:2 roles_mapping.gets"),
        arguments(
            "there", "collection:get", "globex/d/c", "authz.yaml:8 users[1].id: bounds of there"),
        arguments(
            "both",
            "collection:get",
            "acme/d/c",
            "authz.yaml:9 users[2].id, users.yaml:5 users[2]: bounds of both"),
        arguments(
            "both",
            "collection:add",
            "acme/docs/c",
            "authz.yaml: no role of both grants collection:add"),
        // a star is no bound
        arguments("star", "collection:get", "any/d/c", "authz.yaml:5 roles_mapping.barred"),
        arguments(
            "star", "collection:get", "secret/d/c", "authz.yaml:5 roles_mapping.barred.deny[0]"),
        arguments("star", "system:reset", "-/-/-", "authz.yaml:5 roles_mapping.barred.deny[0]"),
        // bounds of roles
        arguments(
            "role", "collection:get", "acme/x/c", "bounds of authz.yaml:3 roles_mapping.of_docs"),
        arguments(
            "roles",
            "collection:get",
            "acme/x/c",
            "bounds of authz.yaml:3 roles_mapping.of_docs, authz.yaml:4 roles_mapping.of_x"),
        arguments("roles", "collection:get", "acme/docs/c", "authz.yaml:3 roles_mapping.of_docs"),
        arguments(
            "roles", "collection:add", "acme/docs/c", "bounds of authz.yaml:4 roles_mapping.of_x"),
        // the identity's own go first
        arguments(
            "mixed", "collection:get", "globex/x/c", "users.yaml:9 users[6]: bounds of mixed"),
        arguments(
            "mixed", "collection:get", "acme/x/c", "bounds of authz.yaml:3 roles_mapping.of_docs"),
        arguments("none", "collection:get", "acme/d/c", "authz.yaml: no role for user none"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void theRuleIsNamed(String user, String action, String resource, String rule) {
    try (var auth = Start.with(Start.tokenWithRules(directory, USERS, RULES))) {
      ChromaAuth.Snapshot snapshot = auth.snapshot();
      UserIdentity identity = snapshot.identity(user).orElseThrow();
      String[] names = resource.split("/", -1);
      AuthzResource on =
          names[0].equals("-")
              ? AuthzResource.NONE
              : AuthzResource.of(names[0], names[1], names[2]);
      Decision decision = snapshot.authorize(identity, AuthzAction.of(action), on);
      assertEquals(rule, decision.rule().replace(directory + "/", ""));
    }
  }

  @Test
  void aBuiltInRoleIsNamedAsSuch() {
    String rules = "{roles_mapping: {}, users: [{id: here, role: reader}]}";
    try (var auth = Start.with(Start.tokenWithRules(directory, USERS, rules))) {
      UserIdentity here = auth.snapshot().identity("here").orElseThrow();
      AuthzResource mine = AuthzResource.of("acme", "d", "c");
      assertEquals(
          "built-in role reader", auth.snapshot().authorize(here, AuthzAction.GET, mine).rule());
    }
  }

  @Test
  void withoutRulesTheFileOfTheBoundsIsNamed() {
    try (var auth = Start.with(Start.token(directory, USERS))) {
      UserIdentity here = auth.snapshot().identity("here").orElseThrow();
      AuthzResource other = AuthzResource.of("globex", "d", "c");
      assertEquals(
          "users.yaml:3 users[0]: bounds of here",
          auth.snapshot()
              .authorize(here, AuthzAction.GET, other)
              .rule()
              .replace(directory + "/", ""));
    }
  }

  @Test
  void basicUsersHaveTheirBoundsInTheRulesAlone() {
    Map<String, String> settings =
        Start.withRules(
            Start.basic(directory, "alice:" + Samples.ADMIN_HASH),
            directory,
            "roles_mapping: {}\nusers:\n- {id: alice, role: admin, tenant: acme}\n");
    try (var auth = Start.with(settings)) {
      UserIdentity alice = auth.snapshot().identity("alice").orElseThrow();
      assertEquals(
          "authz.yaml:3 users[0].id: bounds of alice",
          auth.snapshot()
              .authorize(alice, AuthzAction.RESET, AuthzResource.NONE)
              .rule()
              .replace(directory + "/", ""));
    }
  }

  @Test
  void inlineCredentialsAreNamedByTheirSetting() {
    Map<String, String> settings =
        Map.of(
            Names.AUTHN_PROVIDER,
            "token",
            Names.AUTHN_CREDENTIALS,
            "users:\n- {id: a, tokens: [s3cret], tenant: acme}\n");
    try (var auth = Start.with(settings)) {
      UserIdentity user = auth.snapshot().identity("a").orElseThrow();
      assertEquals(
          "environment CHROMA_SERVER_AUTHN_CREDENTIALS:2 users[0]: bounds of a",
          auth.snapshot().authorize(user, AuthzAction.RESET, AuthzResource.NONE).rule());
    }
  }

  @Test
  void aHostsOwnRulesAreLeftToTellTheirs() {
    Path users = Start.write(directory, "users.yaml", USERS);
    try (var auth =
        ChromaAuth.builder()
            .authentication(TokenAuthentication.users(users))
            .authorization((identity, action, resource) -> new Decision.Denied("mine", false))
            .build()) {
      UserIdentity here = auth.snapshot().identity("here").orElseThrow();
      assertEquals(
          "mine", auth.snapshot().authorize(here, AuthzAction.RESET, AuthzResource.NONE).rule());
    }
  }
}
