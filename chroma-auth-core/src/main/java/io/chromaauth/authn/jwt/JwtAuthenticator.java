package io.chromaauth.authn.jwt;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.BasicAuthentication;
import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.RequestHeaders;
import io.chromaauth.authn.AuthorizationHeader;
import io.chromaauth.authn.Throttle;
import io.chromaauth.net.Fetch;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JWTs of one issuer by {@code Authorization: Bearer} (RFC 6750, 2.1). */
public final class JwtAuthenticator implements AuthenticationProvider {
  /** The provider name of its identities. */
  public static final String PROVIDER = "jwt";

  /** The only algorithm with a secret. */
  public static final String HS256 = "HS256";

  /** Keys below are too short for it (RFC 7518, 3.2). */
  private static final int FEWEST_BYTES = 32;

  private static final String NIMBUS = "com.nimbusds.jose.JWSVerifier";
  private static final String SCHEME = "Bearer";
  private static final AuthnResult EMPTY = AuthnResult.wrong("an empty token");
  private static final AuthnResult MALFORMED = AuthnResult.wrong("no token that can be read");
  private static final AuthnResult UNKNOWN_KEY = AuthnResult.wrong("a token with an unknown key");
  private static final AuthnResult FORGED = AuthnResult.wrong("a token with a wrong signature");
  private static final AuthnResult NOT_LOADED =
      new AuthnResult.Refused(AuthnResult.Cause.UNAVAILABLE, "the keys of JWTs are not loaded yet");

  private final Options options;
  private final ClaimsReader claims;
  private final KeySource keys;
  private final Throttle throttle;
  private final Clock clock;

  JwtAuthenticator(Options options, KeySource keys, Needs needs) {
    this.options = options;
    this.claims = new ClaimsReader(options);
    this.keys = keys;
    this.throttle = needs.throttle();
    this.clock = needs.clock();
  }

  /**
   * What it uses.
   *
   * @param throttle what slows down guesses from one source
   * @param cacheTtl for how long verified tokens are remembered; zero for not at all
   * @param cacheSize how many at most; zero for none
   * @param clock the time that tokens are measured by
   */
  public record Needs(Throttle throttle, Duration cacheTtl, long cacheSize, Clock clock) {
    /** What holds without settings. */
    public static Needs byDefault() {
      return new Needs(
          Throttle.byDefault(),
          BasicAuthentication.CACHE_TTL,
          BasicAuthentication.CACHE_SIZE,
          Clock.systemUTC());
    }
  }

  /** The algorithms that keys of a JWK Set can be used with. */
  public static Set<String> algorithms() {
    return Jwks.algorithms();
  }

  /** Whether a text looks like a JWT, right or not. */
  public static boolean isLike(String token) {
    return SignedToken.isLike(token);
  }

  /** With the keys of a JWK Set's text, after noting what is wrong with it. */
  public static JwtAuthenticator jwks(
      String text, Place place, Options options, Needs needs, Faults faults) {
    List<SigningKey> found =
        hasNimbus(place, faults) ? keys(text, place, options, faults) : List.of();
    KeySet set = KeySet.of(found, needs);
    return new JwtAuthenticator(options, () -> set, needs);
  }

  /** With the keys at a URL; empty after noting what is wrong with it. */
  public static Optional<JwtAuthenticator> jwks(
      URI url, Place place, Options options, Needs needs, Faults faults) {
    if (!Fetch.isSafe(url)) {
      faults.add(place, "another URL", "an https URL, or one of this machine", null);
      return Optional.empty();
    }
    return hasNimbus(place, faults)
        ? Optional.of(
            new JwtAuthenticator(options, JwksUrl.start(url, options.algorithms(), needs), needs))
        : Optional.empty();
  }

  /** With a secret, after noting what is wrong with it. */
  public static JwtAuthenticator secret(
      String text, Place place, Options options, Needs needs, Faults faults) {
    String secret = text.replaceFirst("\\r?\\n\\z", "");
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    boolean usable = hasNimbus(place, faults);
    if (bytes < FEWEST_BYTES) {
      faults.add(
          place,
          bytes + " bytes",
          "a secret of at least " + FEWEST_BYTES,
          "openssl rand -base64 48 > FILE, and give it to the issuer");
      usable = false;
    }
    SigningKey.Check check = usable ? NimbusKeys.secret(secret) : (algorithm, signed, mac) -> false;
    SigningKey key = new SigningKey(null, Set.of(HS256), Map.of(), check);
    KeySet set = KeySet.ofOne(key.only(options.algorithms()), needs);
    return new JwtAuthenticator(options, () -> set, needs);
  }

