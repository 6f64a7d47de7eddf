package io.chromaauth.hosts;

import java.util.List;

/**
 * A servlet, or a filter that stands before ours.
 *
 * @param type its class, with a constructor that takes nothing
 * @param patterns what it is mapped to
 */
public record Part(Class<?> type, List<String> patterns) {
  public Part {
    patterns = List.copyOf(patterns);
  }

  /** A part that is mapped to these. */
  public static Part of(Class<?> type, String... patterns) {
    return new Part(type, List.of(patterns));
  }

  /** Its name in the application. */
  public String name() {
    return type.getSimpleName() + patterns;
  }
}
