package io.chromaauth.authn;

import static io.chromaauth.Samples.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.AuthnResult;
import io.chromaauth.AuthnResult.Cause;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Samples;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chroma's measured cases of HTTP Basic, with our answers where Chroma was lax. */
class BasicAuthenticatorTest {
  private static final String USERS =
      String.join(
          "\n",
          "admin:" + Samples.ADMIN_HASH,
          "bob:" + Samples.BOB_HASH,
          "jürgen:" + Samples.JUERGEN_HASH,
          "empty:" + Samples.EMPTY_HASH,
          "long:" + Samples.LONG_HASH,
          "umlaut:" + Samples.UMLAUT_HASH);

  private final BasicAuthenticator basic = over(USERS, Duration.ofMinutes(5), 100);

  static BasicAuthenticator over(String htpasswd, Duration ttl, long size) {
    Faults faults = new Faults();
    BasicAuthenticator authenticator =
        BasicAuthenticator.htpasswd(
            htpasswd,
            Place.of("test"),
            faults,
            new BasicAuthenticator.VerifiedFor(ttl, size),
            Throttle.off());
    faults.throwIfAny();
    return authenticator;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "valid                       | Basic YWRtaW46YWRtaW4=               | admin",
        "scheme in lower case        | basic YWRtaW46YWRtaW4=               | admin",
        "scheme in upper case        | BASIC YWRtaW46YWRtaW4=               | admin",
        "two spaces                  | 'Basic  YWRtaW46YWRtaW4='            | admin",
        "trailing space              | 'Basic YWRtaW46YWRtaW4= '            | admin",
        "password of colons          | Basic Ym9iOnA6YTpzcw==               | bob",
        "UTF-8                       | Basic asO8cmdlbjpww6Rzc3fDtnJk4oKs   | jürgen",
      })
  void rightCredentialsAreAccepted(String title, String value, String user) {
    AuthnResult result = basic.authenticate(Samples.header("Authorization", value));
    assertEquals(new AuthnResult.Authenticated(UserIdentity.of(user, "basic")), result);
    assertEquals(result, basic.authenticate(Samples.header("authorization", value)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "scheme again                | Basic Basic YWRtaW46YWRtaW4=",
        "scheme only                 | Basic",
        "scheme and spaces           | 'Basic   '",
        "no base64                   | Basic !!!not-base64!!!",
        "foreign characters          | Basic YWRt!*aW46YWRtaW4=",
        "no padding                  | Basic YWRtaW46YWRtaW4",
        "no colon                    | Basic YWRtaW5hZG1pbg==",
        "Latin-1                     | Basic avxyZ2VuOnBhc3M=",
        "decomposed user             | Basic anXMiHJnZW46cMOkc3N3w7ZyZOKCrA==",
        "empty password, hash of it  | Basic ZW1wdHk6",
        "empty password              | Basic YWRtaW46",
        "empty user                  | Basic OmFkbWlu",
        "unknown user                | Basic bm9ib2R5OmFkbWlu",
        "wrong password              | Basic YWRtaW46d3Jvbmc=",
        "another case of the user    | Basic QWRtaW46YWRtaW4=",
        "NUL and more                | Basic YWRtaW46YWRtaW4AeA==",
        "NUL and the same again      | Basic YWRtaW46YWRtaW4AYWRtaW4=",
        "final newline               | Basic YWRtaW46YWRtaW4K",
        "two credentials in one line | 'Basic YWRtaW46d3Jvbmc=, Basic YWRtaW46YWRtaW4='",
        "the hash as password        | Basic YWRtaW46JDJ5JDA0JGFiY2RlZmdoaWprbG1ub3BxcnN0dXU=",
      })
  void wrongCredentialsAreRefused(String title, String value) {
    AuthnResult result = basic.authenticate(Samples.header("Authorization", value));
    assertEquals(Cause.WRONG, assertInstanceOf(AuthnResult.Refused.class, result).cause(), title);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void credentialsOfAnotherKindAreNotPresented(String title, RequestHeaders headers) {
    assertEquals(AuthnResult.NOT_PRESENTED, basic.authenticate(headers));
  }

  static Stream<Arguments> credentialsOfAnotherKindAreNotPresented() {
    return Stream.of(
        arguments("nothing", Samples.noHeaders()),
        arguments("empty header", Samples.header("Authorization", "")),
        arguments("no scheme", Samples.header("Authorization", "YWRtaW46YWRtaW4=")),
        arguments("Bearer", Samples.header("Authorization", "Bearer YWRtaW46YWRtaW4=")),
        arguments("a tab", Samples.header("Authorization", "Basic\tYWRtaW46YWRtaW4=")),
        arguments("no-break space", Samples.header("Authorization", "Basic\u00A0YWRtaW46YWRtaW4=")),
        arguments("X-Chroma-Token", Samples.header("X-Chroma-Token", "YWRtaW46YWRtaW4=")),
        arguments("underscore", Samples.header("Authorization_", "Basic YWRtaW46YWRtaW4=")),
        arguments("a cookie", Samples.header("Cookie", "Authorization=Basic YWRtaW46YWRtaW4=")),
        arguments("proxy", Samples.header("Proxy-Authorization", "Basic YWRtaW46YWRtaW4=")));
  }

  @ParameterizedTest
  @CsvSource({
    "Basic YWRtaW46YWRtaW4=, Basic YWRtaW46d3Jvbmc=",
    "Basic YWRtaW46d3Jvbmc=, Basic YWRtaW46YWRtaW4=",
    "Basic YWRtaW46YWRtaW4=, Basic YWRtaW46YWRtaW4=",
    "Basic YWRtaW46YWRtaW4=, Bearer x",
    "Bearer x, Basic YWRtaW46YWRtaW4=",
    "'', Basic YWRtaW46YWRtaW4="
  })
  void twoAuthorizationHeadersAreAmbiguous(String one, String two) {
    AuthnResult result = basic.authenticate(Samples.header("Authorization", one, two));
    assertEquals(Cause.AMBIGUOUS, assertInstanceOf(AuthnResult.Refused.class, result).cause());
  }

  @ParameterizedTest(name = "{0} {2} times {1}")
  @CsvSource({
    "long, x, 72, true",
    "long, x, 71, false",
    "long, x, 73, false",
    "long, x, 200, false",
    "umlaut, ü, 36, true",
    "umlaut, ü, 37, false"
  })
  void bcryptDoesNotCutAPassword(String user, String letter, int times, boolean right) {
    AuthnResult result = basic.authenticate(basic(user, letter.repeat(times)));
    assertEquals(right, result instanceof AuthnResult.Authenticated);
  }

  @Test
  void theReasonNamesTheUserAndNoPassword() {
    String reason = refused(basic("admin", "s3cret")).reason();
    assertTrue(reason.contains("'admin'"), reason);
    Samples.assertNoSecret(reason);
    Samples.assertNoSecret(refused(basic("", "s3cret")).reason());
  }

  /** A user's name is the client's own word, and the log is a file of lines. */
  @Test
  void theReasonIsOneLineWhateverTheUserIsCalled() {
    for (char c = 0; c <= 0xFF; c++) {
      String name = "a" + c + "b";
      String base64 =
          Base64.getEncoder().encodeToString((name + ":x").getBytes(StandardCharsets.UTF_8));
      String reason = refused(Samples.header("Authorization", "Basic " + base64)).reason();
      assertTrue(reason.chars().noneMatch(Character::isISOControl), reason);
    }
  }

  @Test
  void usersAreUnboundedByTheirFile() {
    assertEquals(
        Stream.of("admin", "bob", "jürgen", "empty", "long", "umlaut")
            .map(user -> UserIdentity.of(user, "basic"))
            .toList(),
        basic.users());
  }

  @Test
  void whatItReadsAndAsksForIsTold() {
    assertEquals(Set.of("Authorization"), basic.credentialHeaders());
    assertEquals(Optional.of("Basic realm=\"chroma\", charset=\"UTF-8\""), basic.challenge());
  }

  @Test
  void aSecondOfTwoUsersWithOnePasswordIsNotTheFirst() {
    var two = over("a:" + Samples.ADMIN_HASH + "\nb:" + Samples.ADMIN_HASH, Duration.ZERO, 0);
    for (String user : List.of("a", "b", "a")) {
      assertEquals(
          new AuthnResult.Authenticated(UserIdentity.of(user, "basic")),
          two.authenticate(basic(user, "admin")));
    }
  }

  /** Whoever is interrupted while waiting gets no turn, like whoever finds the queue full. */
  @Test
  void aCheckThatDoesNotGetItsTurnIsUnavailableAndNotRemembered() {
    RequestHeaders admin = basic("admin", "admin");
    Thread.currentThread().interrupt();
    AuthnResult.Refused refused = refused(admin);
    assertTrue(Thread.interrupted());
    assertEquals(Cause.UNAVAILABLE, refused.cause());
    assertInstanceOf(AuthnResult.Authenticated.class, basic.authenticate(admin));
  }

  @Test
  void eachSnapshotRemembersForItself() {
    RequestHeaders admin = basic("admin", "admin");
    assertInstanceOf(AuthnResult.Authenticated.class, basic.authenticate(admin));
    var later = over("admin:" + Samples.BOB_HASH, Duration.ofMinutes(5), 100);
    assertInstanceOf(AuthnResult.Refused.class, later.authenticate(admin));
  }

  @Test
  void aHeaderIsLookedUpByItsNameOnly() {
    RequestHeaders admin = Samples.headers(Map.of("AUTHORIZATION", List.of("Basic YTpi")));
    assertInstanceOf(AuthnResult.Refused.class, basic.authenticate(admin));
  }

  private AuthnResult.Refused refused(RequestHeaders headers) {
    return assertInstanceOf(AuthnResult.Refused.class, basic.authenticate(headers));
  }
}
