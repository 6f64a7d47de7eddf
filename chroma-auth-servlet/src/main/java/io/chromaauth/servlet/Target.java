package io.chromaauth.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path and query with some names in them replaced, as they are decided on and go on: nobody
 * encodes them a second time.
 *
 * @param path the raw path below the context path
 * @param query the raw query string, or null
 * @param segments by index the segments of the path that differ from the request's, decoded
 * @param parameters the values of {@code tenant} and {@code database} that differ, decoded
 */
record Target(
    String path,
    @Nullable String query,
    Map<Integer, String> segments,
    Map<String, String> parameters) {
  Target {
    segments = Map.copyOf(segments);
    parameters = Map.copyOf(parameters);
  }

  /** A path and query with these replacements; a parameter that is not there is added. */
  static Target of(
      String path,
      @Nullable String query,
      Map<Integer, String> segments,
      Map<String, String> parameters) {
    String[] raw = path.substring(1).split("/", -1);
    segments.forEach((index, name) -> raw[index] = PercentEncoding.encode(name));
    return new Target(
        "/" + String.join("/", raw), replaced(query, parameters), segments, parameters);
  }

  private static @Nullable String replaced(@Nullable String query, Map<String, String> values) {
    List<String> pairs = new ArrayList<>();
    if (query != null && !query.isEmpty()) {
      pairs.addAll(List.of(query.split("&", -1)));
    }
    values.forEach(
        (name, value) -> {
          pairs.removeIf(pair -> name.equals(Query.name(pair)));
          pairs.add(name + "=" + PercentEncoding.encode(value));
        });
    return pairs.isEmpty() ? query : String.join("&", pairs);
  }
}
