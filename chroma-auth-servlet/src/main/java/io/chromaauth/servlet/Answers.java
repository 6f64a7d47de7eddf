package io.chromaauth.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the filter's own answers. */
final class Answers {
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
      boolean here = length > 0 && body.available() >= length; // then the container takes it
      return !here && !body.isFinished();
    } catch (IllegalStateException e) {
      return true; // somebody before has a reader on it
    }
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
