package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.AuthzAction;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles written for 0.6 that look like an administrator's, told what they lack on 1.x. */
class AdminLikeRolesTest {
  private static final String LOOKS =
      "' looks like an administrator's and lacks actions of Chroma 1.x (add them, or \"*\"): ";
  private static final String NEW_ONES =
      "tenant:update_tenant, collection:fork_collection, collection:create_attached_function,"
          + " collection:remove_attached_function";

  @ParameterizedTest
  @CsvSource({"21, all", "16, tenant", "15, none", "1, none"})
  void fromThreeQuartersOfWhatChroma06KnewItIsTold(int actions, String told) {
    // the first ones are the last to go: get_collection and query imply two of the new ones
    List<AuthzAction> most = new ArrayList<>(AuthzAction.ofChroma06());
    most.removeAll(List.of(AuthzAction.GET_COLLECTION, AuthzAction.QUERY));
    most.addAll(0, List.of(AuthzAction.GET_COLLECTION, AuthzAction.QUERY));
    List<String> expected =
        switch (told) {
          case "all" -> List.of("role 'r" + LOOKS + NEW_ONES);
          case "tenant" -> List.of("role 'r" + LOOKS + "tenant:update_tenant");
          default -> List.of();
        };
    assertEquals(expected, looks("r", wireNames(most.subList(0, actions))));
  }

  /** Whoever left one out on purpose wants no more of its type. */
  @Test
  void onlyTheTypesThatItHasWholeAreNamed() {
    List<AuthzAction> without = new ArrayList<>(AuthzAction.ofChroma06());
    without.removeAll(List.of(AuthzAction.GET_COLLECTION, AuthzAction.QUERY));
    assertEquals(
        List.of("role 'r" + LOOKS + "tenant:update_tenant"), looks("r", wireNames(without)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"*", "system:*, tenant:*, db:*, collection:*", "collection:*, tenant:*, db:*"})
  void aRoleThatHasThemAllIsNotTold(String actions) {
    assertEquals(List.of(), looks("r", actions));
  }

  @Test
  void oneThatIsMissingIsNamedAlone() {
    List<AuthzAction> all = new ArrayList<>(AuthzAction.known());
    all.remove(AuthzAction.FORK_COLLECTION);
    assertEquals(
        List.of("role 'r" + LOOKS + "collection:fork_collection"), looks("r", wireNames(all)));
  }

  @Test
  void aRoleThatReplacesABuiltInOneIsToldAndTheBuiltInOnesAreNot() {
    String old = wireNames(AuthzAction.ofChroma06());
    assertEquals(List.of("role 'admin" + LOOKS + NEW_ONES), looks("admin", old));
    assertEquals(List.of("role 'writer" + LOOKS + NEW_ONES), looks("writer", old));
    assertEquals(List.of(), looks("other", "collection:get"));
  }

  @Test
  void severalAreToldInTheOrderOfTheirNames() {
    String old = "[" + quoted(wireNames(AuthzAction.ofChroma06())) + "]";
    Faults faults = new Faults();
    Rbac rbac =
        Rbac.parse(
            "roles_mapping:\n  b: {actions: " + old + "}\n  a: {actions: " + old + "}\nusers: []\n",
            Place.of("rules.yaml"),
            faults);
    faults.throwIfAny();
    assertEquals(
        List.of(
            "roles without users: a, b",
            "role 'a" + LOOKS + NEW_ONES,
            "role 'b" + LOOKS + NEW_ONES),
        rbac.warnings());
  }

  private static List<String> looks(String role, String actions) {
    Faults faults = new Faults();
    Rbac rbac =
        Rbac.parse(
            "roles_mapping:\n  "
                + role
                + ": {actions: ["
                + quoted(actions)
                + "]}\nusers:\n- {id: u, role: "
                + role
                + "}\n",
            Place.of("rules.yaml"),
            faults);
    faults.throwIfAny();
    return rbac.warnings().stream().filter(line -> line.contains("looks like")).toList();
  }

  private static String wireNames(List<AuthzAction> actions) {
    return actions.stream().map(AuthzAction::wireName).collect(Collectors.joining(", "));
  }

  private static String quoted(String actions) {
    return "\"" + actions.replace(", ", "\", \"") + "\"";
  }
}
