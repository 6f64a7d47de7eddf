package io.chromaauth.settings;

import java.util.List;
import java.util.Map;

/** A YAML document as read, with the line of every part. */
public sealed interface YamlNode {
  /** The line on which it begins, from 1. */
  int line();

  /** What it is, in words for a fault. */
  String kind();

  /**
   * A single value, its text as written.
   *
   * @param type what YAML 1.1 takes it for
   */
  record Scalar(String text, ScalarType type, int line) implements YamlNode {
    /** Without the text, which may be a token. */
    @Override
    public String toString() {
      return "Scalar[" + type + ", line " + line + "]";
    }

    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> "a text";
        case EMPTY -> "an empty value";
        case OTHER -> "a number, date or boolean";
      };
    }
  }

  /** What YAML 1.1 takes a scalar for. */
  enum ScalarType {
    TEXT,
    EMPTY,
    OTHER
  }

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping with unique text keys, in the order of the file. */
  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }
}
