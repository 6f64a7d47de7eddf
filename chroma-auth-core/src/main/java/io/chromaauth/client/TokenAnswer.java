package io.chromaauth.client;

import io.chromaauth.Secret;
import io.chromaauth.net.Fetch;
import io.chromaauth.settings.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What a token endpoint answers (RFC 6749, 5.1 and 5.2). Prints no secret. */
record TokenAnswer(Secret token, Duration lifetime) {
  /** Of a token whose answer does not say: not long, since nobody knows. */
  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  private static final double LONGEST_S = 86_400;

  /**
   * The token in an answer.
   *
   * @throws IOException if there is none, with at most the error's code
   */
  static TokenAnswer of(Fetch.Answer answer) throws IOException {
    Map<String, Object> json = Json.object(answer.body()).orElse(Map.of());
    if (answer.status() != 200) {
      Object code = json.get("error");
      boolean told = code instanceof String text && text.matches("[a-z_]{1,40}");
      throw new IOException(
          "the token endpoint answers " + answer.status() + (told ? ", " + code : ""));
    }
    boolean bearer =
        json.get("token_type") instanceof String type && type.equalsIgnoreCase("Bearer");
    if (!bearer || !(json.get("access_token") instanceof String token)) {
      throw new IOException("the token endpoint answers 200 without a Bearer token");
    }
    return new TokenAnswer(Secret.of(token), lifetime(json));
  }

  private static Duration lifetime(Map<String, Object> json) {
    return json.get("expires_in") instanceof Double seconds && seconds > 0
        ? Duration.ofSeconds((long) Math.min(LONGEST_S, seconds))
        : UNKNOWN;
  }
}
