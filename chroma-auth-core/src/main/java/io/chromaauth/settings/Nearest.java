package io.chromaauth.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Guesses which known word a misspelt one was meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The candidate that differs least from the word, if it differs by at most a third of it. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String lower = word.toLowerCase(Locale.ROOT);
    int most = Math.max(2, word.length() / 3);
    return candidates.stream()
        .filter(c -> Math.abs(c.length() - lower.length()) <= most) // a word may be megabytes long
        .min(
            Comparator.<String>comparingInt(c -> distance(lower, c.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder())) // the same one in each JVM
        .filter(c -> distance(lower, c.toLowerCase(Locale.ROOT)) <= most);
  }

  /** A fix that names the nearest candidate, or null if none is near. */
  public static @Nullable String fix(String word, Collection<String> candidates) {
    return to(word, candidates).map(near -> "did you mean '" + near + "'?").orElse(null);
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String two) {
    int[] row = new int[two.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[two.length()];
  }
}
