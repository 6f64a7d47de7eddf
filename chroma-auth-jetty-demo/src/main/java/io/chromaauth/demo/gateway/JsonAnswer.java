package io.chromaauth.demo.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer of the gateway's own, in the form that Chroma's clients read: fixed text, no details.
 *
 * @param status the HTTP status
 * @param error Chroma's name for the kind of error
 * @param message fixed text without quotes or backslashes
 * @param retry whether trying again in a second makes sense
 */
record JsonAnswer(int status, String error, String message, boolean retry) {
  static final String REQUEST_ID = "X-Request-Id";

  /** What Jetty refuses or fails by itself: the status's standard text. */
  static JsonAnswer ofStatus(int status) {
    return new JsonAnswer(
        status,
        errorOf(status),
        HttpStatus.getMessage(status),
        status == HttpStatus.SERVICE_UNAVAILABLE_503);
  }

  private static String errorOf(int status) {
    return switch (status) {
      case HttpStatus.UNAUTHORIZED_401, HttpStatus.FORBIDDEN_403 -> "AuthError";
      case HttpStatus.NOT_FOUND_404, HttpStatus.METHOD_NOT_ALLOWED_405 -> "NotFoundError";
      default -> status < 500 ? "InvalidArgumentError" : "InternalError";
    };
  }

  /** The id that the answer has, or a new one that it has from now on. */
  static String requestId(Response response) {
    String given = response.getHeaders().get(REQUEST_ID);
    if (given != null) {
      return given;
    }
    String made = UUID.randomUUID().toString();
    response.getHeaders().put(REQUEST_ID, made);
    return made;
  }

  /** Writes status, headers and body to an uncommitted response; then the callback. */
  void write(Response response, Callback callback) {
    requestId(response);
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(status);
    // no Content-Length: Jetty adds it, and the servlet layer would wait for the bytes if it saw it
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    if (retry) {
      headers.put(HttpHeader.RETRY_AFTER, "1");
    }
    String body = "{\"error\":\"" + error + "\",\"message\":\"" + message + "\"}";
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
  }
}
