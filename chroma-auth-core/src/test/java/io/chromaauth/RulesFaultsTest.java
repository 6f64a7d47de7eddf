package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.settings.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the authorization file, with the one line that tells its breach. */
class RulesFaultsTest {
  private static final String USERS = "users:\n- {id: a, tokens: [s3cret]}\n";
  private static final String USER_KEYS =
      ", expected one of collections, databases, id, provider, role, roles, tenant, tokens";
  private static final String ACTION =
      ", expected an action of Chroma such as collection:get, or collection:*";
  private static final String ROLE = ", expected a role of roles_mapping, or reader, writer, admin";
  private static final String EMPTY = ": found an empty value, expected a text that is not empty";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"documents", "roles", "users", "rolesOfUsers"})
  void whatIsNotRightIsToldWithItsLineAndKey(String title, String rules, String fault) {
    List<String> faults = Start.faults(Start.tokenWithRules(directory, USERS, rules), directory);
    assertEquals(List.of("authz.yaml" + fault), faults);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        arguments("empty", "", ": found an empty document, expected a YAML mapping"),
        arguments(
            "a list", "- roles_mapping: {}\n", ":1 (top level): found a list, expected a mapping"),
        arguments(
            "no roles_mapping",
            "users: []\n",
            ":1 (roles_mapping): found nothing, expected roles by name, or {}"),
        arguments(
            "no users",
            "# rules\nroles_mapping: {}\n",
            ":2 (users): found nothing, expected users with id and role, or []"),
        arguments(
            "empty roles_mapping",
            "roles_mapping:\nusers: []\n",
            ":1 (roles_mapping): found an empty value, expected a mapping"),
        arguments(
            "empty users",
            "roles_mapping: {}\nusers:\n",
            ":2 (users): found an empty value, expected a list"),
        arguments(
            "roles as a list",
            "roles_mapping:\n- reader\nusers: []\n",
            ":2 (roles_mapping): found a list, expected a mapping"),
        arguments(
            "users by name",
            "roles_mapping: {}\nusers: {a: reader}\n",
            ":2 (users): found a mapping, expected a list"),
        arguments(
            "unknown key",
            "roles_mapping: {}\nusers: []\nroles: {}\n",
            ":3 (top level): found 'roles', expected one of roles_mapping, users"));
  }

  static Stream<Arguments> roles() {
    return Stream.of(
        arguments(
            "role as a list",
            role("[collection:get]"),
            ":2 (roles_mapping.r): found a list, expected a mapping"),
        arguments(
            "empty role",
            role(""),
            ":2 (roles_mapping.r): found an empty value, expected a mapping"),
        arguments(
            "role without actions",
            role("{}"),
            ":2 (roles_mapping.r.actions): found nothing, expected a list of actions, or []"),
        arguments(
            "misspelt actions",
            role("{actions: [], action: []}"),
            ":2 (roles_mapping.r): found 'action', expected one of actions,"
                + " collections, databases, deny, tenant; fix: did you mean"
                + " 'actions'?"),
        arguments(
            "actions as text",
            role("{actions: collection:get}"),
            ":2 (roles_mapping.r.actions): found a text, expected a list"),
        arguments(
            "empty actions",
            role("{actions: }"),
            ":2 (roles_mapping.r.actions): found an empty value, expected a list"),
        arguments(
            "empty action", role("{actions: ['']}"), ":2 (roles_mapping.r.actions[0])" + EMPTY),
        arguments(
            "misspelt action",
            role("\n    actions:\n    - collection:get\n    - collection:qery\n"),
            ":5 (roles_mapping.r.actions[1]): found 'collection:qery'"
                + ACTION
                + "; fix: did you mean 'collection:query'?"),
        arguments(
            "another case",
            role("{actions: ['Collection:Get']}"),
            ":2 (roles_mapping.r.actions[0]): found 'Collection:Get'"
                + ACTION
                + "; fix: did you mean 'collection:get'?"),
        arguments(
            "a wildcard of no kind",
            role("{actions: ['colection:*']}"),
            ":2 (roles_mapping.r.actions[0]): found 'colection:*'" + ACTION),
        arguments(
            "a wildcard within a verb",
            role("{actions: ['collection:get*']}"),
            ":2 (roles_mapping.r.actions[0]): found 'collection:get*'"
                + ACTION
                + "; fix: did you mean 'collection:get'?"),
        arguments(
            "misspelt bound",
            role("{actions: [], tennant: t}"),
            ":2 (roles_mapping.r): found 'tennant', expected one of actions, collections,"
                + " databases, deny, tenant; fix: did you mean 'tenant'?"),
        arguments(
            "empty bound", role("{actions: [], tenant: }"), ":2 (roles_mapping.r.tenant)" + EMPTY),
        arguments(
            "misspelt action in a denial",
            role("{actions: [], deny: ['collection:ad']}"),
            ":2 (roles_mapping.r.deny[0]): found 'collection:ad'"
                + ACTION
                + "; fix: did you mean 'collection:add'?"),
        arguments(
            "misspelt bound in a denial",
            role("{actions: [], deny: [{colections: [x]}]}"),
            ":2 (roles_mapping.r.deny[0]): found 'colections', expected one of actions,"
                + " collections, databases, tenant; fix: did you mean 'collections'?"),
        arguments(
            "denial that is no list",
            role("{actions: [], deny: 'collection:add'}"),
            ":2 (roles_mapping.r.deny): found a text, expected a list"),
        arguments(
            "empty denial",
            role("{actions: [], deny: [{}]}"),
            ":2 (roles_mapping.r.deny[0]): found nothing, expected actions, or where they are"
                + " denied"),
        arguments(
            "denial of no actions",
            role("{actions: [], deny: [{actions: [], tenant: t}]}"),
            ":2 (roles_mapping.r.deny[0].actions): found no actions, expected some, or no such"
                + " key"),
        arguments(
            "no action at all",
            role("{actions: [everything and more]}"),
            ":2 (roles_mapping.r.actions[0]): found 'everything and more'" + ACTION));
  }

  static Stream<Arguments> users() {
    return Stream.of(
        arguments("user as text", user("a"), ":3 (users[0]): found a text, expected a mapping"),
        arguments(
            "no id", user("role: reader"), ":3 (users[0].id): found nothing, expected a user's id"),
        arguments("empty id", user("id: ''"), ":3 (users[0].id)" + EMPTY),
        arguments(
            "user twice",
            user("{id: a, role: reader}\n- {id: a, role: writer}"),
            ":4 (users[1].id): found 'a' again, expected each user once"),
        arguments(
            "misspelt databases, a bound that would be lost",
            user("{id: a, role: reader, databses: [db1]}"),
            ":3 (users[0]): found 'databses'" + USER_KEYS + "; fix: did you mean 'databases'?"),
        arguments(
            "misspelt role",
            user("{id: a, rolle: reader}"),
            ":3 (users[0]): found 'rolle'" + USER_KEYS + "; fix: did you mean 'role'?"),
        arguments("empty tenant", user("{id: a, tenant: }"), ":3 (users[0].tenant)" + EMPTY),
        arguments(
            "empty collections",
            user("{id: a, collections: }"),
            ":3 (users[0].collections): found an empty value, expected a list"),
        arguments(
            "star beside patterns",
            user("{id: a, collections: ['docs-*', '*']}"),
            ":3 (users[0].collections): found '*' beside names, expected either '*' or names"),
        arguments(
            "a user without credentials",
            user("{id: b, role: reader}"),
            ":3 users[0].id".replace(" users[0].id", " (users[0].id)")
                + ": found the user 'b', who has no credentials, expected a user with credentials;"
                + " fix: did you mean 'a'?"),
        arguments(
            "another case of a user",
            user("{id: A, role: reader}"),
            ":3 (users[0].id): found the user 'A', who has no credentials, expected a user with"
                + " credentials; fix: did you mean 'a'?"));
  }

  static Stream<Arguments> rolesOfUsers() {
    return Stream.of(
        arguments("empty role", user("{id: a, role: }"), ":3 (users[0].role)" + EMPTY),
        arguments(
            "a list as role",
            user("{id: a, role: [reader]}"),
            ":3 (users[0].role): found a list, expected a text that is not empty"),
        arguments(
            "a text as roles",
            user("{id: a, roles: reader}"),
            ":3 (users[0].roles): found a text, expected a list"),
        arguments(
            "role and roles",
            user("{id: a, role: reader, roles: [writer]}"),
            ":3 (users[0].role): found both role and roles, expected one of them"),
        arguments(
            "unknown role",
            user("{id: a, role: readr}"),
            ":3 (users[0].role): found 'readr'" + ROLE + "; fix: did you mean 'reader'?"),
        arguments(
            "unknown role among several",
            user("{id: a, roles: [reader, superintendent]}"),
            ":3 (users[0].roles[1]): found 'superintendent'" + ROLE),
        arguments(
            "unknown role on a line of its own",
            user("\n  id: a\n  role: readr"),
            ":5 (users[0].role): found 'readr'" + ROLE + "; fix: did you mean 'reader'?"));
  }

  /** Users are read with the document if the roles stand before them, and else after it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "roles_mapping: {r: {actions: [x]}}\nusers: [{id: a, role: q}, {id: b, role: r}]\nother: 1\n",
        "users: [{id: a, role: q}, {id: b, role: r}]\nroles_mapping: {r: {actions: [x]}}\nother: 1\n"
      })
  void faultsAreToldOfTheDocumentThenOfRolesThenOfUsers(String rules) {
    List<String> faults = Start.faults(Start.tokenWithRules(directory, USERS, rules), directory);
    List<String> keys =
        faults.stream().map(f -> f.replaceAll(".*?:\\d+ \\(([^)]*)\\).*", "$1")).toList();
    assertEquals(List.of("top level", "roles_mapping.r.actions[0]", "users[0].role"), keys);
  }

  @Test
  void whatIsNoDocumentHasNoOtherFaults() {
    String rules = "roles_mapping: {r: {actions: [x]}}\nusers:\n- {id: a, role: q}\n}\n";
    List<String> faults = Start.faults(Start.tokenWithRules(directory, USERS, rules), directory);
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).startsWith("authz.yaml:4: found what is not YAML"), faults.get(0));
  }

  @Test
  void aFaultInAnInlineValueNamesTheSetting() {
    Map<String, String> settings =
        Start.with(
            Start.token(directory, "s3cret"),
            Names.AUTHZ_PROVIDER,
            "simple_rbac",
            Names.AUTHZ_CONFIG,
            "roles_mapping: {}\n");
    assertEquals(
        List.of(
            "environment CHROMA_SERVER_AUTHZ_CONFIG:1 (users): found nothing, expected users with"
                + " id and role, or []"),
        Start.faults(settings));
  }

  /** Two texts: only the same bounds in both can hold for tenant and collections. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void boundsThatContradictEachOtherAreToldOnce(String title, String own, String rules, String f) {
    String users = "users:\n- {id: a, tokens: [s3cret], " + own + "}\n";
    String text = "roles_mapping: {}\nusers:\n- {id: a, role: reader, " + rules + "}\n";
    assertEquals(
        List.of("authz.yaml:3 (users[0].id): found " + f + ", expected the same in both files"),
        Start.faults(Start.tokenWithRules(directory, users, text), directory));
  }

  static Stream<Arguments> boundsThatContradictEachOtherAreToldOnce() {
    return Stream.of(
        arguments("tenant", "tenant: t1", "tenant: t2", "tenant 't2' beside 't1' for 'a'"),
        arguments(
            "collections",
            "collections: [a, b]",
            "collections: [b]",
            "collections '[b]' beside '[a, b]' for 'a'"));
  }

  private static String role(String value) {
    return "roles_mapping:\n  r: " + value + "\nusers: []\n";
  }

  private static String user(String value) {
    return "roles_mapping: {}\nusers:\n- " + value + "\n";
  }
}
