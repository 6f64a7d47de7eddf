package io.chromaauth.demo.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

/** The gateway's own answers, as clients see them. */
final class OwnAnswers {
  static final String UNREACHABLE =
      "{\"error\":\"InternalError\",\"message\":\"The upstream server is not available\"}";
  static final String BROKEN =
      "{\"error\":\"InternalError\","
          + "\"message\":\"The upstream server did not give a valid answer\"}";
  static final String LATE =
      "{\"error\":\"InternalError\",\"message\":\"The upstream server did not answer in time\"}";

  private OwnAnswers() {}

  static void assertJson(int status, String body, Wire.Message answer) {
    assertEquals(status, answer.status());
    assertEquals(body, answer.text());
    assertEquals(Optional.of("application/json"), answer.header("Content-Type"));
    assertEquals(36, answer.header("X-Request-Id").orElseThrow().length());
    assertEquals(status == 502 ? 0 : 1, answer.all("Retry-After").size());
  }
}
