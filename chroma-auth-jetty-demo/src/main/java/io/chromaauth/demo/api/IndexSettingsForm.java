package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.Space;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of an index: under {@code hnsw} in a configuration, under {@code
 * hnsw_configuration} as clients up to 0.6.3 send them, or as {@code hnsw:} names in metadata as
 * before that.
 */
final class IndexSettingsForm {
  private static final List<String> CREATED =
      List.of(
          "space",
          "ef_construction",
          "ef_search",
          "max_neighbors",
          "num_threads",
          "resize_factor",
          "sync_threshold",
          "batch_size");
  private static final List<String> UPDATED =
      CREATED.stream()
          .filter(name -> !name.equals("space") && !name.equals("ef_construction"))
          .toList();

  /** Names of older generations by today's. */
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "M", "max_neighbors",
          "construction_ef", "ef_construction",
          "search_ef", "ef_search");

  private final String path;
  private final IndexSettings base;
  private final Map<String, JsonNode> given;

  private IndexSettingsForm(String path, IndexSettings base, Map<String, JsonNode> given) {
    this.path = path;
    this.base = base;
    this.given = given;
  }

  /** Of a collection to be created. */
  static IndexSettings created(String path, @Nullable JsonNode hnsw) {
    return read(path, IndexSettings.DEFAULT, hnsw, CREATED);
  }

  /** Of a collection that is there. */
  static IndexSettings updated(String path, IndexSettings base, @Nullable JsonNode hnsw) {
    return read(path, base, hnsw, UPDATED);
  }

  private static IndexSettings read(
      String path, IndexSettings base, @Nullable JsonNode hnsw, List<String> allowed) {
    if (hnsw == null || hnsw.isNull()) {
      return base;
    }
    if (!hnsw.isObject()) {
      throw Fields.wrongType(path, hnsw, "struct HnswConfiguration");
    }
    Map<String, JsonNode> given = named(hnsw);
    for (String name : given.keySet()) {
      if (!allowed.contains(name)) {
        String names = allowed.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
        throw ApiException.malformed(
            path + "." + name + ": unknown field `" + name + "`, expected one of " + names);
      }
    }
    return new IndexSettingsForm(path + ".", base, given).settings();
  }

  /** As clients up to 0.6.3 send it; what has an effect nowhere is left out. */
  static IndexSettings beforeChroma1(JsonNode hnsw) {
    Map<String, JsonNode> given = named(hnsw);
    given.keySet().retainAll(CREATED);
    return new IndexSettingsForm("configuration.", IndexSettings.DEFAULT, given).settings();
  }

  /** From a collection's metadata, where there is something of the kind. */
  static IndexSettings ofMetadata(@Nullable JsonNode metadata) {
    Map<String, JsonNode> given =
        metadata == null
            ? Map.of()
            : metadata.properties().stream()
                .filter(entry -> entry.getKey().startsWith("hnsw:"))
                .collect(
                    Collectors.toMap(
                        entry -> today(entry.getKey().substring("hnsw:".length())),
                        Map.Entry::getValue));
    try {
      if (CREATED.containsAll(given.keySet())) {
        return new IndexSettingsForm("metadata.", IndexSettings.DEFAULT, given).settings();
      }
    } catch (ApiException e) {
      // said below, as Chroma does
    }
    throw ApiException.invalid("Failed to parse hnsw parameters from segment metadata");
  }

  private static Map<String, JsonNode> named(JsonNode hnsw) {
    return hnsw.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .collect(Collectors.toMap(entry -> today(entry.getKey()), Map.Entry::getValue));
  }

  private static String today(String name) {
    return OLD_NAMES.getOrDefault(name, name);
  }

  private IndexSettings settings() {
    return new IndexSettings(
        space(),
        number("ef_construction", base.efConstruction()),
        number("ef_search", base.efSearch()),
        number("max_neighbors", base.maxNeighbors()),
        number("num_threads", base.threads()),
        number("batch_size", base.batchSize()),
        number("sync_threshold", base.syncThreshold()),
        factor(),
        base.embeddingFunction(),
        base.schema());
  }

  private Space space() {
    JsonNode value = given.get("space");
    if (value == null) {
      return base.space();
    }
    if (!value.isTextual()) {
      throw ApiException.notJson(path + "space: expected value");
    }
    return Space.named(value.textValue())
        .orElseThrow(
            () ->
                ApiException.malformed(
                    path
                        + "space: unknown variant `"
                        + value.textValue()
                        + "`, expected one of `l2`, `cosine`, `ip`"));
  }

  private long number(String name, long otherwise) {
    JsonNode value = given.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()) {
      throw Fields.wrongType(path + name, value, "usize");
    }
    if (!value.canConvertToLong() || value.longValue() < 0) {
      throw ApiException.malformed(
          path + name + ": invalid value: " + Fields.described(value) + ", expected usize");
    }
    return value.longValue();
  }

  private double factor() {
    JsonNode value = given.get("resize_factor");
    if (value == null) {
      return base.resizeFactor();
    }
    if (!value.isNumber()) {
      throw Fields.wrongType(path + "resize_factor", value, "f64");
    }
    return value.doubleValue();
  }
}
