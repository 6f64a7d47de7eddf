package io.chromaauth.authn;

import io.chromaauth.RequestHeaders;
import io.chromaauth.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which header carries a token ({@code CHROMA_AUTH_TOKEN_TRANSPORT_HEADER}): Chroma's two, or, if
 * nothing is said, both.
 */
public enum TokenHeader {
  AUTHORIZATION(true, false),
  X_CHROMA_TOKEN(false, true),
  EITHER(true, true);

  static final String CHROMA_TOKEN_FIELD = "X-Chroma-Token";

  private static final String BEARER_CHALLENGE = "Bearer realm=\"chroma\"";
  private static final String CHROMA_TOKEN_CHALLENGE = "ChromaToken realm=\"chroma\"";

  private final boolean authorization;
  private final boolean chromaToken;

  TokenHeader(boolean authorization, boolean chromaToken) {
    this.authorization = authorization;
    this.chromaToken = chromaToken;
  }

  /** The header of Chroma's name for it: its field name or its 0.4 spelling, in any case. */
  public static Optional<TokenHeader> parse(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "authorization" -> Optional.of(AUTHORIZATION);
      case "x-chroma-token", "x_chroma_token" -> Optional.of(X_CHROMA_TOKEN);
      default -> Optional.empty();
    };
  }

  /** Whether both fields carry the same token, each once. */
  public static boolean isSameInBoth(RequestHeaders headers) {
    List<String> bearer = headers.values(AuthorizationHeader.NAME);
    List<String> bare = headers.values(CHROMA_TOKEN_FIELD);
    return bearer.size() == 1
        && bare.size() == 1
        && AuthorizationHeader.isOf("Bearer", bearer.get(0))
        && AuthorizationHeader.credentials("Bearer", bearer.get(0))
            .filter(token -> Secret.of(token).equals(Secret.of(bare.get(0))))
            .isPresent();
  }

  /** The fields that carry a token. */
  Set<String> fields() {
    return switch (this) {
      case AUTHORIZATION -> Set.of(AuthorizationHeader.NAME);
      case X_CHROMA_TOKEN -> Set.of(CHROMA_TOKEN_FIELD);
      case EITHER -> Set.of(AuthorizationHeader.NAME, CHROMA_TOKEN_FIELD);
    };
  }

  /** Whether a token may come as {@code Authorization: Bearer}. */
  boolean readsAuthorization() {
    return authorization;
  }

  /** Whether a token may come bare as {@code X-Chroma-Token}. */
  boolean readsChromaToken() {
    return chromaToken;
  }

  /** What a 401 asks for. */
  String challenge() {
    return switch (this) {
      case AUTHORIZATION -> BEARER_CHALLENGE;
      case X_CHROMA_TOKEN -> CHROMA_TOKEN_CHALLENGE;
      case EITHER -> BEARER_CHALLENGE + ", " + CHROMA_TOKEN_CHALLENGE;
    };
  }
}
