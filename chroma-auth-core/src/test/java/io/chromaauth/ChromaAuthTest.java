package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.AuthnResult.Cause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several providers one behind the other, and providers that do not keep their promises. */
class ChromaAuthTest {
  private static final AuthenticationProvider NOBODY = headers -> AuthnResult.NOT_PRESENTED;
  private static final AuthenticationProvider ALICE = authenticating("alice");
  private static final AuthenticationProvider BOB = authenticating("bob");
  private static final AuthenticationProvider WRONG = headers -> AuthnResult.wrong("wrong");
  private static final AuthenticationProvider BUSY =
      headers -> new AuthnResult.Refused(Cause.UNAVAILABLE, "busy");
  private static final AuthenticationProvider AMBIGUOUS =
      headers -> new AuthnResult.Refused(Cause.AMBIGUOUS, "two");
  private static final AuthenticationProvider THROWING =
      headers -> {
        throw new IllegalStateException("s3cret");
      };

  @SuppressWarnings("NullAway") // what a careless host may do
  private static final AuthenticationProvider NULL = headers -> null;

  @SuppressWarnings("NullAway")
  private static final AuthenticationProvider NULL_IDENTITY =
      headers -> new AuthnResult.Authenticated(null);

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void theFirstProviderWhoseCredentialsAreThereHasTheLastWord(
      String title, List<AuthenticationProvider> providers, String answer) {
    assertEquals(answer, answer(authenticate(providers)));
  }

  static Stream<Arguments> theFirstProviderWhoseCredentialsAreThereHasTheLastWord() {
    return Stream.of(
        arguments("one", List.of(ALICE), "alice"),
        arguments("the first of two", List.of(ALICE, BOB), "alice"),
        arguments("the second", List.of(NOBODY, BOB), "bob"),
        arguments("the third", List.of(NOBODY, NOBODY, BOB), "bob"),
        arguments("none", List.of(NOBODY, NOBODY), "not presented"),
        arguments("wrong before right", List.of(WRONG, BOB), "WRONG"),
        arguments("right before wrong", List.of(ALICE, WRONG), "alice"),
        arguments("nobody, wrong, right", List.of(NOBODY, WRONG, BOB), "WRONG"),
        arguments("busy before right", List.of(BUSY, BOB), "UNAVAILABLE"),
        arguments("ambiguous before right", List.of(AMBIGUOUS, BOB), "AMBIGUOUS"),
        arguments("throwing before right", List.of(THROWING, BOB), "UNAVAILABLE"),
        arguments("null before right", List.of(NULL, BOB), "UNAVAILABLE"),
        arguments("right before throwing", List.of(ALICE, THROWING), "alice"),
        arguments("throwing alone", List.of(THROWING), "UNAVAILABLE"),
        arguments("null alone", List.of(NULL), "UNAVAILABLE"),
        arguments("an identity that is null", List.of(NULL_IDENTITY, BOB), "UNAVAILABLE"));
  }

  @Test
  void whoComesAfterTheLastWordIsNotAsked() {
    List<String> asked = new ArrayList<>();
    AuthenticationProvider listening =
        headers -> {
          asked.add("asked");
          return AuthnResult.NOT_PRESENTED;
        };
    authenticate(List.of(listening, WRONG, listening));
    assertEquals(List.of("asked"), asked);
  }

  @Test
  void whyAProviderFailedIsNotTold() {
    Samples.assertNoSecret(authenticate(List.of(THROWING)).toString());
  }

  /** Nobody gets in, and no exception out, by making the rules fail. */
  @Test
  void rulesThatFailToCompleteAnIdentityMakeItUnavailable() {
    AuthorizationProvider broken =
        new AuthorizationProvider() {
          @Override
          public Decision authorize(UserIdentity i, AuthzAction action, AuthzResource resource) {
            return new Decision.Allowed("broken");
          }

          @Override
          public UserIdentity complete(UserIdentity identity) {
            throw new IllegalStateException("s3cret");
          }
        };
    try (var auth = ChromaAuth.builder().authentication(ALICE).authorization(broken).build()) {
      assertEquals("UNAVAILABLE", answer(auth.snapshot().authenticate(Samples.noHeaders())));
    }
  }

