package io.chromaauth.servlet;

import io.chromaauth.settings.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds lines of a host's routes that can match a path which something else decides on: another
 * line, Chroma's API or an endpoint of ours. Which one decides must never depend on an order.
 */
final class Overlaps {
  private final List<String> prefix;
  private final Faults faults;

  /**
   * @param prefix where the Chroma API is mounted
   */
  Overlaps(List<String> prefix, Faults faults) {
    this.prefix = prefix;
    this.faults = faults;
  }

  /** Notes a fault for each line that overlaps with what is there, or with a line before it. */
  void check(List<HostRoutes.Line> lines) {
    List<Route> taken = new ArrayList<>();
    ChromaRoutes.DOCS.forEach(route -> taken.add(route.below(prefix)));
    taken.add(ChromaRoutes.CAN_I.below(prefix));
    for (String api : List.of("/api/v1/**", "/api/v2/**")) {
      taken.add(Route.of(Route.ANY_METHOD, api).below(prefix));
    }
    List<HostRoutes.Line> before = new ArrayList<>();
    for (HostRoutes.Line line : lines) {
      boolean isOurs = line.routes().stream().anyMatch(this::isCanI);
      line.routes().stream()
          .flatMap(r -> taken.stream().filter(t -> !isOurs && overlap(r.template(), t.template())))
          .findFirst()
          .ifPresent(other -> fault(line, "what " + other + " decides on already"));
      before.stream()
          .filter(other -> conflict(line, other))
          .findFirst()
          .ifPresent(other -> fault(line, "paths of " + other.place() + " '" + other.path() + "'"));
      before.add(line);
    }
  }

  /** Whether a line takes the path of our own endpoint, and nothing else, for the host. */
  boolean isCanI(Route route) {
    return route.template().equals(ChromaRoutes.CAN_I.below(prefix).template());
  }

  private void fault(HostRoutes.Line line, String found) {
    String expected = "paths that nothing else matches";
    faults.add(line.place(), "'" + line.path() + "', which can match " + found, expected, null);
  }

  /** The same template may stand twice with different methods; anything else must differ. */
  private static boolean conflict(HostRoutes.Line one, HostRoutes.Line two) {
    return one.routes().stream().anyMatch(a -> two.routes().stream().anyMatch(b -> conflict(a, b)));
  }

  private static boolean conflict(Route one, Route two) {
    boolean sameMethod =
        one.method().equals(two.method())
            || one.method().equals(Route.ANY_METHOD)
            || two.method().equals(Route.ANY_METHOD);
    boolean samePath = one.template().equals(two.template());
    return samePath ? sameMethod : overlap(one.template(), two.template());
  }

  /** Whether there is a path that both templates match. */
  static boolean overlap(List<String> one, List<String> two) {
    for (int i = 0; ; i++) {
      boolean endOne = i == one.size();
      boolean endTwo = i == two.size();
      if ((!endOne && one.get(i).equals(Route.REST))
          || (!endTwo && two.get(i).equals(Route.REST))) {
        return true;
      }
      if (endOne || endTwo) {
        return endOne && endTwo;
      }
      if (!isAny(one.get(i)) && !isAny(two.get(i)) && !Objects.equals(one.get(i), two.get(i))) {
        return false;
      }
    }
  }

  private static boolean isAny(String segment) {
    return segment.startsWith("{");
  }
}
