package io.chromaauth.servlet;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a body that names something, whole and up to a limit. */
final class BodyReader {
  private final int limit;

  /**
   * @param limit in bytes
   */
  BodyReader(int limit) {
    this.limit = limit;
  }

  /** The body's bytes, or why they can't be had. */
  Result read(IncomingRequest request) throws IOException {
    if (request.contentLength() > limit) {
      return new Unread(Answer.tooLarge(limit), "body over the inspection limit");
    }
    if (isEncoded(request.header("Content-Encoding")) || isOtherCharset(request)) {
      return new Unread(
          Answer.badRequest("the body must be plain JSON in UTF-8"), "encoded or not UTF-8");
    }
    byte[] bytes = request.body().readNBytes(limit + 1);
    return bytes.length > limit
        ? new Unread(Answer.tooLarge(limit), "body over the inspection limit")
        : new Read(bytes);
  }

  private static boolean isEncoded(@Nullable String contentEncoding) {
    return contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity");
  }

  private static boolean isOtherCharset(IncomingRequest request) {
    String type = request.header("Content-Type");
    if (type == null) {
      return false; // Python clients until 0.6.3 send none
    }
    String lower = type.toLowerCase(Locale.ROOT);
    int charset = lower.indexOf("charset=");
    return charset >= 0 && !lower.substring(charset + 8).replace("\"", "").startsWith("utf-8");
  }

  /** A body read, or not. */
  sealed interface Result {}

  /** All of it. */
  @SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
  record Read(byte[] bytes) implements Result {}

  /** Not acceptable. */
  record Unread(Answer answer, String reason) implements Result {}
}
