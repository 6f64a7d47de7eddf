package io.chromaauth.authz;

import static io.chromaauth.authz.FitTest.bounds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.Bounds;
import io.chromaauth.ConfigException;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of the authorization file that say {@code provider:}. */
class ForeignUsersTest {
  private static final String RULES =
      """
      roles_mapping:
        adder: {actions: ["collection:add"]}
      users:
      - {id: alice, role: reader}
      - {id: alice, provider: jwt, role: writer, tenant: t1, databases: [d1, d2]}
      - {id: alice, provider: io.acme.Ldap, roles: [adder, reader], collections: ["docs-*"]}
      - {id: bob, provider: jwt}
      """;

  private final Faults faults = new Faults();
  private final Rbac rbac = Rbac.parse(RULES, Place.of("rules.yaml"), faults);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // provider | id | asserted roles | asserted bounds | roles | bounds
        "basic | alice | admin | -/-/- | reader | -/-/-",
        "token | alice | '' | t9/-/- | reader | t9/-/-",
        "jwt | alice | '' | -/-/- | writer | t1/d1+d2/-",
        "jwt | alice | reader | -/-/- | reader,writer | t1/d1+d2/-",
        "jwt | alice | writer,x | t1/d2+d3/a | writer,x | t1/d2/a",
        "jwt | alice | admin | -/d9/- | admin,writer | t1//-",
        "io.acme.Ldap | alice | '' | -/-/- | adder,reader | -/-/docs-*",
        "jwt | bob | reader | t1/-/- | reader | t1/-/-",
        "jwt | carol | reader | t1/-/- | reader | t1/-/-",
        "JWT | alice | x | -/-/- | x | -/-/-",
        "basic | bob | reader | -/-/- | '' | -/-/-",
        // bounds that contradict each other leave no role
        "jwt | alice | admin | t2/-/- | '' | t2/-/-",
        "io.acme.Ldap | alice | admin | -/-/other | '' | -/-/other",
      })
  void whatAnotherProviderAssertsIsKeptAndTheEntryIsAdded(
      String provider, String id, String asserted, String own, String roles, String completed) {
    faults.throwIfAny();
    UserIdentity identity =
        UserIdentity.of(id, provider).withRoles(names(asserted)).withBounds(parse(own));
    assertEquals(
        UserIdentity.of(id, provider).withRoles(names(roles)).withBounds(parse(completed)),
        rbac.complete(identity));
  }

  private static Bounds parse(String text) {
    return text.equals("t1//-") ? new Bounds("t1", List.of(), null) : bounds(text);
  }

  private static Set<String> names(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(",", -1));
  }

  @Test
  void whoseBoundsContradictEachOtherMayDoNothing() {
    UserIdentity alice =
        rbac.complete(
            UserIdentity.of("alice", "jwt")
                .withRoles(Set.of("admin"))
                .withBounds(bounds("t2/-/-")));
    for (AuthzAction action : AuthzAction.known()) {
      for (String tenant : List.of("t1", "t2")) {
        assertInstanceOf(
            Decision.Denied.class,
            rbac.authorize(alice, action, AuthzResource.of(tenant, "d1", "docs-a")));
      }
    }
  }

  @Test
  void theEntrysBoundsHoldForRolesThatTheProviderAsserts() {
    UserIdentity alice = rbac.complete(UserIdentity.of("alice", "jwt").withRoles(Set.of("admin")));
    assertEquals(Set.of(Level.TENANT, Level.DATABASE), rbac.boundLevels(alice));
    assertInstanceOf(
        Decision.Allowed.class,
        rbac.authorize(alice, AuthzAction.GET, AuthzResource.of("t1", "d2", "c")));
    assertEquals(
        new Decision.Denied("rules.yaml:5 users[1].id: bounds of alice", true),
        rbac.authorize(alice, AuthzAction.GET, AuthzResource.of("t1", "d3", "c")));
    UserIdentity carol =
        UserIdentity.of("carol", "jwt").withRoles(Set.of("admin")).withBounds(bounds("t1/-/-"));
    assertEquals(
        new Decision.Denied("bounds of carol", true),
        rbac.authorize(carol, AuthzAction.GET, AuthzResource.of("t2", "d3", "c")));
  }

  @Test
  void theyAreListedByProviderAndId() {
    assertEquals(Set.of("jwt", "io.acme.Ldap"), rbac.foreignUsers().keySet());
    assertEquals(
        Set.of("alice", "bob"), rbac.foreignUsers().getOrDefault("jwt", Map.of()).keySet());
    assertEquals(Set.of("alice"), rbac.users().keySet());
    assertEquals(Set.of("reader", "writer", "admin", "adder"), rbac.roleNames());
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "token"})
  void theOperatorsOwnUsersNeedNoProvider(String provider) {
    assertEquals(
        "rules.yaml:3 (users[0].provider): found '"
            + provider
            + "', expected another provider's name: basic and token users are one name space; fix:"
            + " remove it",
        fault("- {id: a, provider: " + provider + "}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- {id: a, provider: jwt}\\n- {id: a, provider: jwt} |"
            + " rules.yaml:4 (users[1].id): found 'a' again, expected each user once",
        "- {id: a, provider: ''} |"
            + " rules.yaml:3 (users[0].provider): found an empty value, expected a text that is not"
            + " empty",
        "- {id: a, provider: [jwt]} |"
            + " rules.yaml:3 (users[0].provider): found a list, expected a text that is not empty",
        "- {id: a, provider: jwt, role: raeder} |"
            + " rules.yaml:3 (users[0].role): found 'raeder', expected a role of roles_mapping, or"
            + " reader, writer, admin; fix: did you mean 'reader'?",
        "- {provider: jwt} | rules.yaml:3 (users[0].id): found nothing, expected a user's id",
        "- {id: a, Provider: jwt} |"
            + " rules.yaml:3 (users[0]): found 'Provider', expected one of collections, databases,"
            + " id, provider, role, roles, tenant, tokens; fix: did you mean 'provider'?",
      })
  void whatIsNotRightIsTold(String users, String fault) {
    assertEquals(fault, fault(users.replace("\\n", "\n") + "\n"));
  }

  @Test
  void theSameIdAtTwoProvidersIsTwoUsers() {
    Faults none = new Faults();
    Rbac.parse(
        """
        roles_mapping: {}
        users:
        - {id: a}
        - {id: a, provider: jwt}
        - {id: a, provider: own}
        """,
        Place.of("rules.yaml"),
        none);
    none.throwIfAny();
  }

  @Test
  void aRoleThatOnlyTheirUsersHaveIsUsed() {
    Faults none = new Faults();
    Rbac used =
        Rbac.parse(
            """
            roles_mapping: {Admin: {actions: ["*"]}, r: {actions: []}}
            users: [{id: a, provider: jwt, role: Admin}, {id: b, role: admin}]
            """,
            Place.of("rules.yaml"),
            none);
    none.throwIfAny();
    assertEquals(List.of("roles without users: r"), used.warnings());
    Faults near = new Faults();
    Rbac.parse(
        "roles_mapping: {Admin: {actions: []}}\nusers: [{id: a, provider: jwt, role: admin}]\n",
        Place.of("rules.yaml"),
        near);
    assertThrows(ConfigException.class, near::throwIfAny);
  }

  private static String fault(String users) {
    Faults found = new Faults();
    Rbac.parse("roles_mapping: {}\nusers:\n" + users, Place.of("rules.yaml"), found);
    return String.valueOf(assertThrows(ConfigException.class, found::throwIfAny).getMessage());
  }
}
