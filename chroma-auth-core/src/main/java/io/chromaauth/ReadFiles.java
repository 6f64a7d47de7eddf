package io.chromaauth;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files that a configuration was read from, and what they said. Not thread-safe. */
final class ReadFiles {
  /** No file's digest: whoever compares finds a change and reads again. */
  private static final String UNKNOWN = "";

  private final Map<Path, String> digests = new HashMap<>();

  /** A file that is named, whether it can be read or not. */
  void add(Path file) {
    digests.putIfAbsent(file, UNKNOWN);
  }

  /**
   * A file that has been read. One that says something else at another reading has changed in
   * between, and what was read first must not be taken for what holds.
   *
   * @param digest the SHA-256 of its text
   */
  void add(Path file, String digest) {
    String before = digests.put(file, digest);
    if (before != null && !before.equals(UNKNOWN) && !before.equals(digest)) {
      digests.put(file, "changed");
    }
  }

  /** Each with its digest; something else where that is not known. */
  Map<Path, String> digests() {
    return Map.copyOf(digests);
  }
}
