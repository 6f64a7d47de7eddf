package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.MetadataValue;
import io.chromaauth.demo.store.MetadataValue.Many;
import io.chromaauth.demo.store.MetadataValue.Nothing;
import io.chromaauth.demo.store.MetadataValue.Real;
import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Truth;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How metadata is read. */
enum MetadataForm {
  /** Of what is new. */
  NEW("MetadataValue"),
  /** Of what is updated, where null removes a value. */
  UPDATE("UpdateMetadataValue");

  private final String type;

  MetadataForm(String type) {
    this.type = type;
  }

  /** Of records, for each of them one or none; null if the field is absent. */
  @Nullable List<@Nullable Map<String, MetadataValue>> ofRecords(Fields fields, String name) {
    JsonNode value = fields.optional(name);
    if (value == null) {
      return null;
    }
    List<@Nullable Map<String, MetadataValue>> all = new ArrayList<>();
    for (JsonNode element : Fields.elements(name, value)) {
      String path = name + "[" + all.size() + "]";
      Map<String, MetadataValue> metadata = element.isNull() ? null : read(path, element);
      if (metadata != null && fault(metadata) != null) {
        throw ApiException.invalid(
            "Validation error: " + name + ": Invalid metadata at index " + all.size());
      }
      all.add(metadata);
    }
    return all;
  }

  /** Of a collection; null if the field is absent. */
  @Nullable Map<String, MetadataValue> ofCollection(Fields fields, String name) {
    JsonNode value = fields.optional(name);
    if (value == null) {
      return null;
    }
    Map<String, MetadataValue> metadata = read(name, value);
    String fault = metadata.isEmpty() ? "Metadata cannot be empty" : fault(metadata);
    if (fault != null) {
      throw ApiException.invalid("Validation error: " + name + ": " + fault);
    }
    return metadata;
  }

  private static @Nullable String fault(Map<String, MetadataValue> metadata) {
    for (String name : metadata.keySet()) {
      if (name.isEmpty()) {
        return "Metadata key cannot be empty";
      }
      if (name.startsWith("#") || name.startsWith("$")) {
        return "Metadata key cannot start with '#' or '$': " + name;
      }
    }
    return null;
  }

  private Map<String, MetadataValue> read(String path, JsonNode object) {
    if (!object.isObject()) {
      throw Fields.wrongType(path, object, "a map");
    }
    Map<String, MetadataValue> metadata = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              String name = Texts.valid(path, entry.getKey());
              metadata.put(name, value(path + "." + name, name, entry.getValue()));
            });
    return metadata;
  }

  private MetadataValue value(String path, String name, JsonNode value) {
    if (value.isNull() && this == UPDATE) {
      return Nothing.NOTHING;
    }
    if (value.isObject() && value.path("#type").asText().equals("sparse_vector")) {
      throw ApiException.of(
          Fault.UNSUPPORTED,
          "Unimplemented: Sparse vector is not supported for local chroma: " + name);
    }
    MetadataValue scalar = scalar(path, value);
    if (scalar != null) {
      return scalar;
    }
    if (!value.isArray()) {
      throw mismatch(path);
    }
    return many(path, value);
  }

  private Many many(String path, JsonNode list) {
    List<MetadataValue> values = new ArrayList<>();
    boolean fractions = false;
    for (JsonNode element : list) {
      MetadataValue value = scalar(path, element);
      if (value == null) {
        throw mismatch(path);
      }
      fractions |= value instanceof Real;
      values.add(value);
    }
    if (fractions) {
      values.replaceAll(value -> value instanceof Whole whole ? new Real(whole.value()) : value);
    }
    if (values.stream().map(MetadataValue::kind).distinct().count() > 1) {
      throw mismatch(path);
    }
    return new Many(values);
  }

  /** A text, number or truth; null for anything else. */
  static @Nullable MetadataValue scalar(String path, JsonNode value) {
    if (value.isTextual()) {
      return new Text(Texts.valid(path, value.textValue()));
    }
    if (value.isBoolean()) {
      return new Truth(value.booleanValue());
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return new Whole(value.longValue());
    }
    if (!value.isNumber()) {
      return null;
    }
    if (Double.isInfinite(value.doubleValue())) {
      throw ApiException.notJson(path + ": number out of range");
    }
    return new Real(value.doubleValue());
  }

  private ApiException mismatch(String path) {
    return ApiException.malformed(
        path + ": data did not match any variant of untagged enum " + type);
  }
}
