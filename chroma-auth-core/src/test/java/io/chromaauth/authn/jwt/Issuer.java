package io.chromaauth.authn.jwt;

import io.chromaauth.AuthnResult;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.Samples;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An issuer of the tests. Its keys and tokens are made by jjwt, or by hand. */
public final class Issuer {
  public static final String NAME = "https://id.example";
  public static final String AUDIENCE = "chroma";
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  public static final Options OPTIONS = Options.of(NAME, AUDIENCE);

  public static final KeyPair RSA = Jwts.SIG.RS256.keyPair().build();
  public static final KeyPair OTHER_RSA = Jwts.SIG.RS256.keyPair().build();
  public static final KeyPair P256 = Jwts.SIG.ES256.keyPair().build();
  public static final KeyPair P384 = Jwts.SIG.ES384.keyPair().build();
  public static final KeyPair P521 = Jwts.SIG.ES512.keyPair().build();
  public static final KeyPair ED25519 = Jwks.CRV.Ed25519.keyPair().build();

  private Issuer() {}

  /** The key as an element of a JWK Set. */
  public static String jwk(String kid, PublicKey key) {
    PublicJwk<?> jwk = (PublicJwk<?>) Jwks.builder().key(key).id(kid).build();
    return json(new TreeMap<>(jwk));
  }

  public static String set(String... jwks) {
    return "{\"keys\": [" + String.join(",", jwks) + "]}";
  }

  /** The set of one RSA key, {@code r1}. */
  public static String rsaSet() {
    return set(jwk("r1", RSA.getPublic()));
  }

  /** What a token says unless it is said otherwise; the subject is alice. */
  public static JwtBuilder token() {
    return tokenAt(NOW);
  }

  public static JwtBuilder tokenAt(Instant now) {
    return Jwts.builder()
        .issuer(NAME)
        .subject("alice")
        .audience()
        .add(AUDIENCE)
        .and()
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plusSeconds(300)));
  }

  /** A right token by RSA key {@code r1}. */
  public static String rs256() {
    return token().header().keyId("r1").and().signWith(RSA.getPrivate(), Jwts.SIG.RS256).compact();
  }

  /** These claims as they are, by RSA key {@code r1}. */
  public static String signed(String claims) {
    return signed("{\"alg\":\"RS256\",\"kid\":\"r1\"}", claims);
  }

  /** This header and these claims, whatever they are, by RSA key {@code r1}. */
  public static String signed(String header, String claims) {
    String signed = base64(header) + "." + base64(claims);
    return signed + "." + base64url(rs256(signed, RSA.getPrivate()));
  }

  static byte[] rs256(String text, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Right claims, and these members besides or instead; an empty one is left out. */
  public static String claims(Map<String, String> others) {
    Map<String, String> members = new TreeMap<>();
    members.put("iss", quoted(NAME));
    members.put("aud", quoted(AUDIENCE));
    members.put("sub", quoted("alice"));
    members.put("exp", String.valueOf(NOW.plusSeconds(300).getEpochSecond()));
    members.putAll(others);
    return members.entrySet().stream()
        .filter(member -> !member.getValue().isEmpty())
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  public static String base64(String text) {
    return base64url(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Over this JWK Set, at {@link #NOW}. */
  static JwtAuthenticator over(String jwks) {
    return over(jwks, OPTIONS);
  }

  static JwtAuthenticator over(String jwks, Options options) {
    Faults faults = new Faults();
    JwtAuthenticator made =
        JwtProviders.jwks(jwks, Place.of("keys.json"), options, needs(), faults);
    faults.throwIfAny();
    return made;
  }

  static JwtAuthenticator overSecret(String secret) {
    Faults faults = new Faults();
    JwtAuthenticator made =
        JwtProviders.secret(secret, Place.of("secret"), OPTIONS, needs(), faults);
    faults.throwIfAny();
    return made;
  }

  static Needs needs() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Needs(Throttle.off(), Duration.ofMinutes(5), 1000, clock);
  }

  private static String json(Map<String, Object> members) {
    Stream<String> texts =
        members.entrySet().stream()
            .map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue().toString()));
    return texts.collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  static AuthnResult ask(JwtAuthenticator jwt, String token) {
    return jwt.authenticate(Samples.bearer(token));
  }
}
