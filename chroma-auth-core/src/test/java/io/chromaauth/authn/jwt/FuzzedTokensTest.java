package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.AuthnResult;
import io.chromaauth.Samples;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sent: refused, and nothing is thrown. */
class FuzzedTokensTest {
  private static final JwtAuthenticator JWT =
      Issuer.over(
          Issuer.set(
              Issuer.jwk("r1", Issuer.RSA.getPublic()),
              Issuer.jwk("e1", Issuer.P256.getPublic()),
              Issuer.jwk("o1", Issuer.ED25519.getPublic())));
  private static final String RIGHT = Issuer.rs256();
  private static final String CLAIMS = Issuer.claims(Map.of());

  @Property(tries = 3000)
  void anyTextIsRefused(@ForAll String text) {
    assertRefused(text);
  }

  @Property(tries = 3000)
  void anyPartsAreRefused(@ForAll("parts") String token) {
    assertRefused(token);
  }

  @Property(tries = 3000)
  void aRightTokenWithOneOtherCharacterIsRefused(
      @ForAll("positions") int position, @ForAll char other) {
    String token = RIGHT.substring(0, position) + other + RIGHT.substring(position + 1);
    if (!token.equals(RIGHT)) {
      assertRefused(token);
    }
  }

  @Property(tries = 1000)
  void aRightTokenCutOffOrContinuedIsRefused(
      @ForAll("positions") int position, @ForAll String rest) {
    String token = RIGHT.substring(0, position) + rest;
    if (!token.strip().equals(RIGHT)) {
      assertRefused(token);
    }
  }

  @Property(tries = 2000)
  void anySignatureIsRefused(@ForAll("headers") String header, @ForAll byte[] signature) {
    assertRefused(
        Issuer.base64(header) + "." + Issuer.base64(CLAIMS) + "." + Issuer.base64url(signature));
  }

  /** What the issuer itself signs is never an exception, whatever it is. */
  @Property(tries = 500)
  void anyClaimsOfTheIssuerAreAnswered(@ForAll("json") String claims) {
    assertRefused(Issuer.signed(claims));
  }

  @Provide
  Arbitrary<String> parts() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40).map(Issuer::base64),
            json().map(Issuer::base64),
            headers().map(Issuer::base64),
            Arbitraries.strings().withChars("ABCxyz019-_=.+/").ofMaxLength(40));
    return part.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join(".", list));
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.integers().between(0, RIGHT.length() - 1);
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> algorithm =
        Arbitraries.of("RS256", "PS256", "ES256", "EdDSA", "HS256", "none", "", "ES512", "dir");
    Arbitrary<String> kid = Arbitraries.of("\"r1\"", "\"e1\"", "\"o1\"", "\"x\"", "null", "1");
    return Combinators.combine(algorithm, kid)
        .as((name, id) -> "{\"alg\":\"" + name + "\",\"kid\":" + id + "}");
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> value =
        Arbitraries.of(
            "1",
            "-0",
            "1e400",
            "\"\"",
            "\"a\"",
            "null",
            "true",
            "[]",
            "{}",
            "[[[]]]",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "01",
            "\"" + Issuer.NAME + "\"",
            "9999999999",
            "[\"chroma\", 1]");
    Arbitrary<String> name = Arbitraries.of("iss", "aud", "exp", "sub", "nbf", "iat", "x", "a.b");
    return Combinators.combine(name, value)
        .as((key, text) -> "\"" + key + "\":" + text)
        .list()
        .ofMaxSize(6)
        .map(list -> "{" + String.join(",", list) + "}");
  }

  private static void assertRefused(String token) {
    AuthnResult result = JWT.authenticate(Samples.bearer(token));
    if (!(result instanceof AuthnResult.Refused refused)) {
      throw new AssertionError("not refused: " + token);
    }
    assertEquals(AuthnResult.Cause.WRONG, refused.cause());
  }
}
