package io.chromaauth.servlet;

import io.chromaauth.settings.Names;
import io.chromaauth.settings.SettingReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Paths that anyone may ask for, each with its methods ({@code CHROMA_SERVER_AUTH_IGNORE_PATHS}).
 * Exact; HEAD goes with GET. Immutable.
 */
final class PublicPaths {
  private static final List<String> GET = List.of("GET");

  private final Map<List<String>, Set<String>> methods;
  private final int longest;
  private final Set<String> opened;

  private PublicPaths(Map<List<String>, Set<String>> methods, Set<String> opened) {
    this.methods = Map.copyOf(methods);
    this.longest = methods.keySet().stream().mapToInt(List::size).max().orElse(0);
    this.opened = opened;
  }

  /** What the settings make public, noting entries that do not match a route. */
  static PublicPaths read(List<String> prefix, RouteTable routes, SettingReader reader) {
    Map<String, List<String>> entries =
        reader.lists(Names.IGNORE_PATHS).orElseGet(PublicPaths::byDefault);
    Map<List<String>, Set<String>> methods = new LinkedHashMap<>();
    Set<String> opened = new TreeSet<>();
    entries.forEach(
        (entry, names) -> {
          RequestPath path = below(prefix, RequestPath.parse(entry));
          for (String name : names) {
            String method = decidedAs(name.toUpperCase(Locale.ROOT));
            if (!(routes.match(method, path) instanceof RouteTable.Found found)
                || found.route().access() == Route.Access.CAN_I) { // of whom would it answer?
              notARoute(entry, method, reader);
            } else {
              methods.computeIfAbsent(path.segments(), any -> new LinkedHashSet<>()).add(method);
              if (!isMeantForAll(found.route())) {
                opened.add(method + " " + entry);
              }
            }
          }
        });
    return new PublicPaths(methods, opened);
  }

  /** Whether this request is public. */
  boolean contain(String method, RequestPath path) {
    if (path.size() > longest) {
      return false; // nearly every request: its path need not be hashed
    }
    Set<String> open = methods.get(path.segments());
    return open != null && open.contains(decidedAs(method));
  }

  /** Whether this request for this route is for anyone, by the settings or by the host's line. */
  boolean open(String method, RequestPath path, Route route) {
    return route.access() == Route.Access.HOST_PUBLIC || contain(method, path);
  }

  private static String decidedAs(String method) {
    return method.equals("HEAD") ? "GET" : method;
  }

  /** What is public beyond Chroma's own public paths, as {@code METHOD PATH}. */
  Set<String> opened() {
    return opened;
  }

  private static boolean isMeantForAll(Route route) {
    return route.access() == Route.Access.PUBLIC || route.access() == Route.Access.HOST_PUBLIC;
  }

  /** The public paths, sorted. */
  Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    methods.keySet().forEach(path -> paths.add("/" + String.join("/", path)));
    return paths;
  }

  private static Map<String, List<String>> byDefault() {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (String api : List.of("/api/v2", "/api/v1")) {
      paths.put(api, GET);
      paths.put(api + "/heartbeat", GET);
      paths.put(api + "/version", GET);
    }
    return paths;
  }

  private static RequestPath below(List<String> prefix, RequestPath path) {
    if (path.ambiguous()) {
      return path;
    }
    List<String> segments = new ArrayList<>(prefix);
    segments.addAll(path.segments());
    return RequestPath.of(segments);
  }

  private static void notARoute(String entry, String method, SettingReader reader) {
    reader.fault(
        Names.IGNORE_PATHS,
        "'" + method + " " + entry + "'",
        "a path of the Chroma API that begins with / and a method that it has",
        "for example {\"/api/v2/heartbeat\": [\"GET\"]}");
  }
}
