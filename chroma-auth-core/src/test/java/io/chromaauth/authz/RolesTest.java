package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What roles grant, as the authorization file defines them and without being defined. */
class RolesTest {
  private static final String READS =
      "tenant:get_tenant db:get_database db:list_databases db:list_collections"
          + " db:count_collections collection:get_collection collection:get_collection_by_crn"
          + " collection:get collection:query collection:search collection:count";
  private static final String WRITES =
      " db:create_collection db:get_or_create_collection collection:update_collection"
          + " collection:delete_collection collection:fork_collection collection:add"
          + " collection:update collection:upsert collection:delete";

  @ParameterizedTest
  @CsvSource({"reader, " + READS, "writer, " + READS + WRITES})
  void readerAndWriterExistWithoutBeingDefined(String role, String actions) {
    assertEquals(new TreeSet<>(Set.of(actions.split(" ", -1))), granted("roles_mapping: {}", role));
  }

  @Test
  void adminMayDoAllThatIsKnown() {
    assertEquals(
        new TreeSet<>(AuthzAction.known().stream().map(AuthzAction::wireName).toList()),
        granted("roles_mapping: {}", "admin"));
  }

  @ParameterizedTest
  @CsvSource({"admin", "writer", "reader"})
  void aDefinitionOverridesTheBuiltInRole(String role) {
    String mapping = "roles_mapping: {" + role + ": {actions: [collection:count]}}";
    assertEquals(Set.of("collection:count"), granted(mapping, role));
  }

  @ParameterizedTest
  @CsvSource({
    "collection:query, collection:query collection:search",
    "collection:search, collection:search",
    "collection:get_collection, collection:get_collection collection:get_collection_by_crn",
    "collection:get_collection_by_crn, collection:get_collection_by_crn",
    "db:reset, system:reset",
    "system:reset, system:reset",
    "db:create_collection, db:create_collection",
    "db:get_or_create_collection, db:get_or_create_collection",
    "system:explain, system:explain",
    "collection:get, collection:get"
  })
  void anActionMeansItselfAndWhatOlderFilesCouldNotName(String action, String granted) {
    assertEquals(
        new TreeSet<>(Set.of(granted.split(" ", -1))),
        granted("roles_mapping: {r: {actions: ['" + action + "']}}", "r"));
  }

  @ParameterizedTest
  @CsvSource({
    "*, ''",
    "collection:*, collection:",
    "db:*, db:",
    "tenant:*, tenant:",
    "system:*, system:"
  })
  void aWildcardStandsForAllActionsOfItsKind(String wildcard, String prefix) {
    assertEquals(
        AuthzAction.known().stream()
            .map(AuthzAction::wireName)
            .filter(name -> name.startsWith(prefix))
            .collect(Collectors.toSet()),
        granted("roles_mapping: {r: {actions: ['" + wildcard + "']}}", "r"));
  }

  @Test
  void aRoleWithoutActionsGrantsNothing() {
    assertEquals(Set.of(), granted("roles_mapping: {r: {actions: []}}", "r"));
  }

  @Test
  void theRuleOfAGrantIsItsPlaceInTheFile() {
    Rbac rbac = parse("roles_mapping:\n  # r\n  r: {actions: [collection:get]}\nusers: []\n");
    assertEquals(
        new Decision.Allowed("rules.yaml:3 roles_mapping.r"),
        rbac.authorize(identity("r"), AuthzAction.GET, AuthzResource.NONE));
    assertEquals(
        new Decision.Allowed("built-in role reader"),
        rbac.authorize(identity("reader"), AuthzAction.GET, AuthzResource.NONE));
  }

  @Test
  void aUserHasTheRolesAndBoundsOfItsEntry() {
    Rbac rbac =
        parse(
            """
            roles_mapping: {r: {actions: [collection:get]}}
            users:
            - {id: a, role: r, tenant: t1, databases: [d1], collections: ['docs-*']}
            - {id: b, roles: [r, reader], tenant: '*', databases: ['*'], collections: ['*']}
            - {id: c}
            - {id: 12345, role: r, tokens: [x]}
            """);
    assertEquals(Set.of("a", "b", "c", "12345"), rbac.users().keySet());
    assertEquals(Set.of("r"), user(rbac, "a").roles());
    assertEquals(FitTest.bounds("t1/d1/docs-*"), user(rbac, "a").bounds());
    assertEquals(new Place("rules.yaml", 3, "users[0].id"), user(rbac, "a").place());
    assertEquals(Set.of("r", "reader"), user(rbac, "b").roles());
    assertEquals(FitTest.bounds("-/-/-"), user(rbac, "b").bounds());
    assertEquals(Set.of(), user(rbac, "c").roles());
  }

  @Test
  void aRoleMayBeNamedAsYamlWouldNotHaveIt() {
    Rbac rbac = parse("roles_mapping: {no: {actions: []}, 007: {actions: []}}\nusers: []\n");
    assertEquals(Set.of("no", "007", "reader", "writer", "admin"), rbac.roleNames());
  }

  private static Rbac.User user(Rbac rbac, String id) {
    return Objects.requireNonNull(rbac.users().get(id), id);
  }

  private static Set<String> granted(String mapping, String role) {
    Rbac rbac = parse(mapping + "\nusers: []\n");
    Set<String> granted = new TreeSet<>();
    for (AuthzAction action : AuthzAction.known()) {
      if (rbac.authorize(identity(role), action, AuthzResource.NONE) instanceof Decision.Allowed) {
        granted.add(action.wireName());
      }
    }
    return granted;
  }

  private static UserIdentity identity(String role) {
    return UserIdentity.of("carol", "jwt").withRoles(Set.of(role));
  }

  private static Rbac parse(String text) {
    Faults faults = new Faults();
    Rbac rbac = Rbac.parse(text, Place.of("rules.yaml"), faults);
    faults.throwIfAny();
    return rbac;
  }
}
