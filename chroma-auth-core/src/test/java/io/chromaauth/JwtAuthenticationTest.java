package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.authn.jwt.Issuer;
import io.chromaauth.settings.Names;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JWTs for who assembles in code, and what is left behind when that fails. */
class JwtAuthenticationTest {
  /** Nobody answers there. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/keys");

  @TempDir Path directory;

  @Test
  void aFileOfKeysIsReadAgain() throws Exception {
    Path keys = Start.write(directory, "keys.json", Issuer.rsaSet());
    try (ChromaAuth auth = over(JwtAuthentication.jwks(keys, Issuer.OPTIONS))) {
      assertEquals(Map.of(keys, DigestUtils.sha256Hex(Files.readAllBytes(keys))), auth.files());
      assertInstanceOf(AuthnResult.Authenticated.class, ask(auth, token()));
      Files.writeString(keys, Issuer.set(Issuer.jwk("r2", Issuer.OTHER_RSA.getPublic())));
      auth.reload(List.of());
      assertInstanceOf(AuthnResult.Refused.class, ask(auth, token()));
      Files.writeString(keys, "half a fi");
      assertThrows(ConfigException.class, () -> auth.reload(List.of()));
    }
  }

  @Test
  void aSecretIsReadAgain() throws Exception {
    String secret = "0123456789abcdef".repeat(2);
    Path file = Start.write(directory, "secret", secret);
    String token =
        Issuer.tokenAt(Instant.now())
            .signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)))
            .compact();
    try (ChromaAuth auth = over(JwtAuthentication.secret(file, Issuer.OPTIONS))) {
      assertInstanceOf(AuthnResult.Authenticated.class, ask(auth, token));
      Files.writeString(file, "fedcba9876543210".repeat(2));
      auth.reload(List.of());
      assertInstanceOf(AuthnResult.Refused.class, ask(auth, token));
    }
  }

  @Test
  void staticTokensStandBesideItInCodeToo() {
    Path keys = Start.write(directory, "keys.json", Issuer.rsaSet());
    ChromaAuth auth =
        ChromaAuth.builder()
            .authentication(JwtAuthentication.jwks(keys, Issuer.OPTIONS))
            .authentication(TokenAuthentication.single(Secret.of("s3cret")))
            .build();
    assertInstanceOf(AuthnResult.Authenticated.class, ask(auth, token()));
    assertInstanceOf(AuthnResult.Authenticated.class, ask(auth, "s3cret"));
    assertInstanceOf(AuthnResult.Refused.class, ask(auth, "other"));
  }

  @Test
  void keysThatWereNeverReadAre503AndCloseEndsTheThread() {
    ChromaAuth auth = over(JwtAuthentication.jwks(NOWHERE, Issuer.OPTIONS));
    AuthnResult.Refused refused = assertInstanceOf(AuthnResult.Refused.class, ask(auth, token()));
    assertEquals(AuthnResult.Cause.UNAVAILABLE, refused.cause());
    assertTrue(isWatching());
    auth.close();
    assertFalse(isWatching());
  }

  @Test
  void aStartThatFailsLeavesNoThread() {
    Map<String, String> settings =
        Start.withRules(
            Map.of(
                Names.AUTHN_PROVIDER,
                "jwt",
                Names.JWT_ISSUER,
                Issuer.NAME,
                Names.JWT_AUDIENCE,
                Issuer.AUDIENCE,
                Names.JWT_JWKS_URL,
                NOWHERE.toString()),
            directory,
            "{roles_mapping: {}, users: [{id: alice, provider: jwt, role: nobody}]}");
    assertEquals(1, Start.faults(settings).size());
    assertFalse(isWatching());
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Options.of("", "chroma"));
    assertThrows(IllegalArgumentException.class, () -> Options.of("https://id.example", ""));
    for (Duration skew : List.of(Duration.ofSeconds(61), Duration.ofSeconds(-1))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Options("i", "a", Claims.SUBJECT, Set.of(), skew));
    }
    URI plain = URI.create("http://id.example/keys");
    assertThrows(ConfigException.class, () -> JwtAuthentication.jwks(plain, Issuer.OPTIONS));
    Claims tenant = new Claims("sub", null, "tenant", null, null, false);
    assertEquals(tenant, Issuer.OPTIONS.withClaims(tenant).claims());
  }

  private static ChromaAuth over(AuthenticationProvider provider) {
    return ChromaAuth.builder().authentication(provider).build();
  }

  private static boolean isWatching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("chroma-auth-jwks"));
  }

  private static String token() {
    return Issuer.tokenAt(Instant.now())
        .header()
        .keyId("r1")
        .and()
        .signWith(Issuer.RSA.getPrivate(), Jwts.SIG.RS256)
        .compact();
  }

  private static AuthnResult ask(ChromaAuth auth, String token) {
    return auth.snapshot().authenticate(Samples.bearer(token));
  }
}
