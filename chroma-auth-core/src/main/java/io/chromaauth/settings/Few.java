package io.chromaauth.settings;

import java.util.Collection;

/** Names for a line that people read. */
public final class Few {
  private static final int SHOWN = 10;

  private Few() {}

  /** The first ten in alphabetical order, and how many more there are. */
  public static String of(Collection<String> names) {
    String shown = String.join(", ", names.stream().sorted().limit(SHOWN).toList());
    int more = names.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
