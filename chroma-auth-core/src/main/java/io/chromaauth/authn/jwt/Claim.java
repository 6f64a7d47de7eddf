package io.chromaauth.authn.jwt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a claim by its name or path, and reads it as one type. */
final class Claim {
  private Claim() {}

  /**
   * The claim of exactly this name; else, for {@code a.b}, what is found as {@code b} in the object
   * {@code a}; null if there is none.
   */
  static @Nullable Object find(Map<?, ?> claims, String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    int dot = path.indexOf('.');
    return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, path.substring(dot + 1))
        : null;
  }

  /** A text that is not empty, or null. */
  static @Nullable String text(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty() ? text : null;
  }

  /** A text, or an array of nothing else; no text at all if it is anything else or one is empty. */
  static List<String> texts(@Nullable Object value) {
    List<?> values =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object element : values) {
      String text = text(element);
      if (text == null) {
        return List.of();
      }
      texts.add(text);
    }
    return texts;
  }
}
