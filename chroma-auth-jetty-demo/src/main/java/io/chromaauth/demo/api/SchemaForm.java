package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reads the schema in the body that creates a collection. */
final class SchemaForm {
  private static final String VECTORS = "/float_list/vector_index/config";
  private static final JsonNode OF_CLIENTS = SchemaJson.of(IndexSettings.DEFAULT, List.of());

  private SchemaForm() {}

  /** Its settings, which keep it unless it is what clients send where nothing was said. */
  static IndexSettings created(JsonNode given) {
    ObjectNode schema = given.deepCopy();
    mustBeDense(schema);
    JsonNode own = schema.at("/keys/#embedding" + VECTORS);
    JsonNode common = schema.at("/defaults" + VECTORS);
    withoutSpann(own);
    withoutSpann(common);
    JsonNode config = own.isObject() ? own : common;
    IndexSettings settings = ConfigurationForm.spaceOnly("schema", config);
    JsonNode hnsw = ConfigurationForm.present(config, "hnsw");
    if (hnsw != null && hnsw.isObject()) {
      JsonNode space = Payload.MAPPER.getNodeFactory().textNode(settings.space().wireName());
      settings =
          IndexSettingsForm.created("schema.hnsw", hnsw.<ObjectNode>deepCopy().set("space", space));
    }
    settings =
        settings.withEmbeddingFunction(
            ConfigurationForm.embeddingFunction("schema.embedding_function", config));
    return settings.isDefault() && saysNothing(schema) ? settings : settings.withSchema(schema);
  }

  /** Chroma's local server has no other index. */
  private static void withoutSpann(JsonNode config) {
    if (config instanceof ObjectNode object) {
      object.remove("spann");
    }
  }

  private static void mustBeDense(JsonNode schema) {
    for (JsonNode key : schema.path("keys")) {
      if (key.at("/sparse_vector/sparse_vector_index/enabled").asBoolean()) {
        throw irreconcilable(
            "Invalid schema input: Sparse vector indexing is not enabled in local");
      }
    }
  }

  static ApiException irreconcilable(String reason) {
    return ApiException.invalid("Failed to reconcile schema: " + reason);
  }

  /** Whether every index that it names is on or off as by default. */
  private static boolean saysNothing(JsonNode schema) {
    return agrees(schema, OF_CLIENTS);
  }

  private static boolean agrees(JsonNode given, JsonNode usual) {
    if (!given.isObject()) {
      return true;
    }
    JsonNode enabled = given.get("enabled");
    if (enabled != null) {
      return enabled.asBoolean() == usual.path("enabled").asBoolean();
    }
    return given.properties().stream()
        .allMatch(
            entry ->
                entry.getKey().equals("config")
                    || entry.getValue().isNull()
                    || (usual.has(entry.getKey())
                        && agrees(entry.getValue(), usual.path(entry.getKey()))));
  }
}
