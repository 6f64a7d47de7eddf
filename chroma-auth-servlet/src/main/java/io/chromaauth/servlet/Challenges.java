package io.chromaauth.servlet;

import io.chromaauth.servlet.Answer.Header;
import java.util.List;

/** The answers to whoever is not known (RFC 9110, 15.5.2; RFC 6750, 3). */
final class Challenges {
  private static final String BEARER = "Bearer realm=\"chroma\"";

  private final Answer plain;
  private final Answer afterBearer;

  /**
   * @param challenges of all providers
   * @param native06 whether to answer as Chroma 0.5 and 0.6 did: 403 without a challenge
   */
  Challenges(List<String> challenges, boolean native06) {
    plain = native06 ? Answer.FORBIDDEN : unauthorized(challenges);
    afterBearer =
        native06
            ? Answer.FORBIDDEN
            : unauthorized(
                challenges.stream()
                    .map(c -> c.replace(BEARER, BEARER + ", error=\"invalid_token\""))
                    .toList());
  }

  /** The answer to credentials that are absent or wrong. */
  Answer answer(IncomingRequest request) {
    String authorization = request.header("Authorization");
    boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer ? afterBearer : plain;
  }

  private static Answer unauthorized(List<String> challenges) {
    Header[] headers =
        challenges.stream().map(c -> new Header("WWW-Authenticate", c)).toArray(Header[]::new);
    return Answer.error(401, "AuthError", "Unauthorized", headers);
  }
}
