package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chromaauth.AuthnResult;
import io.chromaauth.Bounds;
import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.UserIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims of tokens whose signature is right. It is {@link Issuer#NOW}, and the skew 30 s. */
class ClaimsTest {
  private static final long NOW = Issuer.NOW.getEpochSecond();
  private static final Claims MAPPED =
      new Claims("sub", "realm_access.roles", "tenant", "databases", "collections", false);
  private static final Map<String, String> WHOLE =
      Map.of(
          "realm_access", "{\"roles\": [\"reader\", \"team\"]}",
          "tenant", "\"acme\"",
          "databases", "[\"d1\", \"d2\"]",
          "collections", "\"docs\"");

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "iss|``",
        "iss|null",
        "iss|1",
        "iss|\"\"",
        "iss|[\"https://id.example\"]",
        "iss|\"https://id.example/\"",
        "iss|\"https://ID.example\"",
        "iss|\"https://id.example.evil\"",
        "aud|``",
        "aud|null",
        "aud|\"\"",
        "aud|[]",
        "aud|\"Chroma\"",
        "aud|\"chroma2\"",
        "aud|\"chroma other\"",
        "aud|[\"chroma\",1]",
        "aud|[[\"chroma\"]]",
        "aud|{\"chroma\":1}",
        "exp|``",
        "exp|null",
        "exp|\"9999999999\"",
        "exp|true",
        "exp|[9999999999]",
        "exp|1e999",
        "exp|-1",
        "exp|1e300",
        "exp|0",
        "exp|NaN",
        "exp|9999999999999",
        "nbf|\"0\"",
        "nbf|null",
        "nbf|1e18",
        "iat|\"0\"",
        "iat|null",
        "iat|-1",
        "iat|1e999",
        "sub|``",
        "sub|null",
        "sub|\"\"",
        "sub|1",
        "sub|true",
        "sub|[\"alice\"]",
        "sub|{\"a\":\"b\"}",
        "sub|\"a\\nb\"",
        "sub|\"a\\u0000\"",
        "sub|\"\\ud800\"",
        "sub|\"a\\u2028b\"",
        "exp|9999999999,\"exp\":9999999999",
        "sub|\"alice\",\"sub\":\"root\"",
        "deep|{\"a\":1,\"a\":2}",
        "deep|[01]",
        "deep|+1",
        "deep|.5",
        "deep|'x'",
        "deep|nul",
        "deep|[1,]",
        "deep|{\"a\":1,}",
        "deep|\"\t\""
      })
  void aClaimThatIsNotRightIsRefused(String claim, String value) {
    assertRefused(Claims.SUBJECT, Map.of(claim, value));
  }

  @Test
  void whatIsRightIsAccepted() {
    assertEquals(UserIdentity.of("alice", "jwt"), identity(Claims.SUBJECT, Map.of()));
    identity(Claims.SUBJECT, Map.of("aud", "[\"other\", \"chroma\"]"));
    identity(Claims.SUBJECT, Map.of("nbf", "0", "iat", "0.5", "extra", "[null, {\"a\": -1.5e3}]"));
    assertEquals(
        "Jürgen 😀", identity(Claims.SUBJECT, Map.of("sub", "\"J\\u00fcrgen 😀\"")).userId());
    assertEquals("x".repeat(255), identity(Claims.SUBJECT, sub("x".repeat(255))).userId());
    assertRefused(Claims.SUBJECT, sub("x".repeat(256)));
  }

  @Test
  void theIssuersClockMayBeOffALittle() {
    identity(Claims.SUBJECT, Map.of("exp", String.valueOf(NOW - 29)));
    assertRefused(Claims.SUBJECT, Map.of("exp", String.valueOf(NOW - 30)));
    for (String name : List.of("nbf", "iat")) {
      identity(Claims.SUBJECT, Map.of(name, String.valueOf(NOW + 30)));
      assertRefused(Claims.SUBJECT, Map.of(name, String.valueOf(NOW + 31)));
    }
  }

  @Test
  void noReasonTellsWhatTheTokenSays() {
    AuthnResult result =
        Issuer.ask(
            Issuer.over(Issuer.rsaSet()),
            Issuer.signed(Issuer.claims(Map.of("iss", "\"s3cret\""))));
    assertEquals(AuthnResult.wrong("another issuer, or none"), result);
  }

  @Test
  void claimsGiveRolesAndBounds() {
    UserIdentity identity = identity(MAPPED, WHOLE);
    assertEquals(Set.of("reader", "team"), identity.roles());
    assertEquals(new Bounds("acme", List.of("d1", "d2"), List.of("docs")), identity.bounds());
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tenant|``",
        "tenant|null",
        "tenant|\"\"",
        "tenant|1",
        "tenant|[]",
        "tenant|[\"a\",\"b\"]",
        "tenant|{\"a\":\"b\"}",
        "tenant|false",
        "databases|``",
        "databases|null",
        "databases|\"\"",
        "databases|[]",
        "databases|[\"d1\",\"\"]",
        "databases|[\"d1\",null]",
        "databases|[1]",
        "databases|{}",
        "collections|``",
        "collections|[]",
        "collections|[[\"c\"]]",
        "collections|0"
      })
  void aConfiguredBoundThatIsAbsentOrWrongIsRefused(String claim, String value) {
    Map<String, String> members = new HashMap<>(WHOLE);
    members.put(claim, value);
    assertRefused(MAPPED, members);
  }

  @ParameterizedTest(name = "realm_access = {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "null",
        "\"\"",
        "[]",
        "{}",
        "{\"roles\":[]}",
        "{\"roles\":[\"admin\",1]}",
        "{\"roles\":{\"admin\":1}}",
        "{\"roles\":null}",
        "{\"Roles\":[\"admin\"]}",
        "[\"admin\"]"
      })
  void rolesThatAreAbsentOrWrongAreNone(String access) {
    Map<String, String> members = new HashMap<>(WHOLE);
    members.put("realm_access", access);
    assertEquals(Set.of(), identity(MAPPED, members).roles());
  }

  @Test
  void aStarInAClaimIsText() {
    Map<String, String> stars =
        Map.of(
            "tenant", "\"*\"", "databases", "[\"*\"]", "collections", "[\"*\", \"docs-*\", \"c\"]");
    Bounds bounds = identity(MAPPED, stars).bounds();
    assertEquals("*", bounds.tenant());
    assertEquals(List.of("*"), bounds.databases());
    assertEquals(List.of("c"), bounds.collections()); // no collection has a star in its name
  }

  @Test
  void aStarInAClaimLiftsTheBoundWhereTheSettingSaysSo() {
    Claims wild = new Claims("sub", null, "tenant", "databases", "collections", true);
    Map<String, String> stars =
        Map.of("tenant", "\"*\"", "databases", "[\"*\"]", "collections", "[\"docs-*\"]");
    assertEquals(new Bounds(null, null, List.of("docs-*")), identity(wild, stars).bounds());
  }

  @Test
  void aNameWithDotsIsAClaimOfThatNameOrAPath() {
    Claims url = new Claims("https://example.com/user", "a.b.c", null, null, null, false);
    Map<String, String> flat =
        Map.of(
            "https://example.com/user", "\"bob\"", "a.b.c", "\"x\"", "a", "{\"b\":{\"c\":\"y\"}}");
    assertEquals(Set.of("x"), identity(url, flat).roles());
    assertEquals("bob", identity(url, flat).userId());
    Map<String, String> nested =
        Map.of("https://example.com/user", "\"bob\"", "sub", "", "a", "{\"b\":{\"c\":[\"y\"]}}");
    assertEquals(Set.of("y"), identity(url, nested).roles());
  }

  @Test
  void anotherUserClaimIsExactlyItself() {
    Claims email = new Claims("email", null, null, null, null, false);
    assertEquals(
        "a@b@acme.example", identity(email, Map.of("email", "\"a@b@acme.example\"")).userId());
    assertRefused(email, Map.of());
    assertRefused(email, Map.of("email", "\"a@b\"", "sub", "17"));
  }

  private static Map<String, String> sub(String name) {
    return Map.of("sub", "\"" + name + "\"");
  }

  private static UserIdentity identity(Claims names, Map<String, String> members) {
    return assertInstanceOf(AuthnResult.Authenticated.class, ask(names, members)).identity();
  }

  private static void assertRefused(Claims names, Map<String, String> members) {
    AuthnResult result = ask(names, members);
    assertInstanceOf(AuthnResult.Refused.class, result, members::toString);
    assertFalse(result.toString().contains("alice"));
  }

  private static AuthnResult ask(Claims names, Map<String, String> members) {
    Options options =
        new Options(Issuer.NAME, Issuer.AUDIENCE, names, Set.of(), Duration.ofSeconds(30));
    return Issuer.ask(Issuer.over(Issuer.rsaSet(), options), Issuer.signed(Issuer.claims(members)));
  }
}
