package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a body, read as what they must be. Each message names the field, what was found and
 * what was expected, as Chroma's do.
 */
final class Fields {
  private static final long MOST = 0xFFFF_FFFFL;

  private final Map<String, JsonNode> values;
  private final @Nullable List<float @Nullable []> embeddings;

  Fields(Map<String, JsonNode> values, @Nullable List<float @Nullable []> embeddings) {
    this.values = values;
    this.embeddings = embeddings;
  }

  /** Whether it is there, be it null. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A field that may be absent or null. */
  @Nullable JsonNode optional(String name) {
    JsonNode value = values.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Whether it is {@code {}}. */
  boolean isEmptyObject(String name) {
    JsonNode value = values.get(name);
    return value != null && value.isObject() && value.isEmpty();
  }

  /** A field that must be there, be it null. */
  JsonNode required(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /** The embeddings, or null if they are absent or null. */
  @Nullable List<float @Nullable []> embeddings() {
    return embeddings;
  }

  List<float @Nullable []> requiredEmbeddings(String name) {
    if (embeddings == null) {
      throw missing(name);
    }
    return embeddings;
  }

  String text(String name) {
    return text(name, required(name));
  }

  @Nullable String optionalText(String name) {
    JsonNode value = optional(name);
    return value == null ? null : text(name, value);
  }

  /** False if it is absent. */
  boolean flag(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrongType(name, value, "a boolean");
    }
    return value.booleanValue();
  }

  /** A whole number of 32 bits, not negative. */
  long number(String name, long otherwise) {
    JsonNode value = optional(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()) {
      throw wrongType(name, value, "u32");
    }
    if (!value.canConvertToLong() || value.longValue() < 0 || value.longValue() > MOST) {
      throw ApiException.malformed(
          name + ": invalid value: " + described(value) + ", expected u32");
    }
    return value.longValue();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name, required(name))) {
      texts.add(text(name + "[" + texts.size() + "]", element));
    }
    return texts;
  }

  @Nullable List<String> optionalTexts(String name) {
    return optional(name) == null ? null : texts(name);
  }

  /** Texts of which each may be null. */
  @Nullable List<@Nullable String> textsOrNulls(String name) {
    JsonNode value = optional(name);
    if (value == null) {
      return null;
    }
    List<@Nullable String> texts = new ArrayList<>();
    for (JsonNode element : elements(name, value)) {
      texts.add(element.isNull() ? null : text(name + "[" + texts.size() + "]", element));
    }
    return texts;
  }

  static JsonNode elements(String path, JsonNode value) {
    if (!value.isArray()) {
      throw wrongType(path, value, "a sequence");
    }
    return value;
  }

  static String text(String path, JsonNode value) {
    if (!value.isTextual()) {
      throw wrongType(path, value, "a string");
    }
    return Texts.valid(path, value.textValue());
  }

  static ApiException missing(String name) {
    return ApiException.malformed("missing field `" + name + "`");
  }

  static ApiException wrongType(String path, JsonNode found, String expected) {
    return ApiException.malformed(
        path + ": invalid type: " + described(found) + ", expected " + expected);
  }

  /** A value in the words of Chroma's own messages. */
  static String described(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "sequence";
      case OBJECT -> "map";
      case BOOLEAN -> "boolean `" + value.asText() + "`";
      case NUMBER ->
          (value.isIntegralNumber() ? "integer `" : "floating point `") + value.asText() + "`";
      case STRING -> value.toString().length() > 200 ? "a long string" : "string " + value;
      default -> "null";
    };
  }
}