  @Override
  public AuthnResult authenticate(RequestHeaders headers) {
    List<String> fields = headers.values(AuthorizationHeader.NAME);
    if (fields.size() > 1) {
      return new AuthnResult.Refused(
          AuthnResult.Cause.AMBIGUOUS, "more than one Authorization header");
    }
    if (fields.isEmpty() || !AuthorizationHeader.isOf(SCHEME, fields.get(0))) {
      return AuthnResult.NOT_PRESENTED;
    }
    return AuthorizationHeader.credentials(SCHEME, fields.get(0))
        .map(token -> verify(token, headers))
        .orElse(EMPTY);
  }

  @Override
  public Set<String> credentialHeaders() {
    return Set.of(AuthorizationHeader.NAME);
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of("Bearer realm=\"chroma\"");
  }

  @Override
  public void close() {
    keys.close();
  }

  /** Whether its tokens can bound their bearers. */
  public boolean bounds() {
    Claims names = options.claims();
    return names.tenant() != null || names.databases() != null || names.collections() != null;
  }

  /**
   * What its tokens may do and is probably not meant so.
   *
   * @param hasRules whether roles count
   */
  public List<String> warnings(boolean hasRules) {
    List<String> warnings = new ArrayList<>();
    Claims names = options.claims();
    if (names.tenant() == null) {
      warnings.add(
          "no claim for the tenant: every valid token of "
              + options.issuer()
              + " is bound to no tenant (CHROMA_AUTH_JWT_TENANT_CLAIM)");
    }
    if (names.roles() != null && hasRules) {
      warnings.add(
          "the claim "
              + names.roles()
              + " of a token can name any role, the built-in admin too: see who may set it at "
              + options.issuer());
    }
    if (names.wildcards()) {
      warnings.add("a * in a claim of a token lifts the bound (CHROMA_AUTH_JWT_WILDCARD_CLAIMS)");
    }
    return warnings;
  }

  private AuthnResult verify(String token, RequestHeaders headers) {
    KeySet set = keys.current();
    AuthnResult known = set == null ? null : set.remembered().find(token);
    if (known != null) {
      return known;
    }
    Optional<SignedToken> signed = SignedToken.parse(token);
    if (signed.isEmpty()) {
      return guessed(MALFORMED, headers);
    }
    return set == null ? NOT_LOADED : verify(token, signed.get(), set, headers);
  }

  private AuthnResult verify(String token, SignedToken signed, KeySet set, RequestHeaders headers) {
    if (!set.hasKeyFor(signed)) {
      // whoever bears the first token of a new key guesses nothing
      boolean maybeNew = signed.keyId() != null && keys.missed();
      return maybeNew ? UNKNOWN_KEY : guessed(UNKNOWN_KEY, headers);
    }
    if (!set.signed(signed)) {
      return guessed(FORGED, headers);
    }
    ClaimsReader.Outcome outcome = claims.read(signed.claims(), clock.instant());
    if (outcome instanceof ClaimsReader.Accepted accepted) {
      AuthnResult result = new AuthnResult.Authenticated(accepted.identity());
      set.remembered().remember(token, result, accepted.expires());
      return result;
    }
    // of the issuer's own: no guess
    return AuthnResult.wrong(((ClaimsReader.Refused) outcome).reason());
  }

  /** Tokens that are right are never slowed down; whoever tries others is. */
  private AuthnResult guessed(AuthnResult wrong, RequestHeaders headers) {
    return throttle.guessed(wrong, headers.source());
  }

  private static List<SigningKey> keys(String text, Place place, Options options, Faults faults) {
    Optional<Jwks> set = Jwks.parse(text, options.algorithms());
    if (set.isEmpty()) {
      faults.add(place, "no JWK Set", "JSON such as {\"keys\": [...]}, each key once", null);
      return List.of();
    }
    if (set.get().hasPrivate()) {
      String fix = "take the private key out, and make a new one: this one was given away";
      faults.add(place, "a secret or private key", "public keys", fix);
    }
    if (set.get().keys().isEmpty()) {
      String found = String.join(", ", set.get().notes());
      faults.add(place, found.isEmpty() ? "no key" : found, "a key for signatures", null);
    }
    return set.get().keys();
  }

  private static boolean hasNimbus(Place place, Faults faults) {
    try {
      Class.forName(NIMBUS, false, JwtAuthenticator.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      faults.add(
          place,
          "jwt without Nimbus JOSE+JWT",
          "it on the class path",
          "add com.nimbusds:nimbus-jose-jwt, version 10");
      return false;
    }
  }
}
