package io.chromaauth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of one filter or program, by Chroma's names in any case, each from the first source
 * that has it. A blank value counts as absent, as in Chroma. Immutable; prints no values.
 */
public final class Settings {
  private final List<Source> sources;

  private Settings(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Settings from one source, with a name for it, such as {@code init-param}. */
  public static Settings of(String source, Map<String, String> values) {
    return new Settings(List.of(new Source(source, upperCased(values))));
  }

  /** The Java system properties, then the environment of this process. */
  public static Settings ofProcess() {
    Properties properties = System.getProperties();
    Map<String, String> named = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(n -> named.put(n, properties.getProperty(n)));
    return of("system property", named).orElse(of("environment", System.getenv()));
  }

  /** These settings, and for what they lack the others. */
  public Settings orElse(Settings others) {
    List<Source> both = new ArrayList<>(sources);
    both.addAll(others.sources);
    return new Settings(both);
  }

  /** The value of a setting that is not blank, from the first source that has one. */
  public Optional<String> value(String name) {
    return source(name).map(s -> s.values().get(key(name)));
  }

  /** The name of the source that a setting comes from; {@code settings} if none has it. */
  public String sourceOf(String name) {
    return source(name)
        .or(() -> sources.stream().filter(s -> s.values().containsKey(key(name))).findFirst())
        .map(Source::name)
        .orElse("settings");
  }

  /** The names that begin with a prefix (upper case), from all sources, sorted. */
  public Set<String> names(String prefix) {
    Set<String> names = new TreeSet<>();
    sources.forEach(s -> names.addAll(s.values().keySet()));
    names.removeIf(n -> !n.startsWith(prefix));
    return names;
  }

  /** Whether any of these settings has a value. */
  public boolean hasAny(Collection<String> names) {
    return names.stream().anyMatch(n -> value(n).isPresent());
  }

  /** These settings, where values of these names are there and not told. */
  Settings hiding(Collection<String> names) {
    List<Source> hidden = new ArrayList<>();
    for (Source source : sources) {
      Map<String, String> values = new LinkedHashMap<>(source.values());
      names.forEach(name -> values.computeIfPresent(key(name), (n, v) -> v.isBlank() ? v : "***"));
      hidden.add(new Source(source.name(), values));
    }
    return new Settings(hidden);
  }

  @Override
  public String toString() {
    return "Settings" + sources.stream().map(Source::name).toList();
  }

  private Optional<Source> source(String name) {
    return sources.stream()
        .filter(s -> !s.values().getOrDefault(key(name), "").isBlank())
        .findFirst();
  }

  private static Map<String, String> upperCased(Map<String, String> values) {
    Map<String, String> result = new LinkedHashMap<>();
    values.forEach((name, value) -> result.putIfAbsent(key(name), value));
    values.forEach((name, value) -> result.computeIfPresent(name, (n, any) -> value));
    return result;
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private record Source(String name, Map<String, String> values) {
    @Override
    public String toString() {
      return name;
    }
  }
}
