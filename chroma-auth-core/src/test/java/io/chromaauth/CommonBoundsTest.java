package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One id, several of the operator's files: what any of them says of it holds everywhere. */
class CommonBoundsTest {
  private static final String HTPASSWD =
      "alice:" + Samples.ADMIN_HASH + "\nbob:" + Samples.ADMIN_HASH;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "t1, d1, docs-1, true",
    "t1, d1, x, false",
    "t1, d2, docs-1, false",
    "t2, d1, docs-1, false"
  })
  void basicUsersHaveTheBoundsOfTheAuthorizationFile(
      String tenant, String database, String collection, boolean allowed) {
    String rules =
        """
        roles_mapping: {}
        users:
        - {id: alice, role: reader, tenant: t1, databases: [d1], collections: ['docs-*']}
        - {id: bob, role: reader}
        """;
    Map<String, String> settings =
        Start.withRules(Start.basic(directory, HTPASSWD), directory, rules);
    try (var auth = Start.with(settings)) {
      AuthzResource resource = AuthzResource.of(tenant, database, collection);
      UserIdentity alice = login(auth, Samples.basic("alice", "admin"));
      assertEquals(allowed, allows(auth, alice, resource));
      UserIdentity bob = login(auth, Samples.basic("bob", "admin"));
      assertEquals(true, allows(auth, bob, resource));
      assertEquals(Set.of(), auth.snapshot().boundLevels(bob));
      assertEquals(Set.of(AuthzResource.Level.values()), auth.snapshot().boundLevels(alice));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tenant: t1           | databases: [d1]       | t1   | d1",
        "databases: [d1, d2]  | databases: [d2, d3]   | ''   | d2",
        "databases: [d1]      | databases: [d2]       | ''   | []",
        "databases: []        | databases: [d2]       | ''   | []",
        "databases: ['*']     | databases: [d2]       | ''   | d2",
        "tenant: '*'          | tenant: t1            | t1   | ''",
        "tenant: t1           | tenant: t1            | t1   | ''",
        "collections: [a, b]  | collections: [a, b]   | ''   | ''"
      })
  void boundsOfTokenUsersAndRulesBothHold(
      String inUsers, String inRules, String tenant, String databases) {
    Map<String, String> settings =
        Start.tokenWithRules(
            directory,
            "users:\n- {id: alice, tokens: [a], " + inUsers + "}\n",
            "roles_mapping: {}\nusers:\n- {id: alice, role: admin, " + inRules + "}\n");
    try (var auth = Start.with(settings)) {
      UserIdentity alice = login(auth, Samples.bearer("a"));
      assertEquals(tenant.isEmpty() ? null : tenant, alice.tenant());
      List<String> names = databases.equals("[]") ? List.of() : List.of(databases);
      assertEquals(databases.isEmpty() ? null : names, alice.databases());
      assertEquals(Set.of("admin"), alice.roles());
    }
  }

  @Test
  void boundsOfATokenUserHoldForTheSameUserAtBasic() {
    AuthenticationProvider tokens = tokens("- {id: alice, tokens: [a], tenant: t1}");
    try (var auth = ChromaAuth.builder().authentication(basic()).authentication(tokens).build()) {
      assertEquals("t1", login(auth, Samples.basic("alice", "admin")).tenant());
      assertEquals("basic", login(auth, Samples.basic("alice", "admin")).provider());
      assertEquals("t1", login(auth, Samples.bearer("a")).tenant());
      assertEquals("token", login(auth, Samples.bearer("a")).provider());
      assertEquals(null, login(auth, Samples.basic("bob", "admin")).tenant());
    }
  }

  @Test
  void twoFilesOfUsersThatContradictEachOtherAreAFault() {
    String alice = "users:\n- {id: alice, tokens: [";
    AuthenticationProvider one =
        TokenAuthentication.users(Start.write(directory, "one", alice + "a], tenant: t1}\n"));
    AuthenticationProvider two =
        TokenAuthentication.users(Start.write(directory, "two", alice + "b], tenant: t2}\n"));
    var builder = ChromaAuth.builder().authentication(one).authentication(two);
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(
        "user alice: found tenant 't2' beside 't1' for 'alice', expected the same in both files",
        e.getMessage());
  }

  @Test
  void aContradictionOfAUserWithTwoProvidersIsToldOnce() {
    Path rules =
        Start.write(
            directory,
            "authz.yaml",
            "roles_mapping: {}\nusers:\n- {id: alice, role: reader, tenant: t2}\n");
    var builder =
        ChromaAuth.builder()
            .authentication(basic())
            .authentication(tokens("- {id: alice, tokens: [a], tenant: t1}"))
            .authorization(RbacAuthorization.of(rules));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(1, e.faults().size(), e::getMessage);
    assertEquals(3, e.faults().get(0).line());
    assertEquals("users[0].id", e.faults().get(0).key());
  }

  /** The names of other providers' users are not known before they come. */
  @Test
  void rulesForUnknownUsersAreAFaultOnlyWhereAllUsersAreKnown() {
    Path rules =
        Start.write(
            directory, "authz.yaml", "roles_mapping: {}\nusers:\n- {id: carol, role: reader}\n");
    AuthorizationProvider authorization = RbacAuthorization.of(rules);
    var known = ChromaAuth.builder().authentication(basic()).authorization(authorization);
    assertThrows(ConfigException.class, known::build);
    AuthenticationProvider own = headers -> AuthnResult.NOT_PRESENTED;
    try (var auth = known.authentication(own).build()) {
      assertEquals(3, auth.summary().components().size());
    }
  }

  @Test
  void theSingleTokensBearerHasTheRolesOfAnonymous() {
    Map<String, String> settings =
        Start.tokenWithRules(
            directory,
            "s3cret\n",
            "roles_mapping: {}\nusers:\n- {id: anonymous, role: reader, tenant: t1}\n");
    try (var auth = Start.with(settings)) {
      UserIdentity anonymous = login(auth, Samples.bearer("s3cret"));
      assertEquals(Set.of("reader"), anonymous.roles());
      assertEquals("t1", anonymous.tenant());
    }
  }

  private AuthenticationProvider basic() {
    return BasicAuthentication.htpasswd(Start.write(directory, "server.htpasswd", HTPASSWD));
  }

  private AuthenticationProvider tokens(String users) {
    return TokenAuthentication.users(
        Start.write(directory, "users.yaml", "users:\n" + users + "\n"));
  }

  private static boolean allows(ChromaAuth auth, UserIdentity identity, AuthzResource resource) {
    return auth.snapshot().authorize(identity, AuthzAction.GET, resource)
        instanceof Decision.Allowed;
  }

  private static UserIdentity login(ChromaAuth auth, RequestHeaders headers) {
    return assertInstanceOf(AuthnResult.Authenticated.class, auth.snapshot().authenticate(headers))
        .identity();
  }
}
