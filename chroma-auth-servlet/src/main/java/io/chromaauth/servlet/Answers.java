package io.chromaauth.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Writes the filter's own answers. */
final class Answers {
  /** Bytes of a body that comes in one packet or a few. */
  private static final int SHORT = 8 * 1024;

  /** Milliseconds at most. */
  private static final int WAITS = 50;

  private Answers() {}

  /**
   * A refusal. Where it leaves a body unread that is still on its way, the connection ends with it
   * and the client is told so; else its next request there would be lost.
   */
  static void refuse(HttpServletRequest request, HttpServletResponse response, Answer answer)
      throws IOException {
    if (request.getProtocol().equals("HTTP/1.1") && leavesBodyUnread(request)) {
      response.setHeader("Connection", "close");
    }
    for (Answer.Header header : answer.headers()) {
      response.addHeader(header.name(), header.value());
    }
    write(response, answer.status(), answer.body());
  }

  private static boolean leavesBodyUnread(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    if (length <= 0 && request.getHeader("Transfer-Encoding") == null) {
      return false;
    }
    if (request.getHeader("Expect") != null) {
      return true; // to look would ask the client to send it
    }
    try {
      ServletInputStream body = request.getInputStream();
      return !body.isFinished() && !isHere(body, length);
    } catch (IllegalStateException e) {
      return true; // somebody before has a reader on it
    }
  }

  /**
   * Whether all of a body has come, which the container then takes. A short one may be some moments
   * behind its head: it is waited for, since many clients lose the answer where a connection ends
   * while they are sending.
   */
  private static boolean isHere(ServletInputStream body, long length) throws IOException {
    int waits = length > 0 && length <= SHORT ? WAITS : 0;
    try {
      for (int i = 0; i < waits && body.available() < length; i++) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return length > 0 && body.available() >= length;
  }

  /** Status 200 and this JSON. */
  static void write(HttpServletResponse response, String json) throws IOException {
    write(response, HttpServletResponse.SC_OK, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpServletResponse response, int status, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
