package io.chromaauth;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configuration is not right: all that is wrong with it, one line for each fault. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault is one line, whatever a file or a setting holds. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private final transient List<Fault> faults;

  /** With these faults, at least one. */
  public ConfigException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** With one fault. */
  public ConfigException(Fault fault) {
    this(List.of(fault));
  }

  /** What is wrong, in the order in which it was found. */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * One thing that is wrong, in words for the person who has to mend it. Never holds a secret.
   *
   * @param where a file's path, or the source of a setting such as {@code environment}
   * @param line the line in the file, from 1; 0 where there is none
   * @param key the setting or the key within the file, or null
   * @param found what stands there
   * @param expected what may stand there
   * @param fix what to do, a command where there is one; null if {@code expected} says it all
   */
  public record Fault(
      String where,
      int line,
      @Nullable String key,
      String found,
      String expected,
      @Nullable String fix) {
    @Override
    public String toString() {
      String text =
          where
              + (line > 0 ? ":" + line : "")
              + (key == null ? "" : " (" + key + ")")
              + ": found "
              + found
              + ", expected "
              + expected
              + (fix == null ? "" : "; fix: " + fix);
      return CONTROL.matcher(text).replaceAll("?");
    }
  }
}
