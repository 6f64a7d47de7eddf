package io.chromaauth;

import java.time.Duration;
import java.util.Objects;

/**
 * What an {@link AuthenticationProvider} makes of a request. {@link NotPresented} alone lets the
 * next provider look.
 */
public sealed interface AuthnResult {
  /** The credentials are right. */
  record Authenticated(UserIdentity identity) implements AuthnResult {
    public Authenticated {
      Objects.requireNonNull(identity); // nobody is not let in
    }
  }

  /** The request bears no credentials of the provider's kind. */
  record NotPresented() implements AuthnResult {}

  /**
   * The credentials are of the provider's kind and not accepted.
   *
   * @param cause what the client is told
   * @param reason what the log is told: no secret, and of the client's words at most a user name
   */
  record Refused(Cause cause, String reason) implements AuthnResult {}

  /**
   * The credentials were not looked at: too many before them were wrong.
   *
   * @param retryAfter when to try again, more than zero
   * @param reason what the log is told; no secret
   */
  record Delayed(Duration retryAfter, String reason) implements AuthnResult {}

  /** Why credentials are not accepted, as far as the client may know. */
  enum Cause {
    /** Wrong, expired or malformed credentials: 401. */
    WRONG,
    /** More than one set of credentials, so that it is not clear who asks: 400. */
    AMBIGUOUS,
    /** They could not be checked now: 503. */
    UNAVAILABLE
  }

  /** The one value of {@link NotPresented}. */
  AuthnResult NOT_PRESENTED = new NotPresented();

  /** Wrong credentials, with a reason for the log. */
  static AuthnResult wrong(String reason) {
    return new Refused(Cause.WRONG, reason);
  }
}
