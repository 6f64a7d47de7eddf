package io.chromaauth.demo.store;

import java.util.List;

/** A value in metadata. */
public sealed interface MetadataValue {
  /** A text. */
  record Text(String value) implements MetadataValue {}

  /** A whole number. */
  record Whole(long value) implements MetadataValue {}

  /** A floating point number. */
  record Real(double value) implements MetadataValue {}

  /** True or false. */
  record Truth(boolean value) implements MetadataValue {}

  /** A list of scalars of one kind. */
  record Many(List<MetadataValue> values) implements MetadataValue {
    public Many {
      values = List.copyOf(values);
    }
  }

  /** No value: in an update it removes what is there, elsewhere it is ignored. */
  enum Nothing implements MetadataValue {
    NOTHING
  }

  /**
   * Chroma's name for the kind, as in a schema. Of a list, for its elements' kind; Chroma takes an
   * empty one for a list of truths.
   */
  default String kind() {
    if (this instanceof Many many) {
      return many.values().isEmpty() ? "bool" : many.values().get(0).kind();
    }
    if (this instanceof Text) {
      return "string";
    }
    if (this instanceof Whole) {
      return "int";
    }
    if (this instanceof Real) {
      return "float";
    }
    return this instanceof Truth ? "bool" : "none";
  }
}
