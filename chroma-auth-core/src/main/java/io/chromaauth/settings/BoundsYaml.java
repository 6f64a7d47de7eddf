package io.chromaauth.settings;

import io.chromaauth.Bounds;
import io.chromaauth.settings.YamlNode.Mapping;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code tenant}, {@code databases} and {@code collections} of a user or role. */
public final class BoundsYaml {
  /** The keys that it reads. */
  public static final Set<String> KEYS = Set.of("tenant", "databases", "collections");

  private static final String ANY = "*";

  private BoundsYaml() {}

  /**
   * The bounds in a mapping: an absent key or {@code *} is no bound, an empty list nothing at all,
   * an empty value a fault.
   *
   * @param path the mapping's own path with a final dot, for faults
   */
  public static Bounds read(YamlReader reader, Mapping mapping, String path) {
    String tenant = reader.text(mapping, path, "tenant");
    List<String> databases = list(reader, mapping, path, "databases");
    List<String> collections = list(reader, mapping, path, "collections");
    Bounds bounds = new Bounds(ANY.equals(tenant) ? null : tenant, databases, collections);
    return bounds.levels().isEmpty() ? Bounds.NONE : bounds;
  }

  private static @Nullable List<String> list(
      YamlReader reader, Mapping mapping, String path, String name) {
    List<String> names = reader.texts(mapping, path, name);
    if (names == null || !names.contains(ANY)) {
      return names;
    }
    if (names.size() > 1) {
      int line = mapping.entries().getOrDefault(name, mapping).line();
      reader.add(line, path + name, "'*' beside names", "either '*' or names", null);
    }
    return null;
  }
}