  @Test
  void theRulesCompleteWhoeverComes() {
    AuthorizationProvider rules =
        new AuthorizationProvider() {
          @Override
          public Decision authorize(UserIdentity i, AuthzAction action, AuthzResource resource) {
            return new Decision.Denied("always", false);
          }

          @Override
          public UserIdentity complete(UserIdentity identity) {
            return identity.withRoles(Set.of("guest")).withBounds(new Bounds("t", null, null));
          }
        };
    try (var auth = ChromaAuth.builder().authentication(ALICE).authorization(rules).build()) {
      var result =
          assertInstanceOf(
              AuthnResult.Authenticated.class, auth.snapshot().authenticate(Samples.noHeaders()));
      assertEquals(Set.of("guest"), result.identity().roles());
      assertEquals(
          Set.of(AuthzResource.Level.TENANT), auth.snapshot().boundLevels(result.identity()));
      assertEquals(
          new Decision.Denied("always", false),
          auth.snapshot().authorize(result.identity(), AuthzAction.GET, AuthzResource.NONE));
    }
  }

  @Test
  void withoutAProviderNothingIsBuilt() {
    var builder = ChromaAuth.builder();
    assertThrows(IllegalStateException.class, builder::build);
    assertThrows(
        IllegalStateException.class,
        () ->
            ChromaAuth.builder()
                .authorization((i, action, r) -> new Decision.Allowed("x"))
                .build());
  }

  @Test
  void challengesAndHeadersOfAllProvidersAreTold(@TempDir Path directory) {
    AuthenticationProvider own =
        new AuthenticationProvider() {
          @Override
          public AuthnResult authenticate(RequestHeaders headers) {
            return AuthnResult.NOT_PRESENTED;
          }

          @Override
          public Set<String> credentialHeaders() {
            return Set.of("X-API-Key");
          }

          @Override
          public Optional<String> challenge() {
            return Optional.of("ApiKey");
          }
        };
    Path file = Start.write(directory, "server.htpasswd", "admin:" + Samples.ADMIN_HASH);
    var basic = BasicAuthentication.htpasswd(file);
    try (var auth =
        ChromaAuth.builder()
            .authentication(basic)
            .authentication(NOBODY)
            .authentication(own)
            .build()) {
      assertEquals(
          List.of("Basic realm=\"chroma\", charset=\"UTF-8\"", "ApiKey"),
          auth.snapshot().challenges());
      assertEquals(Set.of("Authorization", "X-API-Key"), auth.snapshot().credentialHeaders());
    }
  }

  @Test
  void everyProviderIsClosedOnce() {
    List<String> closed = new ArrayList<>();
    AuthenticationProvider closing =
        new AuthenticationProvider() {
          @Override
          public AuthnResult authenticate(RequestHeaders headers) {
            return AuthnResult.NOT_PRESENTED;
          }

          @Override
          public void close() {
            closed.add("closed");
          }
        };
    ChromaAuth.builder().authentication(closing).authentication(closing).build().close();
    assertEquals(List.of("closed", "closed"), closed);
  }

  @Test
  void aBuilderThatGoesOnDoesNotChangeWhatItBuilt() {
    var builder = ChromaAuth.builder().authentication(NOBODY);
    try (var auth = builder.build()) {
      builder.authentication(ALICE);
      assertEquals(AuthnResult.NOT_PRESENTED, auth.snapshot().authenticate(Samples.noHeaders()));
    }
  }

  @Test
  void theSummaryNamesAHostsOwnProvidersAndWarnsOfMissingRules() {
    try (var auth = ChromaAuth.builder().authentication(new Own()).build()) {
      assertEquals(List.of("Own"), auth.summary().components());
      assertEquals(List.of(), auth.summary().details());
      assertEquals(
          List.of("no authorization provider: every user may do everything within its bounds"),
          auth.summary().warnings());
    }
  }

  private static final class Own implements AuthenticationProvider {
    @Override
    public AuthnResult authenticate(RequestHeaders headers) {
      return AuthnResult.NOT_PRESENTED;
    }
  }

  private static AuthnResult authenticate(List<AuthenticationProvider> providers) {
    var builder = ChromaAuth.builder();
    providers.forEach(builder::authentication);
    try (var auth = builder.build()) {
      return auth.snapshot().authenticate(Samples.headers(Map.of()));
    }
  }

  private static AuthenticationProvider authenticating(String user) {
    return headers -> new AuthnResult.Authenticated(UserIdentity.of(user, "own"));
  }

  private static String answer(AuthnResult result) {
    if (result instanceof AuthnResult.Authenticated authenticated) {
      return authenticated.identity().userId();
    }
    if (result instanceof AuthnResult.Refused refused) {
      return refused.cause().name();
    }
    assertTrue(result instanceof AuthnResult.NotPresented);
    return "not presented";
  }
}
