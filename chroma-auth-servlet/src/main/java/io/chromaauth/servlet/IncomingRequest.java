package io.chromaauth.servlet;

import io.chromaauth.RequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What the steps see of a request, one that was received or one that somebody asks about. */
interface IncomingRequest extends RequestHeaders {
  /** The method as sent. */
  String method();

  /** The raw path below the context path, or an empty text if it is not below it as written. */
  String path();

  /** The raw path as sent, for the log. */
  String rawUri();

  /** The raw query string, or null. */
  @Nullable String query();

  /** Whether another request includes it, whose own path a wrapper could not change. */
  boolean isIncluded();

  /**
   * Whether another request is forwarded here, or includes this: then the application sees that
   * one's parameters among its own (Servlet 6.0, 9.1.1).
   */
  boolean isDispatched();

  /** A header's first value, or null. */
  @Nullable String header(String name);

  /** How long the body is said to be, in bytes; -1 if that is not said. */
  long contentLength();

  /** The body. */
  InputStream body() throws IOException;

  /** The address of the client, as far as it is known. */
  String remoteAddress();
}
