package io.chromaauth.demo.api;

import java.io.IOException;
import java.util.List;

/**
 * One row of the route table.
 *
 * @param template segments of the path; one in braces stands for any
 */
record Route(String method, List<String> template, Handler handler) {
  /** Answers a request, or throws an {@link ApiException}. */
  interface Handler {
    Answer answer(Call call) throws IOException;
  }

  Route {
    template = List.copyOf(template);
  }

  static Route get(String path, Handler handler) {
    return of("GET", path, handler);
  }

  static Route post(String path, Handler handler) {
    return of("POST", path, handler);
  }

  static Route put(String path, Handler handler) {
    return of("PUT", path, handler);
  }

  static Route patch(String path, Handler handler) {
    return of("PATCH", path, handler);
  }

  static Route delete(String path, Handler handler) {
    return of("DELETE", path, handler);
  }

  private static Route of(String method, String path, Handler handler) {
    return new Route(method, List.of(path.substring(1).split("/")), handler);
  }

  boolean isVersion1() {
    return template.size() > 1 && template.get(1).equals("v1");
  }
}
