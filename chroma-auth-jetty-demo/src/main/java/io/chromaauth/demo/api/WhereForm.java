package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.DocumentRegex;
import io.chromaauth.demo.store.Filter;
import io.chromaauth.demo.store.Filter.Among;
import io.chromaauth.demo.store.Filter.And;
import io.chromaauth.demo.store.Filter.Compare;
import io.chromaauth.demo.store.Filter.Comparison;
import io.chromaauth.demo.store.Filter.DocumentContains;
import io.chromaauth.demo.store.Filter.DocumentMatches;
import io.chromaauth.demo.store.Filter.HasElement;
import io.chromaauth.demo.store.Filter.Not;
import io.chromaauth.demo.store.Filter.Or;
import io.chromaauth.demo.store.MetadataValue;
import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code where}, a condition on metadata. */
final class WhereForm {
  /** The name under which the document is meant. */
  private static final String DOCUMENT = "#document";

  private WhereForm() {}

  static Filter read(JsonNode where) {
    Map.Entry<String, JsonNode> only = only(where);
    String name = Texts.valid("where", only.getKey());
    JsonNode value = only.getValue();
    if (name.equals("$and") || name.equals("$or")) {
      List<Filter> parts = new ArrayList<>();
      if (!value.isArray()) {
        throw invalid();
      }
      value.forEach(part -> parts.add(read(part)));
      return name.equals("$and") ? new And(parts) : new Or(parts);
    }
    if (name.startsWith("$")) {
      throw invalid();
    }
    if (!value.isObject()) {
      return equal(name, scalar(value));
    }
    Map.Entry<String, JsonNode> operator = only(value);
    return operator(name, operator.getKey(), operator.getValue());
  }

  private static Filter operator(String name, String operator, JsonNode value) {
    return switch (operator) {
      case "$eq" -> equal(name, scalar(value));
      case "$ne" -> new Not(equal(name, scalar(value)));
      case "$lt" -> new Compare(name, Comparison.LESS, number(value));
      case "$lte" -> new Compare(name, Comparison.AT_MOST, number(value));
      case "$gt" -> new Compare(name, Comparison.GREATER, number(value));
      case "$gte" -> new Compare(name, Comparison.AT_LEAST, number(value));
      case "$in" -> among(name, value);
      case "$nin" -> new Not(among(name, value));
      case "$contains" -> contains(name, scalar(value));
      case "$not_contains" -> new Not(contains(name, scalar(value)));
      case "$regex" -> matches(name, scalar(value));
      case "$not_regex" -> new Not(matches(name, scalar(value)));
      default -> throw invalid();
    };
  }

  private static Filter equal(String name, MetadataValue value) {
    mustBeIndexed(name, value);
    return new Compare(name, Comparison.EQUAL, value);
  }

  private static Filter among(String name, JsonNode list) {
    List<MetadataValue> values = new ArrayList<>();
    list.forEach(element -> values.add(scalar(element)));
    boolean oneKind = values.stream().map(MetadataValue::kind).distinct().count() == 1;
    if (!list.isArray() || !oneKind) {
      throw invalid();
    }
    mustBeIndexed(name, values.get(0));
    return new Among(name, values);
  }

  private static Filter contains(String name, MetadataValue value) {
    if (!name.equals(DOCUMENT)) {
      return new HasElement(name, value);
    }
    return new DocumentContains(textOfDocument(name, value));
  }

  private static Filter matches(String name, MetadataValue value) {
    return new DocumentMatches(new DocumentRegex(textOfDocument(name, value)));
  }

  private static String textOfDocument(String name, MetadataValue value) {
    if (name.equals(DOCUMENT) && value instanceof Text text) {
      return text.value();
    }
    throw invalid();
  }

  private static void mustBeIndexed(String name, MetadataValue value) {
    if (name.equals(DOCUMENT) && value instanceof Text) {
      throw notIndexed(name, value.kind());
    }
  }

  /** What metadata of this name and kind can't be filtered by. */
  static ApiException notIndexed(String name, String kind) {
    String type =
        switch (kind) {
          case "string" -> "Str";
          case "int" -> "Int";
          case "float" -> "Float";
          default -> "Bool";
        };
    return ApiException.invalid(
        "Cannot filter using metadata key '"
            + name
            + "' with type '"
            + type
            + "' because indexing is disabled");
  }

  private static MetadataValue number(JsonNode value) {
    MetadataValue number = scalar(value);
    if (number instanceof Text || number instanceof Truth) {
      throw invalid();
    }
    return number;
  }

  private static MetadataValue scalar(JsonNode value) {
    boolean fits = !value.isIntegralNumber() || value.canConvertToLong();
    @Nullable MetadataValue scalar = fits ? MetadataForm.scalar("where", value) : null;
    if (scalar == null) {
      throw invalid();
    }
    return scalar;
  }

  private static Map.Entry<String, JsonNode> only(JsonNode object) {
    if (!object.isObject() || object.size() != 1) {
      throw invalid();
    }
    return object.properties().iterator().next();
  }

  private static ApiException invalid() {
    return ApiException.invalid("Invalid where clause");
  }
}
