package io.chromaauth.demo.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters after the question mark; which of them matter, the route knows. */
final class QueryString {
  private static final long MOST = 0xFFFF_FFFFL;

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> doubled = new HashSet<>();

  /**
   * @param raw as in the request, or null
   */
  QueryString(@Nullable String raw) {
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
        doubled.add(name);
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badQuery("invalid percent-encoding");
    }
  }

  String text(String name, String otherwise) {
    String value = value(name);
    return value == null ? otherwise : value;
  }

  /** A whole number of 32 bits, not negative. */
  long number(String name, long otherwise) {
    String value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value.isEmpty()) {
      throw ApiException.badQuery(name + ": cannot parse integer from empty string");
    }
    if (!value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ApiException.badQuery(name + ": invalid digit found in string");
    }
    if (value.length() > 10 || Long.parseLong(value) > MOST) {
      throw ApiException.badQuery(name + ": number too large to fit in target type");
    }
    return Long.parseLong(value);
  }

  private @Nullable String value(String name) {
    if (doubled.contains(name)) {
      throw ApiException.badQuery("duplicate field `" + name + "`");
    }
    return values.get(name);
  }
}
