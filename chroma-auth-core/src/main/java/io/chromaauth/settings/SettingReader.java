package io.chromaauth.settings;

import io.chromaauth.Settings;
import io.chromaauth.settings.YamlNode.Mapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings as the types that they must have, and notes a fault for each that is not. */
public final class SettingReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|min|h)?");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(KiB|MiB|GiB|B)?");
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "t", "y");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "f", "n");

  private final Settings settings;
  private final Faults faults;

  /** Reads from these settings. */
  public SettingReader(Settings settings, Faults faults) {
    this.settings = settings;
    this.faults = faults;
  }

  /** The value as it is, unless it is wrapped in literal quotes. */
  public Optional<String> text(String name) {
    return settings.value(name).filter(value -> notQuoted(name, value, true));
  }

  /** As {@link #text}, for a value that no message may show. */
  public Optional<String> secret(String name) {
    return settings.value(name).filter(value -> notQuoted(name, value, false));
  }

  /** A boolean as Chroma's settings read one; false where it is absent. */
  public boolean flag(String name) {
    String value = text(name).orElse("false").toLowerCase(Locale.ROOT);
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      fault(name, "'" + value + "'", "true or false");
    }
    return TRUE.contains(value);
  }

  /** One of some words, exactly as written there; {@code absent} also after noting a fault. */
  public String choice(String name, String absent, Set<String> words) {
    String value = text(name).orElse(absent);
    if (!value.equals(absent) && !words.contains(value)) {
      String expected = "one of " + String.join(", ", words.stream().sorted().toList());
      fault(name, "'" + value + "'", expected, Nearest.fix(value, words));
      return absent;
    }
    return value;
  }

  /**
   * A length of time such as {@code 300s}, {@code 5m} or {@code 250ms}; a bare number is seconds.
   */
  public Duration duration(String name, Duration absent) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return absent;
    }
    Optional<Duration> duration = duration(value.get());
    if (duration.isEmpty()) {
      fault(name, "'" + value.get() + "'", "a time such as 300s, 5m or 250ms");
    }
    return duration.orElse(absent);
  }

  /** A length of time as written in a setting, or empty if it is not that. */
  public static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (unit(matcher, "s")) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofMinutes(number);
        });
  }

  /** A number of bytes such as {@code 8MiB} or {@code 1048576}. */
  public long bytes(String name, long absent) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return absent;
    }
    Matcher matcher = SIZE.matcher(value.get());
    if (!matcher.matches()) {
      fault(name, "'" + value.get() + "'", "a size such as 8MiB or 1048576");
      return absent;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (unit(matcher, "B")) {
      case "KiB" -> number << 10;
      case "MiB" -> number << 20;
      case "GiB" -> number << 30;
      default -> number;
    };
  }

  /** A whole number within limits. */
  public int number(String name, int absent, int least, int most) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return absent;
    }
    if (value.get().matches("\\d{1,9}")) {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    fault(name, "'" + value.get() + "'", "a number from " + least + " to " + most);
    return absent;
  }

  /** A list of texts as Chroma writes one, in JSON; empty if it is absent or wrong. */
  public List<String> texts(String name) {
    return document(name)
        .map(node -> yaml(name).texts(new Mapping(Map.of(name, node), 0), "", name))
        .orElse(List.of());
  }

  /** Lists of texts by name, in JSON; empty if the setting is absent. */
  public Optional<Map<String, List<String>>> lists(String name) {
    return document(name)
        .flatMap(node -> yaml(name).mapping(node, name))
        .map(
            mapping -> {
              Map<String, List<String>> lists = new LinkedHashMap<>();
              for (String key : mapping.entries().keySet()) {
                List<String> texts = yaml(name).texts(mapping, name + " ", key);
                lists.put(key, texts == null ? List.of() : texts);
              }
              return lists;
            });
  }

  /** Notes a fault of a setting. */
  public void fault(String name, String found, String expected) {
    fault(name, found, expected, null);
  }

  /** Notes a fault of a setting and what to do. */
  public void fault(String name, String found, String expected, @Nullable String fix) {
    faults.add(Place.of(settings, name), found, expected, fix);
  }

  /** JSON is YAML, of which there is a strict reader here already. */
  private Optional<YamlNode> document(String name) {
    return text(name)
        .flatMap(
            json -> YamlText.parse(json, Place.of(Place.of(settings, name).toString()), faults));
  }

  private YamlReader yaml(String name) {
    return new YamlReader(Place.of(settings, name), faults);
  }

  private boolean notQuoted(String name, String value, boolean shown) {
    char first = value.charAt(0);
    boolean quoted =
        value.length() > 1
            && (first == '"' || first == '\'')
            && value.charAt(value.length() - 1) == first;
    if (quoted) {
      fault(
          name,
          (shown ? "'" + value + "'" : "a value") + " with literal quotes around it",
          shown && value.length() > 2
              ? value.substring(1, value.length() - 1)
              : "the value without quotes",
          "remove them (in a list of a compose file quotes are part of the value)");
    }
    return !quoted;
  }

  private static String unit(Matcher matcher, String absent) {
    String unit = matcher.group(2);
    return unit == null ? absent : unit;
  }
}
