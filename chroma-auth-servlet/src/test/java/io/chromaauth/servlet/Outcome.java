package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call.
 *
 * @param response what the filter has written
 * @param passed the requests that reached the application: one or none
 */
record Outcome(FakeResponse response, List<HttpServletRequest> passed) {

  /** The filter's status, or 200 if the application answers. */
  int status() {
    if (!passed.isEmpty()) {
      assertEquals(1, passed.size(), "the application is called once");
      assertEquals(List.of(), response.written(), "nothing is written beside the application");
      return 200;
    }
    assertTrue(response.status > 0, "somebody must answer");
    return response.status;
  }

  boolean reachedTheApplication() {
    return !passed.isEmpty();
  }

  /** The request as the application sees it. */
  HttpServletRequest seen() {
    assertEquals(1, passed.size(), () -> "refused: " + body());
    return passed.get(0);
  }

  String body() {
    return response.text();
  }

  @Nullable String header(String name) {
    return response.header(name);
  }
}
