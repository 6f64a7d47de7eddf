package io.chromaauth.authn.jwt;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.BasicAuthentication;
import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.RequestHeaders;
import io.chromaauth.authn.AuthorizationHeader;
import io.chromaauth.authn.Throttle;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** JWTs of one issuer by {@code Authorization: Bearer} (RFC 6750, 2.1). */
public final class JwtAuthenticator implements AuthenticationProvider {
  /** The provider name of its identities. */
  public static final String PROVIDER = "jwt";

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

  /** Whether a text looks like a JWT, right or not. */
  public static boolean isLike(String token) {
    return SignedToken.isLike(token);
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
}
