package io.chromaauth;

import org.jspecify.annotations.Nullable;

/**
 * How one request ended, for the audit. Holds no credential, no body and no query.
 *
 * @param requestId the id that the answer carries as {@code X-Request-Id}
 * @param clientRequestId the client's own {@code X-Request-Id}, shortened and cleaned, or null
 * @param remoteAddress the peer's address
 * @param method the request's method
 * @param path the request's raw path, control characters replaced
 * @param userId who asked, or null for a stranger
 * @param provider who vouches for the user, or null
 * @param action the action decided on, or null if it did not come to that
 * @param status the status of the filter's answer; 0 where the application answers
 * @param reason the rule that allowed, or why it was refused
 */
public record AuthEvent(
    String requestId,
    @Nullable String clientRequestId,
    String remoteAddress,
    String method,
    String path,
    @Nullable String userId,
    @Nullable String provider,
    @Nullable AuthzAction action,
    int status,
    String reason) {
  /** Whether the filter refused the request. */
  public boolean refused() {
    return status >= 400;
  }
}
