package io.chromaauth.demo.store;

import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collections and records for tests. */
final class Samples {
  static final Set<Field> NOTHING = Set.of();
  static final Set<Field> EVERYTHING = Set.of(Field.values());

  private Samples() {}

  static ChromaCollection collection(Store store, String name) {
    return collection(store, name, Space.L2);
  }

  static ChromaCollection collection(Store store, String name, Space space) {
    return store.catalog().create(draft(name, space));
  }

  static CollectionDraft draft(String name, Space space) {
    return new CollectionDraft("default_tenant", "default_database", name, space, "{}", null);
  }

  /** The collection as it is now. */
  static ChromaCollection now(Store store, ChromaCollection collection) {
    return store.catalog().collection(collection.id()).orElseThrow();
  }

  /** Records with vectors of two dimensions, a number and a document each. */
  static RecordBatch batch(String... ids) {
    List<String> all = List.of(ids);
    return new RecordBatch(
        all,
        all.stream().map(id -> new float[] {id.charAt(0), 1}).toList(),
        all.stream().map(id -> metadata(id.charAt(0))).toList(),
        null,
        all.stream().map(id -> "document of " + id).toList());
  }

  static Map<String, MetadataValue> metadata(long number) {
    return Map.of("number", new Whole(number), "text", new Text("t" + number));
  }

  /** One record of which only some columns are said. */
  static RecordBatch one(
      String id,
      float @Nullable [] vector,
      @Nullable Map<String, MetadataValue> metadata,
      @Nullable String document) {
    return new RecordBatch(
        List.of(id),
        java.util.Collections.singletonList(vector),
        java.util.Collections.singletonList(metadata),
        null,
        java.util.Collections.singletonList(document));
  }

  static Nearest atMost(int count) {
    return new Nearest(count, Budget.uncounted());
  }

  static List<String> ids(Page page) {
    return page.records().stream().map(StoredRecord::id).toList();
  }

  /** All ids of a collection in the store's order. */
  static List<String> ids(Store store, ChromaCollection collection) {
    return ids(store.records().get(collection, Selection.ALL, NOTHING, -1, 0));
  }

  static List<String> nearest(
      Store store, ChromaCollection collection, float[] query, int count, Selection selection) {
    List<Neighbours> found =
        store.records().query(now(store, collection), List.of(query), selection, count, NOTHING);
    return ids(found.get(0).page());
  }
}
