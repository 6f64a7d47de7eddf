package io.chromaauth.settings;

import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the expected shapes out of a YAML document and notes a fault for every other. */
public final class YamlReader {
  /** How faults call the document's outermost mapping. */
  public static final String TOP = "top level";

  private final Place source;
  private final Faults faults;

  /** Within which this one reads an item of a list, or null for the document as a whole. */
  private final @Nullable YamlReader whole;

  private final String list;
  private final int index;

  /** For a document of this file or setting. */
  public YamlReader(Place source, Faults faults) {
    this(source, faults, null, "", 0);
  }

  private YamlReader(
      Place source, Faults faults, @Nullable YamlReader whole, String list, int index) {
    this.source = source;
    this.faults = faults;
    this.whole = whole;
    this.list = list;
    this.index = index;
  }

  /**
   * For an item of a list, within which keys are then counted; an empty one is the item itself.
   * There may be a million: the words for a fault are found when there is one.
   */
  public YamlReader item(String list, int index) {
    return new YamlReader(source, faults, this, list, index);
  }

  private String path(String key) {
    if (whole == null) {
      return key;
    }
    return whole.path(list + "[" + index + "]" + (key.isEmpty() ? "" : "." + key));
  }

  /** The node as a mapping that has no keys but the known ones. */
  public Optional<Mapping> mapping(YamlNode node, String key, Set<String> known) {
    return mapping(node, key, known, Set.of());
  }

  /** The same, and keys that are not offered: someone deals with them. */
  public Optional<Mapping> mapping(
      YamlNode node, String key, Set<String> known, Set<String> tolerated) {
    if (!(node instanceof Mapping mapping)) {
      wrongKind(node, key, "a mapping");
      return Optional.empty();
    }
    mapping
        .entries()
        .forEach(
            (name, value) -> {
              if (!tolerated.contains(name)) {
                checkKey(name, value, key, known);
              }
            });
    return Optional.of(mapping);
  }

  /** The node as a mapping with keys of the user's own choice. */
  public Optional<Mapping> mapping(YamlNode node, String key) {
    if (node instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    wrongKind(node, key, "a mapping");
    return Optional.empty();
  }

  /** The value of a key that must be there. */
  public Optional<YamlNode> required(Mapping mapping, String path, String name, String example) {
    YamlNode value = mapping.entries().get(name);
    if (value == null) {
      add(mapping.line(), path + name, "nothing", example, null);
    }
    return Optional.ofNullable(value);
  }

  /** The items of a list. */
  public List<YamlNode> items(YamlNode node, String key) {
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    wrongKind(node, key, "a list");
    return List.of();
  }

  /** The list of non-empty texts at a key, or null if the key is absent. */
  public @Nullable List<String> texts(Mapping mapping, String path, String name) {
    YamlNode node = mapping.entries().get(name);
    if (node == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items(node, path + name)) {
      if (item instanceof Scalar scalar && isText(scalar)) {
        texts.add(scalar.text());
      } else {
        wrongText(item, path + name + "[" + texts.size() + "]");
      }
    }
    return texts;
  }

  /** The text at a key, or null if the key is absent; an empty value is a fault. */
  public @Nullable String text(Mapping mapping, String path, String name) {
    YamlNode node = mapping.entries().get(name);
    if (node instanceof Scalar scalar && isText(scalar)) {
      return scalar.text();
    }
    if (node != null) {
      wrongText(node, path + name);
    }
    return null;
  }

  /** A non-empty text, as written in the file whatever YAML would take it for. */
  public Optional<String> text(YamlNode node, String key) {
    if (node instanceof Scalar scalar && isText(scalar)) {
      return Optional.of(scalar.text());
    }
    wrongText(node, key);
    return Optional.empty();
  }

  /** Where an item of the document's list of users stands. */
  public UserEntry user(int line, int index) {
    return new UserEntry(source, line, index);
  }

  /** A place in the document. */
  public Place at(int line, String key) {
    return source.at(line, path(key));
  }

  /** Notes a fault in the document. */
  public void add(int line, String key, String found, String expected, @Nullable String fix) {
    faults.add(at(line, key), found, expected, fix);
  }

  /** Notes that a name is none of the known ones. */
  public void unknown(int line, String key, String name, Collection<String> known, String what) {
    add(line, key, "'" + name + "'", what, Nearest.fix(name, known));
  }

  private static boolean isText(Scalar scalar) {
    return scalar.type() != ScalarType.EMPTY && !scalar.text().isEmpty();
  }

  private void wrongText(YamlNode node, String key) {
    wrongKind(node, key, "a text that is not empty");
  }

  private void checkKey(String name, YamlNode value, String key, Set<String> known) {
    if (!known.contains(name)) {
      String expected = "one of " + String.join(", ", known.stream().sorted().toList());
      unknown(value.line(), key, name, known, expected);
    }
  }

  private void wrongKind(YamlNode node, String key, String expected) {
    boolean emptyText = node instanceof Scalar scalar && scalar.text().isEmpty();
    add(node.line(), key, emptyText ? "an empty value" : node.kind(), expected, null);
  }
}
