package io.chromaauth.demo.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that were found.
 *
 * @param embeddings of each record, or null if they were not asked for
 */
public record Page(List<StoredRecord> records, @Nullable List<float[]> embeddings) {
  public Page {
    records = List.copyOf(records);
    embeddings = embeddings == null ? null : List.copyOf(embeddings);
  }
}
