package io.chromaauth.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the filter's own answers. */
final class Answers {
  private Answers() {}

  /** An answer as it is. */
  static void write(HttpServletResponse response, Answer answer) throws IOException {
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
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
