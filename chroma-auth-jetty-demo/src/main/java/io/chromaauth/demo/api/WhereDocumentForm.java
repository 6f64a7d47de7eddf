package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.DocumentRegex;
import io.chromaauth.demo.store.Filter;
import io.chromaauth.demo.store.Filter.And;
import io.chromaauth.demo.store.Filter.DocumentContains;
import io.chromaauth.demo.store.Filter.DocumentMatches;
import io.chromaauth.demo.store.Filter.Not;
import io.chromaauth.demo.store.Filter.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code where_document}, a condition on documents. */
final class WhereDocumentForm {
  private WhereDocumentForm() {}

  static Filter read(JsonNode where) {
    if (!where.isObject() || where.size() != 1) {
      throw invalid();
    }
    Map.Entry<String, JsonNode> only = where.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "$and" -> new And(parts(value));
      case "$or" -> new Or(parts(value));
      case "$contains" -> new DocumentContains(text(value));
      case "$not_contains" -> new Not(new DocumentContains(text(value)));
      case "$regex" -> new DocumentMatches(new DocumentRegex(text(value)));
      case "$not_regex" -> new Not(new DocumentMatches(new DocumentRegex(text(value))));
      default -> throw invalid();
    };
  }

  private static List<Filter> parts(JsonNode list) {
    if (!list.isArray()) {
      throw invalid();
    }
    List<Filter> parts = new ArrayList<>();
    list.forEach(part -> parts.add(read(part)));
    return parts;
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw invalid();
    }
    return Texts.valid("where_document", value.textValue());
  }

  private static ApiException invalid() {
    return ApiException.invalid("Invalid where document clause");
  }
}
