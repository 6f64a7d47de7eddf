package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chromaauth.demo.store.Space;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collection's configuration. Only the space has an effect here, since search is exact; the rest
 * is kept and told as Chroma does.
 *
 * @param embeddingFunction what clients have written down about theirs, or null
 * @param schema what a client has given besides, or null
 */
record IndexSettings(
    Space space,
    long efConstruction,
    long efSearch,
    long maxNeighbors,
    long threads,
    long batchSize,
    long syncThreshold,
    double resizeFactor,
    @Nullable JsonNode embeddingFunction,
    @Nullable JsonNode schema) {

  static final IndexSettings DEFAULT =
      new IndexSettings(Space.L2, 100, 100, 16, 2, 100, 1000, 1.2, null, null);

  /** As it is stored. */
  static IndexSettings parse(String stored) {
    try {
      JsonNode json = Payload.MAPPER.readTree(stored);
      return new IndexSettings(
          Space.valueOf(json.required("space").textValue()),
          json.required("ef_construction").longValue(),
          json.required("ef_search").longValue(),
          json.required("max_neighbors").longValue(),
          json.required("num_threads").longValue(),
          json.required("batch_size").longValue(),
          json.required("sync_threshold").longValue(),
          json.required("resize_factor").doubleValue(),
          json.get("embedding_function"),
          json.get("schema"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored configuration can't be read", e);
    }
  }

  /** To be stored. */
  String text() {
    ObjectNode json = Payload.MAPPER.createObjectNode();
    json.put("space", space.name());
    json.put("ef_construction", efConstruction);
    json.put("ef_search", efSearch);
    json.put("max_neighbors", maxNeighbors);
    json.put("num_threads", threads);
    json.put("batch_size", batchSize);
    json.put("sync_threshold", syncThreshold);
    json.put("resize_factor", resizeFactor);
    Optional.ofNullable(embeddingFunction).ifPresent(it -> json.set("embedding_function", it));
    Optional.ofNullable(schema).ifPresent(it -> json.set("schema", it));
    return json.toString();
  }

  /** Whether it is what clients send where nothing was said. */
  boolean isDefault() {
    boolean usual =
        embeddingFunction == null || embeddingFunction.path("name").asText().equals("default");
    return usual && schema == null && withEmbeddingFunction(null).equals(DEFAULT);
  }

  IndexSettings withEmbeddingFunction(@Nullable JsonNode function) {
    return new IndexSettings(
        space,
        efConstruction,
        efSearch,
        maxNeighbors,
        threads,
        batchSize,
        syncThreshold,
        resizeFactor,
        function,
        schema);
  }

  IndexSettings withSchema(@Nullable JsonNode given) {
    return new IndexSettings(
        space,
        efConstruction,
        efSearch,
        maxNeighbors,
        threads,
        batchSize,
        syncThreshold,
        resizeFactor,
        embeddingFunction,
        given);
  }
}
