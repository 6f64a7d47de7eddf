package io.chromaauth.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the filter's own answers. */
final class Answers {
  private Answers() {}

  /** A refusal. */
  static void refuse(HttpServletResponse response, Answer answer) throws IOException {
    for (Answer.Header header : answer.headers()) {
      response.addHeader(header.name(), header.value());
    }
    write(response, answer.status(), answer.body());
  }

  /** Status 200 and this JSON. */
  static void write(HttpServletResponse response, String json) throws IOException {
    write(response, HttpServletResponse.SC_OK, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpServletResponse response, int status, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    // no length: a container that is told it ends the answer with the last byte, and the connection
    // silently with it if it has not read the request's body; by itself it says so
    try {
      response.getOutputStream().write(body);
    } catch (IllegalStateException e) {
      // an include into an answer that is being written as text
      response.getWriter().write(new String(body, StandardCharsets.UTF_8));
    }
  }
}
