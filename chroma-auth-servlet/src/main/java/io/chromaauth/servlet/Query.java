package io.chromaauth.servlet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two parameters of a raw query string that name a resource. Read from the raw text, because
 * {@code getParameter} would consume a form's body.
 *
 * @param tenant the value of {@code tenant}, or null
 * @param database the value of {@code database}, or null
 * @param ambiguous whether one of them comes twice, empty or not decodable
 */
record Query(@Nullable String tenant, @Nullable String database, boolean ambiguous) {
  private static final String[] NOTHING = {};
  private static final Query EMPTY = new Query(null, null, false);
  private static final Query AMBIGUOUS = new Query(null, null, true);

  /** What a query string, null for none, says of tenant and database. */
  static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    if (!raw.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      return AMBIGUOUS; // what is forwarded would depend on how it is written out
    }
    List<String> tenants = values(raw, "tenant");
    List<String> databases = values(raw, "database");
    if (isAmbiguous(tenants) || isAmbiguous(databases)) {
      return AMBIGUOUS;
    }
    return new Query(
        tenants.isEmpty() ? null : tenants.get(0),
        databases.isEmpty() ? null : databases.get(0),
        false);
  }

  /** Whether it leaves none of the names to a default that a route takes from a query. */
  boolean tellsAll(Route route) {
    return route.names() != Route.Names.QUERY
        || (tenant != null && (database != null || !route.namesDatabaseInQuery()));
  }

  /** All values of a parameter, decoded; an empty text for one that can't be. */
  static List<String> values(@Nullable String raw, String name) {
    List<String> values = new ArrayList<>(1);
    for (String pair : raw == null ? NOTHING : raw.split("&", -1)) {
      if (name.equals(name(pair))) {
        int equals = pair.indexOf('=');
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.add(value == null ? "" : value);
      }
    }
    return values;
  }

  /** The name of a {@code name=value} pair, decoded; null if it can't be. */
  static @Nullable String name(String pair) {
    int equals = pair.indexOf('=');
    return decode(equals < 0 ? pair : pair.substring(0, equals));
  }

  private static boolean isAmbiguous(List<String> values) {
    return values.size() > 1 || (values.size() == 1 && values.get(0).isEmpty());
  }

  /** The text of {@code application/x-www-form-urlencoded}, or null if it is not that. */
  private static @Nullable String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    return PercentEncoding.decode(text.replace('+', ' '));
  }
}
