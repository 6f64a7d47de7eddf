package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.JWT_ALGORITHMS;
import static io.chromaauth.settings.Names.JWT_AUDIENCE;
import static io.chromaauth.settings.Names.JWT_CLOCK_SKEW;
import static io.chromaauth.settings.Names.JWT_ISSUER;
import static io.chromaauth.settings.Names.JWT_JWKS_FILE;
import static io.chromaauth.settings.Names.JWT_JWKS_URL;
import static io.chromaauth.settings.Names.JWT_ROLES_CLAIM;
import static io.chromaauth.settings.Names.JWT_SECRET_FILE;
import static io.chromaauth.settings.Names.JWT_TENANT_CLAIM;
import static io.chromaauth.settings.Names.JWT_WILDCARD_CLAIMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.authn.jwt.Issuer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CHROMA_AUTH_JWT_*}, beside the other providers and alone. */
class JwtSettingsTest {
  private static final String TOKENS =
      "users:\n  - {id: static, tokens: [s3cret-static-token], tenant: t1}\n";

  @TempDir Path directory;

  @Test
  void aTokenOfTheIssuerIsAccepted() {
    ChromaAuth auth = Start.with(jwt());
    UserIdentity identity = identity(auth, token());
    assertEquals("alice", identity.userId());
    assertEquals(Bounds.NONE, identity.bounds());
    assertEquals(List.of("JwtAuthentication"), auth.summary().components());
    assertEquals(List.of("Bearer realm=\"chroma\""), auth.snapshot().challenges());
    assertEquals(Set.of("Authorization"), auth.snapshot().credentialHeaders());
  }

