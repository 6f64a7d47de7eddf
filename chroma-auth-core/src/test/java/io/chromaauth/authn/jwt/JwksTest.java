package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.ConfigException;
import io.jsonwebtoken.Jwts;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {
  private static final String RSA = Issuer.jwk("r1", Issuer.RSA.getPublic());
  private static final String EC = Issuer.jwk("e1", Issuer.P256.getPublic());

  @Test
  void theAlgorithmFollowsFromTheKey() {
    assertEquals(
        Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), only(RSA).algorithms());
    assertEquals(Set.of("PS384"), only(with(RSA, "\"alg\":\"PS384\"")).algorithms());
    assertEquals(Set.of("ES256"), only(EC).algorithms());
    assertEquals(Set.of("ES384"), only(Issuer.jwk("e", Issuer.P384.getPublic())).algorithms());
    assertEquals(
        Set.of("EdDSA", "Ed25519"), only(Issuer.jwk("o", Issuer.ED25519.getPublic())).algorithms());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use\":\"enc\"", "\"use\":1", "\"use\":null", "\"key_ops\":[\"sign\"]",
        "\"key_ops\":\"verify\"", "\"alg\":\"HS256\"", "\"alg\":\"none\"", "\"alg\":\"ES256\"",
        "\"alg\":\"RSA-OAEP\"", "\"alg\":1", "\"alg\":null"
      })
  void aKeyForSomethingElseIsPassedOver(String member) {
    assertPassedOver(with(RSA, member));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"RSA\",\"n\":1,\"e\":\"AQAB\"}",
        "{}",
        "{\"kty\":\"XYZ\"}",
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}",
        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AQAB\",\"y\":\"AQAB\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AQAB\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAB\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%%%\"}",
        "{\"kty\":\"AKP\",\"pub\":\"AQAB\"}"
      })
  void whatIsNoUsableKeyIsPassedOver(String jwk) {
    assertPassedOver(jwk);
  }

  @Test
  void aShortRsaKeyIsPassedOver() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    String n =
        Issuer.base64url(
            ((RSAPublicKey) generator.generateKeyPair().getPublic()).getModulus().toByteArray());
    assertPassedOver("{\"kty\":\"RSA\",\"kid\":\"s\",\"n\":\"" + n + "\",\"e\":\"AQAB\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"keys\":{}}",
        "{\"keys\":null}",
        "{\"keys\":[1]}",
        "<html>",
        "{\"keys\":[]}x",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[{\"a\":1,\"a\":1}]}"
      })
  void whatIsNoJwkSetIsNone(String text) {
    assertEquals(Optional.empty(), Jwks.parse(text, Set.of()));
  }

  @Test
  void aCertificateBesideAKeyIsNotLookedAt() {
    assertEquals(1, parse(with(RSA, "\"x5c\":[\"nonsense\"],\"x5u\":17")).keys().size());
  }

  @Test
  void privateKeysAreFound() {
    assertTrue(parse(with(RSA, "\"d\":\"AQAB\"")).hasPrivate());
    String private1 = Issuer.set(with(RSA, "\"d\":\"AQAB\""));
    ConfigException e = assertThrows(ConfigException.class, () -> Issuer.over(private1));
    assertTrue(message(e).startsWith("keys.json: found a secret or private key"));
  }

  @Test
  void aFileWithoutAUsableKeyIsAFault() {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> Issuer.over(Issuer.set(with(RSA, "\"use\":\"enc\""))));
    assertEquals(
        "keys.json: found key 1 is passed over: it is not for signatures, expected a key for"
            + " signatures",
        e.getMessage());
    assertThrows(ConfigException.class, () -> Issuer.over(Issuer.set()));
    assertThrows(ConfigException.class, () -> Issuer.over("no JSON"));
  }

  @Test
  void aShortSecretIsAFaultThatDoesNotTellIt() {
    for (String secret : new String[] {"", "\n", "s3cret", "x".repeat(31), "x".repeat(31) + "\n"}) {
      ConfigException e = assertThrows(ConfigException.class, () -> Issuer.overSecret(secret));
      assertTrue(message(e).contains("expected a secret of at least 32"), message(e));
      assertEquals(-1, message(e).indexOf("s3cret"));
    }
    Issuer.overSecret("0123456789abcdef".repeat(2));
  }

  @Test
  void twoKeysOfOneNameAreBothTried() {
    String other = Issuer.jwk("r1", Issuer.OTHER_RSA.getPublic());
    JwtAuthenticator jwt = Issuer.over(Issuer.set(other, RSA));
    assertTrue(Issuer.ask(jwt, Issuer.rs256()) instanceof AuthnResult.Authenticated);
  }

  @Test
  void aTokenWithoutANameIsVerifiedWithAKeyWithoutOne() {
    String unnamed = RSA.replace("\"kid\":\"r1\",", "");
    JwtAuthenticator jwt = Issuer.over(Issuer.set(unnamed));
    String token = Issuer.token().signWith(Issuer.RSA.getPrivate(), Jwts.SIG.RS256).compact();
    assertTrue(Issuer.ask(jwt, token) instanceof AuthnResult.Authenticated);
    assertTrue(Issuer.ask(jwt, Issuer.rs256()) instanceof AuthnResult.Refused);
  }

  private static String message(ConfigException e) {
    return String.valueOf(e.getMessage());
  }

  private static String with(String jwk, String member) {
    return jwk.replaceFirst("}$", "," + Matcher.quoteReplacement(member) + "}");
  }

  private static SigningKey only(String jwk) {
    return parse(jwk).keys().get(0);
  }

  private static void assertPassedOver(String jwk) {
    Jwks set = Jwks.parse(Issuer.set(jwk, EC), Set.of()).orElseThrow();
    assertEquals(1, set.keys().size());
    assertEquals("e1", set.keys().get(0).id());
    assertEquals(1, set.notes().size());
    assertTrue(set.notes().get(0).startsWith("key 1 is passed over: "), set.notes().get(0));
  }

  private static Jwks parse(String jwk) {
    return Jwks.parse(Issuer.set(jwk), Set.of()).orElseThrow();
  }
}
