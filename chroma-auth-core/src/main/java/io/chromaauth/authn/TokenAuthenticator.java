package io.chromaauth.authn;

import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Secret;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.UserEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Static tokens by {@code Authorization: Bearer} (RFC 6750, 2.1) or Chroma's {@code
 * X-Chroma-Token}. Keeps only the tokens' SHA-256.
 */
public final class TokenAuthenticator implements UserList {
  /** The provider name of its identities. */
  public static final String PROVIDER = "token";

  /** The user of the single static token, as Chroma calls it. */
  public static final String ANONYMOUS = "anonymous";

  private static final String SCHEME = "Bearer";
  private static final AuthnResult UNKNOWN = AuthnResult.wrong("unknown token");
  private static final AuthnResult MISTYPED =
      AuthnResult.wrong("a token of chroma-auth with a wrong checksum");
  private static final AuthnResult EXPIRED = AuthnResult.wrong("an expired token");
  private static final AuthnResult EMPTY = AuthnResult.wrong("an empty token");

  private final TokenTable tokens;
  private final List<UserIdentity> users;
  private final Map<String, UserEntry> boundsPlaces;
  private final TokenHeader header;
  private final Throttle throttle;
  private final Predicate<String> leftToOthers;

  /**
   * @param tokens whose tokens there are
   * @param users with the bounds of their file
   * @param boundsPlaces where the bounds of those who have some are written
   * @param throttle what slows down guesses from one source
   */
  TokenAuthenticator(
      Map<Digest, Held> tokens,
      List<UserIdentity> users,
      Map<String, UserEntry> boundsPlaces,
      TokenHeader header,
      Throttle throttle) {
    this.tokens = new TokenTable(tokens);
    this.users = List.copyOf(users);
    this.boundsPlaces = Map.copyOf(boundsPlaces);
    this.header = header;
    this.throttle = throttle;
    this.leftToOthers = token -> false;
  }

  private TokenAuthenticator(
      TokenAuthenticator same, List<UserIdentity> users, Predicate<String> leftToOthers) {
    this.tokens = same.tokens;
    this.users = List.copyOf(users);
    this.boundsPlaces = same.boundsPlaces;
    this.header = same.header;
    this.throttle = same.throttle;
    this.leftToOthers = leftToOthers;
  }

  /**
   * The same tokens, beside a provider of other Bearer tokens: what is unknown here and may be one
   * of those is not presented here.
   */
  public TokenAuthenticator beside(Predicate<String> others) {
    return new TokenAuthenticator(this, users, others);
  }

  @Override
  public TokenAuthenticator completed(List<UserIdentity> others) {
    return new TokenAuthenticator(this, others, leftToOthers);
  }

  /** One token, whose bearer is {@link #ANONYMOUS}. */
  public static TokenAuthenticator single(Secret token, TokenHeader header, Throttle throttle) {
    return new TokenAuthenticator(
        Map.of(Digest.sha256(token.reveal()), new Held(0, null, 1)),
        List.of(UserIdentity.of(ANONYMOUS, PROVIDER)),
        Map.of(),
        header,
        throttle);
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
    return authenticate(bearer, bare, headers);
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
  public List<UserIdentity> users() {
    return users;
  }

  @Override
  public String boundsPlace(String userId) {
    UserEntry entry = boundsPlaces.get(userId);
    return entry == null ? "" : entry.place().toString();
  }

  private AuthnResult authenticate(
      @Nullable String bearer, @Nullable String bare, RequestHeaders headers) {
    if (bearer == null) {
      return bare == null ? AuthnResult.NOT_PRESENTED : find(bare, headers);
    }
    if (bare != null && !Secret.of(bearer).equals(Secret.of(bare))) {
      return ambiguous("Authorization and X-Chroma-Token differ");
    }
    return leftToOthers.test(bearer) && tokens.holder(Digest.sha256(bearer)) == TokenTable.NOBODY
        ? AuthnResult.NOT_PRESENTED
        : find(bearer, headers);
  }

  private AuthnResult find(String token, RequestHeaders headers) {
    if (token.isEmpty()) {
      return EMPTY;
    }
    if (TokenForm.isMistyped(token)) {
      return throttle.guessed(MISTYPED, headers.source());
    }
    int holder = tokens.holder(Digest.sha256(token));
    return switch (holder) {
      case TokenTable.NOBODY -> throttle.guessed(UNKNOWN, headers.source());
      case TokenTable.EXPIRED -> EXPIRED;
      default -> new AuthnResult.Authenticated(users.get(holder));
    };
  }

  private static AuthnResult ambiguous(String reason) {
    return new AuthnResult.Refused(AuthnResult.Cause.AMBIGUOUS, reason);
  }
}