  @Test
  void aSecretWorksAsWell() {
    String secret = "0123456789abcdef".repeat(2);
    Map<String, String> settings =
        Map.of(
            AUTHN_PROVIDER,
            "jwt",
            JWT_ISSUER,
            Issuer.NAME,
            JWT_AUDIENCE,
            Issuer.AUDIENCE,
            JWT_SECRET_FILE,
            Start.write(directory, "secret", secret + "\r\n").toString());
    String token =
        Issuer.tokenAt(Instant.now())
            .signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)))
            .compact();
    assertEquals("alice", identity(Start.with(settings), token).userId());
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    Map<String, String> settings =
        Map.of(
            AUTHN_PROVIDER, "jwt",
            JWT_ALGORITHMS, "RS256,HS256,RS265",
            JWT_CLOCK_SKEW, "2m",
            JWT_WILDCARD_CLAIMS, "perhaps",
            AUTHN_CREDENTIALS_FILE, "users.yaml");
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found credentials beside jwt alone,"
                + " expected none; fix: unset CHROMA_SERVER_AUTHN_CREDENTIALS_FILE, or export"
                + " CHROMA_SERVER_AUTHN_PROVIDER=token,jwt",
            "environment (CHROMA_AUTH_JWT_WILDCARD_CLAIMS): found 'perhaps', expected true or false",
            "settings (CHROMA_AUTH_JWT_ISSUER): found nothing, expected what iss is in its tokens,"
                + " to the letter; fix: export CHROMA_AUTH_JWT_ISSUER=...",
            "settings (CHROMA_AUTH_JWT_AUDIENCE): found nothing, expected what aud is, or holds;"
                + " fix: export CHROMA_AUTH_JWT_AUDIENCE=...",
            "environment (CHROMA_AUTH_JWT_ALGORITHMS): found 'HS256', expected some of ES256, ES384,"
                + " ES512, Ed25519, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512; fix: did you"
                + " mean 'ES256'?",
            "environment (CHROMA_AUTH_JWT_ALGORITHMS): found 'RS265', expected some of ES256, ES384,"
                + " ES512, Ed25519, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512; fix: did you"
                + " mean 'RS256'?",
            "environment (CHROMA_AUTH_JWT_CLOCK_SKEW): found '120s', expected at most 60s",
            "settings (CHROMA_AUTH_JWT_JWKS_URL): found nothing, expected one of"
                + " CHROMA_AUTH_JWT_JWKS_URL, CHROMA_AUTH_JWT_JWKS_FILE,"
                + " CHROMA_AUTH_JWT_SECRET_FILE; fix: export CHROMA_AUTH_JWT_JWKS_URL=..., the"
                + " jwks_uri of ISSUER/.well-known/openid-configuration"),
        Start.faults(settings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n",
        "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"abcdefgh\", \"e\": \"AQAB\"}]}",
        "                                ",
        "abababababababababababababababababababab"
      })
  void whatOthersKnowIsNoSecret(String text) throws IOException {
    Map<String, String> settings =
        Map.of(
            AUTHN_PROVIDER,
            "jwt",
            JWT_ISSUER,
            Issuer.NAME,
            JWT_AUDIENCE,
            Issuer.AUDIENCE,
            JWT_SECRET_FILE,
            Start.write(directory, "secret", text).toString());
    List<String> faults = Start.faults(settings);
    assertEquals(1, faults.size(), faults::toString);
    assertTrue(faults.get(0).contains("found what others know or can guess, such as a public key"));
  }

  @Test
  void oneSourceOfKeysIsEnough() {
    Map<String, String> two = Start.with(jwt(), JWT_JWKS_URL, "https://id.example/keys");
    assertEquals(
        List.of(
            "environment (CHROMA_AUTH_JWT_JWKS_URL): found both it and CHROMA_AUTH_JWT_JWKS_FILE,"
                + " expected one of them; fix: unset CHROMA_AUTH_JWT_JWKS_FILE"),
        Start.faults(two));
  }

  @Test
  void keysComeByHttpsOnly() {
    for (String url :
        List.of(
            "http://id.example/keys",
            "https://user:s3cret@id.example/keys",
            "file:///etc/passwd",
            "http://127.0.0.1.example/",
            "keys.json",
            "https:///x",
            "http://localhost/ s3cret")) {
      Map<String, String> settings =
          Map.of(
              AUTHN_PROVIDER,
              "jwt",
              JWT_ISSUER,
              Issuer.NAME,
              JWT_AUDIENCE,
              Issuer.AUDIENCE,
              JWT_JWKS_URL,
              url);
      List<String> faults = Start.faults(settings);
      assertEquals(1, faults.size(), faults::toString);
      assertTrue(faults.get(0).startsWith("environment (CHROMA_AUTH_JWT_JWKS_URL): "));
    }
  }

  @Test
  void settingsThatNobodyReadsAreFaults() {
    Map<String, String> settings =
        Start.with(Start.token(directory, TOKENS), JWT_TENANT_CLAIM, "tenant");
    assertEquals(
        List.of(
            "environment (CHROMA_AUTH_JWT_TENANT_CLAIM): found it without jwt, expected jwt among the"
                + " providers; fix: export CHROMA_SERVER_AUTHN_PROVIDER=jwt, or unset"
                + " CHROMA_AUTH_JWT_TENANT_CLAIM"),
        Start.faults(settings));
  }

  @Test
  void theBannerTellsWhoeverIsNotBound() {
    String unbound =
        "no claim for the tenant: every valid token of https://id.example is bound to no tenant"
            + " (CHROMA_AUTH_JWT_TENANT_CLAIM)";
    assertTrue(Start.with(jwt()).summary().warnings().contains(unbound));
    Map<String, String> bound = Start.with(jwt(), JWT_TENANT_CLAIM, "tenant");
    assertEquals(
        List.of("no authorization provider: every user may do everything within its bounds"),
        Start.with(bound).summary().warnings());
    assertTrue(Start.with(bound).summary().hasBoundedUsers());
    Map<String, String> roles =
        Start.withRules(
            Start.with(bound, JWT_ROLES_CLAIM, "groups", JWT_WILDCARD_CLAIMS, "true"),
            directory,
            "{roles_mapping: {}, users: [{id: alice, provider: jwt, role: reader}]}");
    assertEquals(
        List.of(
            "the claim groups of a token can name any role, the built-in admin too: see who may set"
                + " it at https://id.example",
            "a * in a claim of a token lifts the bound (CHROMA_AUTH_JWT_WILDCARD_CLAIMS)"),
        Start.with(roles).summary().warnings());
  }

  @Test
  void rulesNameUsersOfTokensByTheirProvider() {
    Map<String, String> settings =
        Start.withRules(
            Start.with(jwt(), JWT_ROLES_CLAIM, "groups"),
            directory,
            "{roles_mapping: {}, users: [{id: alice, provider: jwt, role: writer, tenant: acme}]}");
    String token =
        Issuer.tokenAt(Instant.now())
            .claim("groups", List.of("reader", "unknown"))
            .header()
            .keyId("r1")
            .and()
            .signWith(Issuer.RSA.getPrivate(), Jwts.SIG.RS256)
            .compact();
    UserIdentity identity = identity(Start.with(settings), token);
    assertEquals(Set.of("reader", "unknown", "writer"), identity.roles());
    assertEquals("acme", identity.tenant());
  }

  @Test
  void aUserOfTheRulesWithoutAProviderIsNobodyOfTheIssuers() {
    Map<String, String> settings =
        Start.withRules(jwt(), directory, "{roles_mapping: {}, users: [{id: alice, role: admin}]}");
    List<String> faults = Start.faults(settings, directory);
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).endsWith("fix: write provider: jwt if it is a user of tokens"));
  }

  @Test
  void staticTokensAndJwtsStandBesideEachOtherInAnyOrder() {
    for (String order : List.of("token,jwt", "jwt,token", "jwt, token")) {
      ChromaAuth auth = Start.with(Start.with(both(TOKENS), AUTHN_PROVIDER, order));
      assertEquals("static", identity(auth, "s3cret-static-token").userId());
      assertEquals("alice", identity(auth, token()).userId());
      assertInstanceOf(AuthnResult.Refused.class, ask(auth, "unknown"));
      assertInstanceOf(AuthnResult.Refused.class, ask(auth, "a.b.c"));
      assertInstanceOf(AuthnResult.Refused.class, ask(auth, token() + ".a.b"));
      assertEquals(
          List.of("TokenAuthenticationServerProvider", "JwtAuthentication"),
          auth.summary().components());
    }
  }

  @Test
  void theSchemeOfBothIsAskedForOnce() {
    assertEquals(
        List.of("Bearer realm=\"chroma\", ChromaToken realm=\"chroma\""),
        Start.with(both(TOKENS)).snapshot().challenges());
  }

  /** Somebody may have chosen one: it must go on being a token, and is no JWT that is refused. */
  @Test
  void aStaticTokenThatLooksLikeAJwtIsOne() {
    ChromaAuth auth = Start.with(both("users:\n  - {id: dotted, tokens: [s3cret.dotted.token]}\n"));
    assertEquals("dotted", identity(auth, "s3cret.dotted.token").userId());
  }

  @Test
  void aJwtInChromasOwnHeaderIsATokenThatNobodyKnows() {
    ChromaAuth auth = Start.with(both(TOKENS));
    RequestHeaders bare = Samples.header("X-Chroma-Token", token());
    assertInstanceOf(AuthnResult.Refused.class, auth.snapshot().authenticate(bare));
    RequestHeaders two =
        Samples.headers(
            Map.of(
                "Authorization", List.of("Bearer " + token()),
                "X-Chroma-Token", List.of("s3cret-static-token")));
    AuthnResult.Refused refused =
        assertInstanceOf(AuthnResult.Refused.class, auth.snapshot().authenticate(two));
    assertEquals(AuthnResult.Cause.AMBIGUOUS, refused.cause());
  }

  @Test
  void aForgedTokenCountsOnce() {
    ChromaAuth auth = Start.with(Start.with(both(TOKENS), "CHROMA_AUTH_THROTTLE", "3/60s"));
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(AuthnResult.Refused.class, ask(auth, "e30.e30.AAAA"));
    }
    assertInstanceOf(AuthnResult.Delayed.class, ask(auth, "e30.e30.AAAA"));
    assertInstanceOf(AuthnResult.Delayed.class, ask(auth, "unknown"));
    assertEquals("alice", identity(auth, token()).userId()); // what is right never waits
    assertEquals("static", identity(auth, "s3cret-static-token").userId());
  }

  @Test
  void anotherKeyInTheFileEndsWhatWasRemembered() throws Exception {
    ChromaAuth auth = Start.with(jwt());
    String token = token();
    assertEquals("alice", identity(auth, token).userId());
    ChromaAuth.Snapshot before = auth.snapshot();
    assertSame(before, auth.reload(List.of())); // the same bytes change nothing
    Files.writeString(
        directory.resolve("keys.json"), Issuer.set(Issuer.jwk("r2", Issuer.OTHER_RSA.getPublic())));
    auth.reload(List.of());
    assertInstanceOf(AuthnResult.Refused.class, ask(auth, token));
    assertInstanceOf(
        AuthnResult.Authenticated.class, before.authenticate(Samples.bearer(token))); // to its end
  }

  private Map<String, String> jwt() {
    return Map.of(
        AUTHN_PROVIDER,
        "jwt",
        JWT_ISSUER,
        Issuer.NAME,
        JWT_AUDIENCE,
        Issuer.AUDIENCE,
        JWT_JWKS_FILE,
        Start.write(directory, "keys.json", Issuer.rsaSet()).toString());
  }

  private Map<String, String> both(String users) {
    String file = Start.write(directory, "users.yaml", users).toString();
    return Start.with(jwt(), AUTHN_PROVIDER, "token,jwt", AUTHN_CREDENTIALS_FILE, file);
  }

  private static String token() {
    return Issuer.tokenAt(Instant.now())
        .header()
        .keyId("r1")
        .and()
        .signWith(Issuer.RSA.getPrivate(), Jwts.SIG.RS256)
        .compact();
  }

  private static UserIdentity identity(ChromaAuth auth, String token) {
    return assertInstanceOf(AuthnResult.Authenticated.class, ask(auth, token)).identity();
  }

  private static AuthnResult ask(ChromaAuth auth, String token) {
    return auth.snapshot().authenticate(Samples.bearer(token));
  }
}
