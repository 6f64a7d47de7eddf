package io.chromaauth.authz;

import static io.chromaauth.authz.FitTest.bounds;
import static io.chromaauth.authz.FitTest.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.AuthzResource.Level;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How roles, their bounds and the identity's own come together. */
class RbacTest {
  private static final String RULES =
      """
      roles_mapping:
        reader:         {actions: ['collection:get']}
        reader-of-d1:   {actions: ['collection:get'], tenant: t1, databases: [d1]}
        writer-of-d2:   {actions: ['collection:add'], tenant: t1, databases: [d2]}
        reader-of-docs: {actions: ['collection:get'], collections: [docs-*]}
        nothing:        {actions: []}
        nowhere:        {actions: ['collection:get'], databases: []}
      users:
      - {id: alice, role: reader, tenant: t1, databases: [d1, d2]}
      - {id: bob}
      """;

  private final Rbac rbac = Rbac.parse(RULES, Place.of("rules.yaml"), new Faults());

  /** One role gives the action, the other the place: together they must give nothing. */
  @ParameterizedTest
  @CsvSource({
    "reader-of-d1+writer-of-d2, collection:get, t1/d1/c, true",
    "reader-of-d1+writer-of-d2, collection:get, t1/d2/c, false",
    "reader-of-d1+writer-of-d2, collection:add, t1/d2/c, true",
    "reader-of-d1+writer-of-d2, collection:add, t1/d1/c, false",
    "reader-of-d1+reader-of-docs, collection:get, t1/d1/x, true",
    "reader-of-d1+reader-of-docs, collection:get, t9/d9/docs-1, true",
    "reader-of-d1+reader-of-docs, collection:get, t9/d9/x, false",
    "reader+reader-of-d1, collection:get, t9/d9/x, true",
    "reader+nothing, collection:get, t9/d9/x, true",
    "nothing, collection:get, t1/d1/x, false",
    "nowhere, collection:get, t1/d1/x, false",
    "reader, collection:add, t1/d1/x, false",
    "reader, orders:read, t1/d1/x, false",
    "nobody-defined-it, collection:get, t1/d1/x, false",
    "nobody-defined-it+reader, collection:get, t1/d1/x, true"
  })
  void oneSingleRoleMustGiveActionAndPlace(
      String roles, String action, String resource, boolean allowed) {
    Decision decision =
        rbac.authorize(identity("-/-/-", roles), AuthzAction.of(action), resource(resource));
    assertEquals(allowed, decision instanceof Decision.Allowed, decision::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "t1/-/-, reader, t1/d1/c, true",
    "t1/-/-, reader, t2/d1/c, false",
    "t1/d2/-, reader-of-d1, t1/d1/c, false",
    "t1/d2/-, reader-of-d1, t1/d2/c, false",
    "-/-/docs-*, reader-of-d1, t1/d1/docs-1, true",
    "-/-/docs-*, reader-of-d1, t1/d1/x, false"
  })
  void theIdentitysOwnBoundsHoldToo(String own, String roles, String resource, boolean allowed) {
    Decision decision = rbac.authorize(identity(own, roles), AuthzAction.GET, resource(resource));
    assertEquals(allowed, decision instanceof Decision.Allowed, decision::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t1/-/- | reader        | collection:get | t2/d1/c | bounds of carol                             | true",
        "-/-/-  | reader-of-d1  | collection:get | t1/d2/c | bounds of rules.yaml:3 roles_mapping.reader-of-d1 | true",
        "-/-/-  | reader        | collection:add | t1/d2/c | rules.yaml: no role of carol grants collection:add | false",
        "-/-/-  | nobody        | collection:get | t1/d2/c | rules.yaml: no role of carol grants collection:get | false",
        "t1/-/- | ''            | collection:get | t1/d2/c | rules.yaml: no role for user carol          | false"
      })
  void aRefusalTellsItsRule(
      String own, String roles, String action, String resource, String rule, boolean outOfBounds) {
    assertEquals(
        new Decision.Denied(rule, outOfBounds),
        rbac.authorize(identity(own, roles), AuthzAction.of(action), resource(resource)));
  }

