package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chromaauth.demo.store.MetadataKind;
import java.util.List;

/**
 * A collection's schema as Chroma tells it: which kinds of metadata are indexed how, for names in
 * general and for those that records have had.
 */
final class SchemaJson {
  private final IndexSettings settings;
  private final ObjectNode schema = Payload.MAPPER.createObjectNode();

  private SchemaJson(IndexSettings settings) {
    this.settings = settings;
  }

  static JsonNode of(IndexSettings settings, List<MetadataKind> kinds) {
    SchemaJson made = new SchemaJson(settings);
    JsonNode given = settings.schema() == null ? MissingNode.getInstance() : settings.schema();
    ObjectNode defaults = made.schema.putObject("defaults");
    made.defaults(defaults);
    merge(defaults, given.path("defaults"));
    made.keys(made.schema.putObject("keys"), kinds); // what is new has the defaults
    merge(made.schema, given);
    return made.schema;
  }

  private void defaults(ObjectNode defaults) {
    texts(defaults, false);
    ObjectNode vectors = index(defaults, "float_list", "vector_index", false);
    vectorIndex(vectors, false);
    ObjectNode sparse = index(defaults, "sparse_vector", "sparse_vector_index", false);
    sparse.putObject("embedding_function").put("type", "unknown");
    sparse.put("bm25", false);
    for (String kind : List.of("int", "float", "bool")) {
      index(defaults, kind, kind + "_inverted_index", true);
    }
  }

  private void keys(ObjectNode keys, List<MetadataKind> kinds) {
    vectorIndex(index(keys.putObject("#embedding"), "float_list", "vector_index", true), true);
    texts(keys.putObject("#document"), true);
    for (MetadataKind kind : kinds) {
      keys.withObjectProperty(kind.name())
          .set(kind.kind(), schema.at("/defaults/" + kind.kind()).deepCopy());
    }
  }

  private static void texts(ObjectNode parent, boolean document) {
    ObjectNode text = parent.putObject("string");
    enabled(text, "fts_index", document);
    enabled(text, "string_inverted_index", !document);
  }

  private static ObjectNode index(ObjectNode parent, String kind, String index, boolean enabled) {
    return enabled(parent.putObject(kind), index, enabled);
  }

  private static ObjectNode enabled(ObjectNode parent, String index, boolean enabled) {
    ObjectNode made = parent.putObject(index);
    made.put("enabled", enabled);
    return made.putObject("config");
  }

  private void vectorIndex(ObjectNode config, boolean ofDocuments) {
    config.put("space", settings.space().wireName());
    if (settings.embeddingFunction() != null) {
      config.set("embedding_function", settings.embeddingFunction());
    }
    if (ofDocuments) {
      config.put("source_key", "#document");
    }
    ObjectNode hnsw = config.putObject("hnsw");
    hnsw.put("ef_construction", settings.efConstruction());
    hnsw.put("max_neighbors", settings.maxNeighbors());
    hnsw.put("ef_search", settings.efSearch());
    hnsw.put("num_threads", settings.threads());
    hnsw.put("batch_size", settings.batchSize());
    hnsw.put("sync_threshold", settings.syncThreshold());
    hnsw.put("resize_factor", settings.resizeFactor());
  }

  private static void merge(ObjectNode into, JsonNode from) {
    from.properties()
        .forEach(
            entry -> {
              JsonNode there = into.get(entry.getKey());
              if (there instanceof ObjectNode object && entry.getValue().isObject()) {
                merge(object, entry.getValue());
              } else if (!entry.getValue().isNull()) {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }
}
