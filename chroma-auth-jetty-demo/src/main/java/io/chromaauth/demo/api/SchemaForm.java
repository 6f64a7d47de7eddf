package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reads the schema in the body that creates a collection. */
final class SchemaForm {
  private static final String VECTORS = "/float_list/vector_index/config";
  private static final String SPARSE = "/sparse_vector/sparse_vector_index/enabled";
  private static final JsonNode OF_CLIENTS = SchemaJson.of(IndexSettings.DEFAULT, List.of());

  private SchemaForm() {}

  /** Its settings, which keep it unless it is what clients send where nothing was said. */
  static IndexSettings created(JsonNode given) {
    ObjectNode schema = given.deepCopy();
    for (String part : List.of("defaults", "keys")) {
      if (!schema.has(part)) {
        throw ApiException.malformed("schema: missing field `" + part + "`");
      }
    }
    mustBeDense(schema);
    IndexSettings settings = vectors(schema.at("/keys/#embedding" + VECTORS));
    IndexSettings common = vectors(schema.at("/defaults" + VECTORS));
    boolean saysNothing = settings.isDefault() && common.isDefault() && agrees(schema, OF_CLIENTS);
    return saysNothing ? settings : settings.withSchema(schema);
  }

  private static IndexSettings vectors(JsonNode config) {
    if (config instanceof ObjectNode object) {
      object.remove("spann"); // Chroma's local server has no such index
    }
    IndexSettings settings = ConfigurationForm.spaceOnly("schema", config);
    JsonNode hnsw = ConfigurationForm.present(config, "hnsw");
    if (hnsw != null && hnsw.isObject()) {
      JsonNode space = Payload.MAPPER.getNodeFactory().textNode(settings.space().wireName());
      settings =
          IndexSettingsForm.created("schema.hnsw", hnsw.<ObjectNode>deepCopy().set("space", space));
    }
    return settings.withEmbeddingFunction(
        ConfigurationForm.embeddingFunction("schema.embedding_function", config));
  }

  private static void mustBeDense(JsonNode schema) {
    if (schema.at("/defaults" + SPARSE).asBoolean()) {
      throw ApiException.invalid(
          "Validation error: schema: Sparse vector index cannot be enabled by default. Please enable"
              + " sparse vector index on specific keys. At most one sparse vector index is allowed"
              + " for the collection.");
    }
    for (JsonNode key : schema.path("keys")) {
      if (key.at(SPARSE).asBoolean()) {
        throw irreconcilable(
            "Invalid schema input: Sparse vector indexing is not enabled in local");
      }
    }
  }

  static ApiException irreconcilable(String reason) {
    return ApiException.invalid("Failed to reconcile schema: " + reason);
  }

  /** Whether every index that is named is on or off as usual; parameters don't count. */
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
