package io.chromaauth.settings;

/**
 * Where a user stands in a file's list of users. There may be a million: the words are found when
 * somebody asks.
 *
 * @param source the file
 * @param line from 1
 * @param index in the list, from 0
 */
public record UserEntry(Place source, int line, int index) {
  /** The entry as a whole. */
  public Place place() {
    return source.at(line, key());
  }

  /** A key of the entry. */
  public Place at(String name) {
    return source.at(line, key() + "." + name);
  }

  private String key() {
    return "users[" + index + "]";
  }
}
