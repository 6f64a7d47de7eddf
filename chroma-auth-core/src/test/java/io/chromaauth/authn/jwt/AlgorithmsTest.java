package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chromaauth.AuthnResult;
import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.Samples;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of another library, with every algorithm that a key may be used with. */
class AlgorithmsTest {
  private static final String ALL =
      Issuer.set(
          Issuer.jwk("r1", Issuer.RSA.getPublic()),
          Issuer.jwk("e256", Issuer.P256.getPublic()),
          Issuer.jwk("e384", Issuer.P384.getPublic()),
          Issuer.jwk("e521", Issuer.P521.getPublic()),
          Issuer.jwk("ed", Issuer.ED25519.getPublic()));

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("algorithms")
  void aTokenOfAnotherLibraryIsAccepted(String algorithm, String kid, Key key) {
    String token = token(algorithm, kid, key);
    AuthnResult.Authenticated result =
        assertInstanceOf(
            AuthnResult.Authenticated.class, Issuer.ask(Issuer.over(ALL), token), algorithm);
    assertEquals("alice", result.identity().userId());
    assertEquals("jwt", result.identity().provider());
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("algorithms")
  void oneThatIsNotAllowedIsRefused(String algorithm, String kid, Key key) {
    Set<String> others =
        Set.copyOf(Jwks.algorithms().stream().filter(name -> !name.equals(algorithm)).toList());
    Options options =
        new Options(Issuer.NAME, Issuer.AUDIENCE, Claims.SUBJECT, others, Duration.ZERO);
    JwtAuthenticator jwt = Issuer.over(ALL, options);
    assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, token(algorithm, kid, key)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("algorithms")
  void aChangedByteIsRefused(String algorithm, String kid, Key key) {
    String token = token(algorithm, kid, key);
    String[] parts = token.split("\\.", -1);
    char first = parts[2].charAt(0);
    String other = (first == 'A' ? 'B' : 'A') + parts[2].substring(1);
    AuthnResult result = Issuer.ask(Issuer.over(ALL), parts[0] + "." + parts[1] + "." + other);
    assertEquals(AuthnResult.wrong("a token with a wrong signature"), result);
  }

  static Stream<Arguments> algorithms() {
    Stream<Arguments> rsa =
        Stream.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
            .map(name -> Arguments.of(name, "r1", Issuer.RSA.getPrivate()));
    Stream<Arguments> others =
        Stream.of(
            Arguments.of("ES256", "e256", Issuer.P256.getPrivate()),
            Arguments.of("ES384", "e384", Issuer.P384.getPrivate()),
            Arguments.of("ES512", "e521", Issuer.P521.getPrivate()),
            Arguments.of("EdDSA", "ed", Issuer.ED25519.getPrivate()));
    return Stream.concat(rsa, others);
  }

  @Test
  void theNameOfEd25519AloneIsThatOfEdDsa() {
    String text =
        Issuer.jwk("ed", Issuer.ED25519.getPublic()).replace("}", ",\"alg\":\"Ed25519\"}");
    String token = token("EdDSA", "ed", Issuer.ED25519.getPrivate());
    assertInstanceOf(
        AuthnResult.Authenticated.class, Issuer.ask(Issuer.over(Issuer.set(text)), token));
  }

  @Test
  void aSecretVerifiesHs256AndNothingElse() {
    String secret = "0123456789".repeat(7);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    JwtAuthenticator jwt = Issuer.overSecret(secret + "\n");
    String right = Issuer.token().signWith(Keys.hmacShaKeyFor(bytes), Jwts.SIG.HS256).compact();
    String other = Issuer.token().signWith(Keys.hmacShaKeyFor(bytes), Jwts.SIG.HS512).compact();
    String rsa = Issuer.rs256();
    assertInstanceOf(AuthnResult.Authenticated.class, Issuer.ask(jwt, right));
    assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, other));
    assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(jwt, rsa));
  }

  @Test
  void whatIsNoBearerIsLeftToOthers() {
    JwtAuthenticator jwt = Issuer.over(Issuer.rsaSet());
    assertEquals(AuthnResult.NOT_PRESENTED, jwt.authenticate(Samples.noHeaders()));
    assertEquals(AuthnResult.NOT_PRESENTED, jwt.authenticate(Samples.basic("u", "p")));
    assertEquals(
        AuthnResult.NOT_PRESENTED,
        jwt.authenticate(Samples.header("X-Chroma-Token", Issuer.rs256())));
    assertInstanceOf(
        AuthnResult.Refused.class, jwt.authenticate(Samples.header("Authorization", "Bearer")));
    assertInstanceOf(
        AuthnResult.Refused.class,
        jwt.authenticate(
            Samples.headers(Map.of("Authorization", List.of("Bearer a", "Bearer b")))));
  }

  private static String token(String algorithm, String kid, Key key) {
    var builder = Issuer.token().header().keyId(kid).and();
    return algorithm.equals("EdDSA")
        ? builder.signWith((PrivateKey) key, Jwts.SIG.EdDSA).compact()
        : sign(builder, algorithm, (PrivateKey) key);
  }

  private static String sign(JwtBuilder builder, String algorithm, PrivateKey key) {
    var found = (SignatureAlgorithm) Jwts.SIG.get().forKey(algorithm);
    return builder.signWith(key, found).compact();
  }
}
