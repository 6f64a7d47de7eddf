package io.chromaauth.authn;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.Bounds;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Secret;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Static tokens by {@code Authorization: Bearer} (RFC 6750, 2.1) or Chroma's {@code
 * X-Chroma-Token}. Keeps only the tokens' SHA-256.
 */
public final class TokenAuthenticator implements AuthenticationProvider, UserList {
  /** The provider name of its identities. */
  public static final String PROVIDER = "token";

  /** The user of the single static token, as Chroma calls it. */
  public static final String ANONYMOUS = "anonymous";

  private static final String SCHEME = "Bearer";
  private static final AuthnResult UNKNOWN = AuthnResult.wrong("unknown token");
  private static final AuthnResult EMPTY = AuthnResult.wrong("an empty token");

  private final Map<Digest, Known> byDigest = new HashMap<>();
  private final Map<String, Bounds> users;
  private final Map<String, Place> boundsPlaces;
  private final TokenHeader header;

  /**
   * @param tokens user ids by token
   * @param users bounds by user id
   * @param boundsPlaces where the bounds of those who have some are written
   */
  TokenAuthenticator(
      Map<Digest, String> tokens,
      Map<String, Bounds> users,
      Map<String, Place> boundsPlaces,
      TokenHeader header) {
    Map<String, AuthnResult> results = new HashMap<>();
    users.forEach((id, bounds) -> results.put(id, authenticated(id, bounds)));
    tokens.forEach(
        (digest, id) ->
            byDigest.put(
                digest,
                new Known(
                    digest, results.computeIfAbsent(id, any -> authenticated(id, Bounds.NONE)))));
    this.users = Map.copyOf(users);
    this.boundsPlaces = Map.copyOf(boundsPlaces);
    this.header = header;
  }

  /** One token, whose bearer is {@link #ANONYMOUS}. */
  public static TokenAuthenticator single(Secret token, TokenHeader header) {
    return new TokenAuthenticator(
        Map.of(Digest.sha256(token.reveal()), ANONYMOUS),
        Map.of(ANONYMOUS, Bounds.NONE),
        Map.of(),
        header);
  }

  @Override
  public AuthnResult authenticate(RequestHeaders headers) {
    @Nullable String bearer = null;
    @Nullable String bare = null;
    if (header.readsAuthorization()) {
      List<String> fields = headers.values(AuthorizationHeader.NAME);
      if (fields.size() > 1) {
        return ambiguous("more than one Authorization header");
      }
      if (!fields.isEmpty() && AuthorizationHeader.isOf(SCHEME, fields.get(0))) {
        bearer = AuthorizationHeader.credentials(SCHEME, fields.get(0)).orElse("");
      }
    }
    if (header.readsChromaToken()) {
      List<String> fields = headers.values(TokenHeader.CHROMA_TOKEN_FIELD);
      if (fields.size() > 1) {
        return ambiguous("more than one X-Chroma-Token header");
      }
      bare = fields.isEmpty() ? null : fields.get(0);
    }
    return authenticate(bearer, bare);
  }

  @Override
  public Set<String> credentialHeaders() {
    return header.fields();
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(header.challenge());
  }

  @Override
  public Map<String, Bounds> users() {
    return users;
  }

  @Override
  public String boundsPlace(String userId) {
    Place place = boundsPlaces.get(userId);
    return place == null ? "" : place.toString();
  }

  private AuthnResult authenticate(@Nullable String bearer, @Nullable String bare) {
    if (bearer == null) {
      return bare == null ? AuthnResult.NOT_PRESENTED : find(bare);
    }
    if (bare != null && !Secret.of(bearer).equals(Secret.of(bare))) {
      return ambiguous("Authorization and X-Chroma-Token differ");
    }
    return find(bearer);
  }

  private AuthnResult find(String token) {
    if (token.isEmpty()) {
      return EMPTY;
    }
    Digest digest = Digest.sha256(token);
    Known known = byDigest.get(digest);
    return known != null && known.digest().matches(digest) ? known.result() : UNKNOWN;
  }

  private static AuthnResult authenticated(String id, Bounds bounds) {
    return new AuthnResult.Authenticated(UserIdentity.of(id, PROVIDER).withBounds(bounds));
  }

  private static AuthnResult ambiguous(String reason) {
    return new AuthnResult.Refused(AuthnResult.Cause.AMBIGUOUS, reason);
  }

  private record Known(Digest digest, AuthnResult result) {}
}
