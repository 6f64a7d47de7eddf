package io.chromaauth.demo.gateway;

import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The ways in which a forwarded request can end without the upstream's whole answer. */
enum UpstreamFailure {
  /** No connection was to be had, so the upstream has not seen the request. */
  UNREACHABLE(503, "InternalError", "The upstream server is not available", true),
  /** It closed, reset, broke off or answered what is not HTTP; it may have done the work. */
  BROKEN(502, "InternalError", "The upstream server did not give a valid answer", false),
  /** It was silent for too long; it may still be doing the work. */
  LATE(504, "InternalError", "The upstream server did not answer in time", true),
  /** The client was silent for too long in the middle of its body. */
  CLIENT_LATE(408, "InvalidArgumentError", "The request body did not arrive in time", false),
  /** The client's body broke off or is not HTTP. */
  CLIENT_BROKEN(400, "InvalidArgumentError", "The request body is not complete", false);

  private final int status;
  private final String error;
  private final String message;
  private final boolean retry;

  UpstreamFailure(int status, String error, String message, boolean retry) {
    this.status = status;
    this.error = error;
    this.message = message;
    this.retry = retry;
  }

  /**
   * Names a failure.
   *
   * @param cause what Jetty's client reported
   * @param begun whether the request had a connection to the upstream
   * @param clientFailure what went wrong on the client's side before, or null
   */
  static UpstreamFailure of(Throwable cause, boolean begun, @Nullable Throwable clientFailure) {
    if (clientFailure != null) {
      return clientFailure instanceof TimeoutException ? CLIENT_LATE : CLIENT_BROKEN;
    }
    if (!begun) {
      return UNREACHABLE;
    }
    return cause instanceof TimeoutException ? LATE : BROKEN;
  }

  /** What the client is told. */
  JsonAnswer answer() {
    return new JsonAnswer(status, error, message, retry);
  }

  /** Whether the client is at fault and not the upstream. */
  boolean isClients() {
    return this == CLIENT_LATE || this == CLIENT_BROKEN;
  }
}
