package io.chromaauth.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
  private static final Query EMPTY = new Query(null, null, false);
  private static final Query AMBIGUOUS = new Query(null, null, true);

  /** What a query string, null for none, says of tenant and database. */
  static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    String tenant = null;
    String database = null;
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      boolean isTenant = "tenant".equals(name);
      if (isTenant || "database".equals(name)) {
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (value == null || value.isEmpty() || (isTenant ? tenant : database) != null) {
          return AMBIGUOUS;
        }
        tenant = isTenant ? value : tenant;
        database = isTenant ? database : value;
      }
    }
    return tenant == null && database == null ? EMPTY : new Query(tenant, database, false);
  }

  /** The text of {@code application/x-www-form-urlencoded}, or null if it is not that. */
  private static @Nullable String decode(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      return decoded.indexOf('\uFFFD') >= 0 ? null : decoded;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
