package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.ConfigException;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds, denials and wildcards of roles. */
class RoleBoundsTest {
  private static final String RULES =
      """
      roles_mapping:
        docs_editor:
          actions: ["collection:*", "db:create_collection"]
          tenant: t1
          databases: [d1]
          collections: ["docs-*"]
        reads_d2:
          actions: ["collection:get", "db:list_collections"]
          databases: [d2]
        no_secrets:
          actions: ["*"]
          deny:
            - system:reset
            - {collections: ["secret-*"]}
            - {actions: ["collection:query", "db:create_collection"], databases: [prod]}
        only_denies:
          actions: []
          deny: ["collection:*"]
      users:
        - {id: editor, role: docs_editor}
        - {id: both, roles: [docs_editor, reads_d2]}
        - {id: nosy, role: no_secrets}
        - {id: stopped, roles: [admin, only_denies]}
      """;

  private final Faults faults = new Faults();
  private final Rbac rbac = Rbac.parse(RULES, Place.of("rules.yaml"), faults);

  // user | action | tenant/database/collection ('-' not named, '?' named later by a UUID) | allowed
  @ParameterizedTest(name = "{0} {1} {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "editor  | collection:add           | t1/d1/docs-1   | true",
        "editor  | collection:add           | t1/d1/other    | false",
        "editor  | collection:add           | t1/d2/docs-1   | false",
        "editor  | collection:add           | t2/d1/docs-1   | false",
        "editor  | collection:add           | t1/d1/?        | true",
        "editor  | collection:search        | t1/d1/docs-1   | true",
        "editor  | db:create_collection     | t1/d1/docs-2   | true",
        "editor  | db:create_collection     | t1/d1/-        | false",
        "editor  | db:delete_database       | t1/d1/-        | false",
        // the union is of whole grants: never the actions of one with the bounds of another
        "both    | collection:get           | t9/d2/x        | true",
        "both    | collection:add           | t1/d2/docs-1   | false",
        "both    | collection:get           | t1/d1/docs-1   | true",
        "both    | collection:get           | t1/d1/x        | false",
        "both    | db:list_collections      | t1/d2/-        | true",
        "both    | db:list_collections      | t1/d1/-        | false",
        // any matching denial refuses
        "nosy    | collection:get           | t1/d1/x        | true",
        "nosy    | collection:get           | t1/d1/secret-1 | false",
        "nosy    | collection:delete        | t1/d1/secret-1 | false",
        "nosy    | system:reset             | -/-/-          | false",
        "nosy    | collection:query         | t1/prod/x      | false",
        "nosy    | collection:search        | t1/prod/x      | false",
        "nosy    | collection:get           | t1/prod/x      | true",
        "nosy    | db:create_collection     | t1/prod/x      | false",
        "nosy    | db:get_or_create_collection | t1/prod/x   | false",
        "nosy    | db:create_collection     | t1/d1/x        | true",
        // what does not say where it acts might act where it is denied, but for the listed reads
        "nosy    | db:delete_database       | t1/d1/-        | false",
        "nosy    | tenant:create_tenant     | -/-/-          | false",
        "nosy    | db:list_collections      | t1/d1/-        | true",
        "nosy    | collection:get           | t1/d1/?        | true",
        "stopped | collection:get           | t1/d1/x        | false",
        "stopped | db:list_collections      | t1/d1/-        | true",
      })
  void decides(String user, String action, String resource, boolean allowed) {
    faults.throwIfAny();
    Decision decision = rbac.authorize(complete(user), AuthzAction.of(action), resource(resource));
    assertEquals(allowed, decision instanceof Decision.Allowed, decision.toString());
  }

  @Test
  void denialsAndRolesBoundWhoHasThem() {
    assertEquals(
        Set.of(Level.TENANT, Level.DATABASE, Level.COLLECTION),
        rbac.boundLevels(complete("editor")));
    assertEquals(Set.of(Level.DATABASE, Level.COLLECTION), rbac.boundLevels(complete("nosy")));
    assertEquals(Set.of(), rbac.boundLevels(complete("stopped")));
  }

  @Test
  void aDenialNamesItsPlace() {
    Decision decision =
        rbac.authorize(complete("nosy"), AuthzAction.GET, AuthzResource.of("t", "d", "secret-9"));
    Decision.Denied denied = assertInstanceOf(Decision.Denied.class, decision);
    assertEquals("rules.yaml:14 roles_mapping.no_secrets.deny[1]", denied.rule());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{actions: [\"colection:*\"]}                     | 'colection:*'",
        "{actions: [\"collection:\"]}                     | 'collection:'",
        "{actions: [], deny: [\"collection:ad\"]}         | did you mean 'collection:add'?",
        "{actions: [], deny: {actions: []}}               | a mapping, expected a list",
        "{actions: [], deny: [{}]}                        | found nothing",
        "{actions: [], deny: [{actions: []}]}             | no actions",
        "{actions: [], deny: [{databses: [d]}]}           | did you mean 'databases'?",
        "{actions: [], denny: [\"collection:add\"]}       | did you mean 'deny'?",
        "{actions: [], databases: d1}                     | expected a list",
      })
  void refusesWhatItDoesNotUnderstand(String role, String expected) {
    String text = "roles_mapping:\n  r: " + role + "\nusers: []\n";
    Faults found = new Faults();
    Rbac.parse(text, Place.of("rules.yaml"), found);
    String message =
        String.valueOf(assertThrows(ConfigException.class, found::throwIfAny).getMessage());
    assertTrue(message.contains(expected), message);
  }

  private UserIdentity complete(String user) {
    return rbac.complete(UserIdentity.of(user, "token"));
  }

  private static AuthzResource resource(String text) {
    String[] names = text.split("/", -1);
    AuthzResource resource = AuthzResource.of(named(names[0]), named(names[1]), named(names[2]));
    return text.contains("?") ? resource.asPartial() : resource;
  }

  private static @Nullable String named(String name) {
    return name.equals("-") || name.equals("?") ? null : name;
  }
}
