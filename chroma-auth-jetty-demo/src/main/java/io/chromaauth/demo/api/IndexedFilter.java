package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.ChromaCollection;
import io.chromaauth.demo.store.Filter;
import io.chromaauth.demo.store.MetadataValue;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a collection's schema has switched off. Any filter would work here; not in Chroma.
 */
final class IndexedFilter {
  private final JsonNode schema;

  private IndexedFilter(JsonNode schema) {
    this.schema = schema;
  }

  static void check(ChromaCollection collection, @Nullable Filter filter) {
    if (filter == null) {
      return;
    }
    JsonNode schema = IndexSettings.parse(collection.configuration()).schema();
    if (schema != null) {
      new IndexedFilter(schema).check(filter);
    }
  }

  private void check(Filter filter) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(this::check);
    } else if (filter instanceof Filter.Or or) {
      or.parts().forEach(this::check);
    } else if (filter instanceof Filter.Not not) {
      check(not.part());
    } else if (filter instanceof Filter.Compare compare) {
      check(compare.name(), compare.value());
    } else if (filter instanceof Filter.Among among) {
      check(among.name(), among.values().get(0));
    } else if (filter instanceof Filter.HasElement has) {
      check(has.name(), has.element());
    } else if (!isEnabled("#document", "string", "fts_index")) {
      throw ApiException.invalid(
          "Cannot filter using full-text search because FTS indexing is disabled");
    }
  }

  private void check(String name, MetadataValue value) {
    String kind = value.kind();
    if (!isEnabled(name, kind, kind + "_inverted_index")) {
      throw WhereForm.notIndexed(name, kind);
    }
  }

  /** As its name has it, or else the defaults; what neither mentions is enabled. */
  private boolean isEnabled(String name, String kind, String index) {
    JsonNode own = schema.path("keys").path(name).path(kind).path(index).path("enabled");
    JsonNode common = schema.path("defaults").path(kind).path(index).path("enabled");
    boolean isDocument = name.equals("#document");
    return (own.isBoolean() || isDocument ? own : common).asBoolean(true);
  }
}
