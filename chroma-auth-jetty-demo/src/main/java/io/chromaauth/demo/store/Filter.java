package io.chromaauth.demo.store;

import java.util.List;

/** Which records are meant, by their metadata and documents. */
public sealed interface Filter {
  /** All of them hold; none at all holds for every record. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of them holds. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** It does not hold: records without the name it asks for are meant as well. */
  record Not(Filter part) implements Filter {}

  /** The value of a name compares so; numbers with numbers, everything else with its own kind. */
  record Compare(String name, Comparison comparison, MetadataValue value) implements Filter {}

  /** The value of a name is one of these, which are all of one kind. */
  record Among(String name, List<MetadataValue> values) implements Filter {
    public Among {
      values = List.copyOf(values);
    }
  }

  /** The list of a name has this element. */
  record HasElement(String name, MetadataValue element) implements Filter {}

  /** There is a document with this text in it. */
  record DocumentContains(String text) implements Filter {}

  /** There is a document in which this regular expression finds something. */
  record DocumentMatches(DocumentRegex regex) implements Filter {}

  /** How a value compares. */
  enum Comparison {
    EQUAL("="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sql;

    Comparison(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }
}
