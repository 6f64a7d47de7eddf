package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.ConfigException;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that would not do what their author means: Chroma's own example, and near names. */
class MeantOtherwiseTest {
  private static final AuthzResource COLLECTION = AuthzResource.of("t", "d", "c");

  private final Faults faults = new Faults();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void whatChromasExampleSaysForReferenceIsIgnoredAndTold() {
    Rbac rbac =
        parse(
            """
            resource_type_action: [system:reset]
            roles_mapping:
              r: {actions: [collection:peek, collection:get], deny: [collection:peek]}
            users: [{id: u, role: r}]
            """);
    faults.throwIfAny();
    assertEquals(
        List.of(
            "rules.yaml: resource_type_action is ignored",
            "rules.yaml:3: collection:peek is ignored, use collection:get",
            "rules.yaml:3: collection:peek is ignored, use collection:get"),
        warnings);
    UserIdentity user = rbac.complete(UserIdentity.of("u", "token"));
    assertInstanceOf(Decision.Allowed.class, rbac.authorize(user, AuthzAction.GET, COLLECTION));
  }

  @Test
  void resourcesOfARoleAreRefusedBecauseNothingEnforcesThem() {
    parse("roles_mapping: {r: {actions: [], resources: [x]}}\nusers: []\n");
    assertTrue(told().contains("write collections: [NAME, ...], or remove it"), told());
  }

  @Test
  void anOwnRoleNextToABuiltInOneThatIsUsedInsteadIsRefusedOnce() {
    String users = "users: [{id: a, role: admin}, {id: b, role: admin}]\n";
    parse("roles_mapping: {Admin: {actions: []}}\n" + users);
    assertEquals(
        "rules.yaml (roles_mapping.Admin): found a role nobody has, beside users of the built-in"
            + " 'admin', expected users of it, or no such role",
        told());
  }

  @Test
  void anOwnRoleThatIsUsedOrReplacesTheBuiltInOneIsFine() {
    parse("roles_mapping: {Admin: {actions: []}}\nusers: [{id: a, role: Admin}]\n");
    parse("roles_mapping: {admin: {actions: []}}\nusers: [{id: a, role: admin}]\n");
    faults.throwIfAny();
  }

  private Rbac parse(String text) {
    return Rbac.parse(text, Place.of("rules.yaml"), List.of(), faults, warnings);
  }

  private String told() {
    return String.valueOf(assertThrows(ConfigException.class, faults::throwIfAny).getMessage());
  }
}
