package io.chromaauth.demo.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records to be written, by columns. A column that is null says nothing of any record, a null in it
 * nothing of that one.
 */
public record RecordBatch(
    List<String> ids,
    @Nullable List<float @Nullable []> embeddings,
    @Nullable List<@Nullable Map<String, MetadataValue>> metadatas,
    @Nullable List<@Nullable String> uris,
    @Nullable List<@Nullable String> documents) {

  /**
   * Checks what can be checked without the collection.
   *
   * @throws Refused if columns differ in length, an id is empty or embeddings differ in dimension
   */
  public RecordBatch {
    ids = List.copyOf(ids);
    if (differs(ids, embeddings)
        || differs(ids, metadatas)
        || differs(ids, uris)
        || differs(ids, documents)) {
      throw Refused.invalid(
          "Inconsistent number of IDs, embeddings, documents, URIs and metadatas");
    }
    if (ids.contains("")) {
      throw Refused.invalid("Empty ID, ID must have at least one character");
    }
    embeddings = embeddings == null ? null : Collections.unmodifiableList(embeddings);
    metadatas = metadatas == null ? null : Collections.unmodifiableList(metadatas);
    uris = uris == null ? null : Collections.unmodifiableList(uris);
    documents = documents == null ? null : Collections.unmodifiableList(documents);
    dimensionOf(embeddings);
  }

  private static boolean differs(List<String> ids, @Nullable List<?> column) {
    return column != null && column.size() != ids.size();
  }

  /** The dimension that all embeddings have, or null if there is none. */
  @Nullable Integer dimension() {
    return dimensionOf(embeddings);
  }

  private static @Nullable Integer dimensionOf(@Nullable List<float @Nullable []> embeddings) {
    Integer dimension = null;
    for (float[] embedding : embeddings == null ? List.<float[]>of() : embeddings) {
      if (embedding != null && dimension != null && dimension != embedding.length) {
        throw Refused.invalid("Inconsistent dimensions in provided embeddings");
      }
      dimension = embedding == null ? dimension : Integer.valueOf(embedding.length);
    }
    return dimension;
  }

  /** What it says of one record, or null if nothing. */
  static <T> @Nullable T at(@Nullable List<@Nullable T> column, int index) {
    return column == null ? null : column.get(index);
  }
}
