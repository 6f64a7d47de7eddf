package io.chromaauth.settings;

import io.chromaauth.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A place in the configuration, for a fault or a rule.
 *
 * @param where a file's path or a setting's source
 * @param line from 1, or 0 for none
 * @param key the setting or the key within the file, or null
 */
public record Place(String where, int line, @Nullable String key) {
  /** A file or source as a whole. */
  public static Place of(String where) {
    return new Place(where, 0, null);
  }

  /** A setting, in the source that it comes from and under the name that it has there. */
  public static Place of(Settings settings, String name) {
    String given = LegacyNames.givenName(settings, name);
    return new Place(settings.sourceOf(given), 0, given);
  }

  /** A line of the same file. */
  public Place line(int number) {
    return new Place(where, number, null);
  }

  /** A line and key of the same file. */
  public Place at(int number, String name) {
    return new Place(where, number, name);
  }

  @Override
  public String toString() {
    return where + (line > 0 ? ":" + line : "") + (key == null ? "" : " " + key);
  }
}
