package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG;
import static io.chromaauth.settings.Names.AUTHZ_PROVIDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerAuthenticationTest {
  private static final String RULES =
      """
      roles_mapping: {}
      users:
      - {id: alice, provider: container, role: reader, tenant: acme}
      - {id: anonymous, role: admin}
      """;

  private static final Map<String, String> BOTH =
      Map.of(
          AUTHN_PROVIDER, "token,container",
          AUTHN_CREDENTIALS, "one-token",
          AUTHZ_PROVIDER, "simple_rbac",
          AUTHZ_CONFIG, RULES);

  @Test
  void whomTheContainerKnowsHasTheRolesAndBoundsOfItsEntry() {
    try (ChromaAuth auth = Start.with(BOTH)) {
      UserIdentity alice = identity(auth, new Sent("alice", null));
      assertEquals("alice", alice.userId());
      assertEquals("container", alice.provider());
      assertEquals(Set.of("reader"), alice.roles());
      assertEquals("acme", alice.tenant());
      assertEquals(Set.of(), identity(auth, new Sent("bob", null)).roles());
      assertEquals(
          List.of(
              "TokenAuthenticationServerProvider",
              "ContainerAuthentication",
              "SimpleRBACAuthorizationProvider"),
          auth.summary().components());
      assertTrue(auth.summary().warnings().stream().noneMatch(w -> w.contains("'container'")));
    }
  }

  @Test
  void anEntryOfTheOperatorsOwnFilesIsNotTheContainersUser() {
    try (ChromaAuth auth = Start.with(BOTH)) {
      assertEquals(Set.of(), identity(auth, new Sent("anonymous", null)).roles());
      assertEquals(Set.of("admin"), identity(auth, new Sent(null, "one-token")).roles());
    }
  }

  @Test
  void credentialsThatAreSentCountBeforeTheContainersLoginInAnyOrder() {
    Map<String, String> otherOrder = Start.with(BOTH, AUTHN_PROVIDER, "container,token");
    try (ChromaAuth auth = Start.with(otherOrder)) {
      assertEquals("anonymous", identity(auth, new Sent("alice", "one-token")).userId());
      assertEquals("alice", identity(auth, new Sent("alice", null)).userId());
    }
  }

  @Test
  void wrongCredentialsAreNotMadeGoodByTheContainersLogin() {
    try (ChromaAuth auth = Start.with(BOTH)) {
      AuthnResult result = auth.snapshot().authenticate(new Sent("alice", "wrong"));
      assertInstanceOf(AuthnResult.Refused.class, result);
    }
  }

  @Test
  void whomTheContainerDoesNotKnowIsAStranger() {
    AuthenticationProvider provider = ContainerAuthentication.principal();
    assertSame(AuthnResult.NOT_PRESENTED, provider.authenticate(new Sent(null, null)));
    assertInstanceOf(AuthnResult.Refused.class, provider.authenticate(new Sent("", null)));
    assertEquals(Optional.of("Container realm=\"chroma\""), provider.challenge());
    assertEquals(Set.of(), provider.credentialHeaders());
  }

  @Test
  void credentialsThatNobodyWouldReadAreAFault() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> Start.with(Map.of(AUTHN_PROVIDER, "container", AUTHN_CREDENTIALS, "one-token")));
    assertTrue(e.toString().contains("credentials beside container alone"), e::toString);
    assertTrue(e.toString().contains("=token,container"), e::toString);
  }

  private static UserIdentity identity(ChromaAuth auth, RequestHeaders sent) {
    return assertInstanceOf(AuthnResult.Authenticated.class, auth.snapshot().authenticate(sent))
        .identity();
  }

  private record Sent(@Nullable String user, @Nullable String token) implements RequestHeaders {
    @Override
    public List<String> values(String name) {
      return token != null && name.equals("Authorization") ? List.of("Bearer " + token) : List.of();
    }

    @Override
    public Optional<Principal> containerPrincipal() {
      return Optional.ofNullable(user).map(name -> () -> name);
    }
  }
}