  @Test
  void aGrantTellsItsRule() {
    assertEquals(
        new Decision.Allowed("rules.yaml:2 roles_mapping.reader"),
        rbac.authorize(identity("-/-/-", "reader"), AuthzAction.GET, resource("t/d/c")));
  }

  @ParameterizedTest
  @CsvSource({
    "-/-/-,      reader,                      ''",
    "-/-/-,      nobody-defined-it,           ''",
    "-/-/-,      '',                          ''",
    "t1/-/-,     reader,                      TENANT",
    "-/-/-,      reader-of-d1,                TENANT+DATABASE",
    "-/-/-,      reader-of-docs+reader,       COLLECTION",
    "-/-/docs-*, reader-of-d1,                TENANT+DATABASE+COLLECTION",
    "t1/-/-,     reader-of-docs+reader-of-d1, TENANT+DATABASE+COLLECTION",
    "t1/d1/-,    reader-of-d1,                TENANT+DATABASE",
    "-/-/-,      nowhere,                     DATABASE"
  })
  void anyBoundOfAnyRoleMakesAnIdentityBounded(String own, String roles, String levels) {
    Set<Level> expected =
        Stream.of(levels.split("\\+", -1))
            .filter(level -> !level.isEmpty())
            .map(Level::valueOf)
            .collect(Collectors.toSet());
    assertEquals(expected, rbac.boundLevels(identity(own, roles)));
  }

  @ParameterizedTest
  @CsvSource({"basic", "token"})
  void theOperatorsOwnUsersGetTheirRolesFromTheConfigurationAlone(String provider) {
    UserIdentity alice = UserIdentity.of("alice", provider).withRoles(Set.of("admin"));
    assertEquals(
        UserIdentity.of("alice", provider)
            .withRoles(Set.of("reader"))
            .withBounds(bounds("t1/d1+d2/-")),
        rbac.complete(alice));
    UserIdentity unknown = UserIdentity.of("eve", provider).withRoles(Set.of("admin"));
    assertEquals(UserIdentity.of("eve", provider), rbac.complete(unknown));
  }

  @Test
  void boundsOfTwoFilesBothHold() {
    UserIdentity alice = UserIdentity.of("alice", "basic").withBounds(bounds("-/d2+d3/docs-*"));
    assertEquals(bounds("t1/d2/docs-*"), rbac.complete(alice).bounds());
  }

  /** An entry without a provider concerns the operator's own users only. */
  @ParameterizedTest
  @CsvSource({"jwt", "io.acme.Ldap", "Basic"})
  void whoComesFromAnotherProviderKeepsTheRolesThatItAsserts(String provider) {
    UserIdentity alice =
        UserIdentity.of("alice", provider)
            .withRoles(Set.of("nothing"))
            .withBounds(bounds("t9/-/-"));
    assertEquals(alice, rbac.complete(alice));
  }

  @Test
  void withoutRulesEverybodyMayDoEverythingWithinBounds() {
    WithinBounds open = new WithinBounds(id -> "");
    UserIdentity carol = identity("t1/-/-", "");
    assertInstanceOf(
        Decision.Allowed.class, open.authorize(carol, AuthzAction.ADD, resource("t1/d/c")));
    assertEquals(
        new Decision.Denied("bounds of carol", true),
        open.authorize(carol, AuthzAction.ADD, resource("t2/d/c")));
    assertEquals(
        new Decision.Denied("bounds of carol", true),
        open.authorize(carol, AuthzAction.RESET, AuthzResource.NONE));
    assertEquals(Set.of(Level.TENANT), open.boundLevels(carol));
    assertEquals(carol, open.complete(carol));
  }

  private static UserIdentity identity(String own, String roles) {
    Set<String> names = roles.isEmpty() ? Set.of() : Set.of(roles.split("\\+", -1));
    return UserIdentity.of("carol", "jwt").withBounds(bounds(own)).withRoles(names);
  }
}
