package io.chromaauth.demo.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route of a request. Immutable. */
final class RouteTable {
  private final List<Route> routes;

  /**
   * @param routes a literal segment must stand before a placeholder at the same place
   */
  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** A route, and what the path says at its placeholders. */
  record Match(Route route, Map<String, String> path) {
    Match {
      path = Map.copyOf(path);
    }
  }

  /** The first route of this method and path; HEAD is the GET of the same path. */
  Optional<Match> match(String method, List<String> segments) {
    String sought = method.equals("HEAD") ? "GET" : method;
    return matches(segments).stream()
        .filter(match -> match.route().method().equals(sought))
        .findFirst();
  }

  /** The methods of this path, for an {@code Allow} header; none if there is no such path. */
  Optional<String> allowed(List<String> segments) {
    TreeSet<String> methods = new TreeSet<>();
    matches(segments).forEach(match -> methods.add(match.route().method()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", methods));
  }

  private List<Match> matches(List<String> segments) {
    List<Match> matches = new ArrayList<>();
    for (Route route : routes) {
      Map<String, String> path = new HashMap<>();
      if (fits(route.template(), segments, path)) {
        matches.add(new Match(route, path));
      }
    }
    return matches;
  }

  private static boolean fits(
      List<String> template, List<String> segments, Map<String, String> path) {
    if (template.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      String expected = template.get(i);
      if (expected.startsWith("{")) {
        path.put(expected.substring(1, expected.length() - 1), segments.get(i));
      } else if (!expected.equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }
}
