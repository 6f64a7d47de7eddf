package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users by name, without a login; entries for providers; the actions of each generation. */
class KnownUsersTest {
  private static final String RULES =
      """
      roles_mapping: {}
      users:
      - {id: alice, role: writer, databases: [d1]}
      - {id: bob, role: reader}
      """;

  @TempDir Path directory;

  @Test
  void anIdentityByNameIsTheOneThatALoginGives() {
    Path users =
        Start.write(
            directory, "users.yaml", "users:\n- {id: alice, tokens: [s3cret], tenant: t1}\n");
    Path htpasswd =
        Start.write(
            directory,
            "server.htpasswd",
            "bob:" + Samples.ADMIN_HASH + "\nalice:" + Samples.ADMIN_HASH + "\n");
    Path rules = Start.write(directory, "authz.yaml", RULES);
    try (var auth =
        ChromaAuth.builder()
            .authentication(BasicAuthentication.htpasswd(htpasswd))
            .authentication(TokenAuthentication.users(users))
            .authorization(RbacAuthorization.of(rules))
            .build()) {
      ChromaAuth.Snapshot snapshot = auth.snapshot();
      assertEquals(Set.of("alice", "bob"), snapshot.userIds());
      assertEquals(List.of("alice", "bob"), List.copyOf(snapshot.userIds()));
      UserIdentity alice = snapshot.identity("alice").orElseThrow();
      assertEquals(
          new AuthnResult.Authenticated(alice),
          snapshot.authenticate(Samples.basic("alice", "admin")));
      assertEquals("basic", alice.provider());
      assertEquals(new Bounds("t1", List.of("d1"), null), alice.bounds());
      assertEquals(Set.of("writer"), alice.roles());
      for (String nobody : List.of("carol", "ALICE", "", "alice ")) {
        assertEquals(Optional.empty(), snapshot.identity(nobody));
      }
    }
  }

  @Test
  void aSingleTokensUserIsKnownAndAnotherProvidersUsersAreNot() {
    try (var auth =
        ChromaAuth.builder().authentication(TokenAuthentication.single(Secret.of("x"))).build()) {
      assertEquals(Set.of("anonymous"), auth.snapshot().userIds());
    }
    try (var auth =
        ChromaAuth.builder()
            .authentication(h -> new AuthnResult.Authenticated(UserIdentity.of("u", "own")))
            .build()) {
      assertEquals(Set.of(), auth.snapshot().userIds());
      assertEquals(Optional.empty(), auth.snapshot().identity("u"));
    }
  }

  @Test
  void anEntryForAProviderThatIsNotConfiguredIsToldOncePerProvider() {
    String rules =
        """
        roles_mapping: {}
        users:
        - {id: a, role: reader}
        - {id: b, provider: jwt, role: reader}
        - {id: c, provider: jwt, role: reader}
        - {id: d, provider: io.acme.Ldap, role: reader}
        """;
    Map<String, String> settings =
        Start.tokenWithRules(directory, "users:\n- {id: a, tokens: [s3cret]}\n", rules);
    try (var auth = Start.with(settings)) {
      Set<String> warnings = new HashSet<>(auth.summary().warnings());
      warnings.removeIf(warning -> warning.contains("in plain text"));
      assertEquals(2, warnings.size(), warnings::toString);
      String jwt = "no provider 'jwt' is configured, for whose users rules are given: ";
      assertTrue(
          warnings.contains(jwt + "b, c") || warnings.contains(jwt + "c, b"), warnings::toString);
      assertTrue(
          warnings.contains(
              "no provider 'io.acme.Ldap' is configured, for whose users rules are given: d"));
    }
  }

  @Test
  void besideAProviderInCodeNobodyKnowsWhoseUsersThereAre() {
    Path rules =
        Start.write(
            directory,
            "authz.yaml",
            "roles_mapping: {}\nusers:\n- {id: b, provider: own, role: reader, tenant: t1}\n");
    UserIdentity plain = UserIdentity.of("b", "own").withRoles(Set.of("writer"));
    try (var auth =
        ChromaAuth.builder()
            .authentication(headers -> new AuthnResult.Authenticated(plain))
            .authorization(RbacAuthorization.of(rules))
            .build()) {
      assertEquals(List.of(), auth.summary().warnings());
      AuthnResult result = auth.snapshot().authenticate(Samples.noHeaders());
      assertEquals(
          new AuthnResult.Authenticated(
              plain.withRoles(Set.of("reader", "writer")).withBounds(new Bounds("t1", null, null))),
          result);
    }
  }

  @Test
  void theActionsOfEachGenerationAreKnownOnce() {
    assertEquals(21, AuthzAction.ofChroma06().size());
    assertEquals(6, AuthzAction.since1().size());
    Set<AuthzAction> both = new HashSet<>(AuthzAction.ofChroma06());
    both.addAll(AuthzAction.since1());
    assertEquals(27, both.size());
    Set<AuthzAction> ours = new HashSet<>(AuthzAction.known());
    assertEquals(30, AuthzAction.known().size());
    assertEquals(30, ours.size());
    ours.removeAll(both);
    assertEquals(Set.of(AuthzAction.EXPLAIN, AuthzAction.CONSOLE, AuthzAction.METRICS), ours);
    assertEquals(AuthzAction.ofChroma06(), AuthzAction.known().subList(0, 21));
    for (List<AuthzAction> list :
        List.of(AuthzAction.ofChroma06(), AuthzAction.since1(), AuthzAction.known())) {
      assertThrows(UnsupportedOperationException.class, () -> list.remove(AuthzAction.RESET));
    }
  }

  @Test
  void rulesMayNameAHostsActionsIfTheyAreToldThem() {
    String rules =
        """
        roles_mapping:
          clerk: {actions: ["orders:read"], deny: ["orders:delete"]}
          boss: {actions: ["orders:*"]}
        users: [{id: a, role: boss}, {id: b, role: clerk}, {id: c, role: admin}, {id: d, role: writer}]
        """;
    Map<String, String> settings =
        Start.tokenWithRules(
            directory,
            """
            users:
            - {id: a, tokens: [t1]}
            - {id: b, tokens: [t2]}
            - {id: c, tokens: [t3]}
            - {id: d, tokens: [t4]}
            """,
            rules);
    AuthzAction read = AuthzAction.of("orders:read");
    AuthzAction delete = AuthzAction.of("orders:delete");
    assertEquals(3, Start.faults(settings).size());
    try (var auth =
        ChromaAuth.fromSettings(Settings.of("environment", settings), List.of(read, delete))) {
      assertEquals("a b c", who(auth.snapshot(), read));
      assertEquals("a c", who(auth.snapshot(), delete));
      assertEquals("", who(auth.snapshot(), AuthzAction.of("orders:write")));
    }
  }

  private static String who(ChromaAuth.Snapshot snapshot, AuthzAction action) {
    List<String> allowed =
        snapshot.userIds().stream()
            .filter(
                id ->
                    snapshot.authorize(
                            snapshot.identity(id).orElseThrow(), action, AuthzResource.NONE)
                        instanceof Decision.Allowed)
            .toList();
    return String.join(" ", allowed);
  }
}
