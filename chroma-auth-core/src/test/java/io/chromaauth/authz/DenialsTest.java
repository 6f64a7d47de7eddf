package io.chromaauth.authz;

import static io.chromaauth.authz.FitTest.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one role denies, no other role gives back: here to somebody who is an admin as well. */
class DenialsTest {
  private static final UserIdentity CAROL =
      UserIdentity.of("carol", "jwt").withRoles(Set.of("admin", "but"));

  @ParameterizedTest(name = "{0}: {1} on {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "db:reset                  | system:reset                     | -/-/-   | false",
        "collection:get_collection | collection:get_collection_by_crn | -/-/-   | false",
        "collection:query          | collection:search                | t/d/c   | false",
        "collection:search         | collection:query                 | t/d/c   | true",
        "db:create_collection      | db:get_or_create_collection      | t/d/c   | false",
        "'db:*'                    | db:get_or_create_collection      | t/d/c   | false",
        "'db:*'                    | db:list_databases                | t/-/-   | false",
        "'db:*'                    | collection:get                   | t/d/c   | true",
        "'*'                       | tenant:get_tenant                | t/-/-   | false",
        "{tenant: t}               | collection:get                   | t/d/c   | false",
        "{tenant: t}               | collection:get                   | u/d/c   | true",
        "{tenant: t}               | tenant:get_tenant                | t/-/-   | false",
        "{tenant: t}               | tenant:get_tenant                | u/-/-   | true",
        "{tenant: t}               | db:list_databases                | t/-/-   | false",
        "{tenant: t}               | system:reset                     | -/-/-   | false",
        "{tenant: t}               | system:metrics                   | -/-/-   | false",
        "{databases: [d, e]}       | collection:get                   | t/e/c   | false",
        "{databases: [d, e]}       | collection:get                   | t/f/c   | true",
        "{databases: [d, e]}       | db:create_database               | t/d     | false",
        "{databases: [d, e]}       | db:create_database               | t/f     | true",
        "{databases: [d, e]}       | collection:get                   | t/-/-?  | true",
        "{collections: [x*]}       | collection:get                   | t/d/x1  | false",
        "{collections: [x*]}       | collection:get                   | t/d/c   | true",
        "{collections: [x*]}       | collection:get                   | t/d/-?  | true",
        "{collections: [x*]}       | collection:fork_collection       | t/d/x   | false",
        "{collections: [x*]}       | db:list_collections              | t/d     | true",
        "{collections: [x*]}       | db:delete_database               | t/d     | false",
        "{tenant: t, databases: [d]} | collection:get                 | t/d/c   | false",
        "{tenant: t, databases: [d]} | collection:get                 | u/d/c   | true",
        "{tenant: t, databases: [d]} | collection:get                 | t/e/c   | true",
        "{tenant: t, databases: [d]} | db:create_database             | u/-/-   | true",
        "{actions: ['collection:add'], tenant: t} | collection:add    | t/d/c   | false",
        "{actions: ['collection:add'], tenant: t} | collection:get    | t/d/c   | true",
        "{tenant: '*'}             | collection:get                   | u/d/c   | false"
      })
  void aDenialThatMatchesRefuses(String deny, String action, String resource, boolean allowed) {
    String item = deny.startsWith("{") ? deny : "'" + deny + "'";
    Decision decision = rbac(item).authorize(CAROL, AuthzAction.of(action), resource(resource));
    assertEquals(allowed, decision instanceof Decision.Allowed, decision::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "collection:add | ''",
        "{tenant: t} | TENANT",
        "{databases: [d]} | DATABASE",
        "{collections: [c]} | COLLECTION",
        "{tenant: '*'} | ''"
      })
  void aDenialThatNamesAPlaceMakesAnIdentityBounded(String deny, String level) {
    Set<Level> expected = level.isEmpty() ? Set.of() : Set.of(Level.valueOf(level));
    assertEquals(expected, rbac(deny).boundLevels(CAROL));
  }

  @Test
  void aDenialHoldsOutsideTheBoundsOfItsRoleToo() {
    Rbac rbac = parse("but: {actions: [], tenant: u, deny: [{collections: [x]}]}");
    assertEquals(
        new Decision.Denied("rules.yaml:2 roles_mapping.but.deny[0]", false),
        rbac.authorize(CAROL, AuthzAction.GET, resource("t/d/x")));
  }

  private static Rbac rbac(String deny) {
    return parse("but: {actions: [], deny: [" + deny + "]}");
  }

  private static Rbac parse(String role) {
    Faults faults = new Faults();
    Rbac rbac =
        Rbac.parse("roles_mapping:\n  " + role + "\nusers: []\n", Place.of("rules.yaml"), faults);
    faults.throwIfAny();
    return rbac;
  }
}
