package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A request and what becomes of it.
 *
 * @param reached whether the application is called
 */
record Row(String name, Ask request, int status, boolean reached) {
  /** One that the application answers. */
  static Row passes(String name, Ask request) {
    return new Row(name, request, 200, true);
  }

  /** One that the filter answers. */
  static Row refused(String name, Ask request, int status) {
    return new Row(name, request, status, false);
  }

  /** The same below a path. */
  Row below(String path) {
    Ask lower =
        new Ask(request.method(), path + request.target(), request.headers(), request.body());
    return new Row(name, lower, status, reached);
  }

  /** Fails unless this is the right answer. */
  void check(Reply reply) {
    assertEquals(status, reply.status(), reply::toString);
    assertEquals(reached, reply.reached(), reply::toString);
  }

  @Override
  public String toString() {
    return name;
  }
}
