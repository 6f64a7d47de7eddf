package io.chromaauth.demo.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.demo.store.Filter.DocumentContains;
import io.chromaauth.demo.store.MetadataValue.Many;
import io.chromaauth.demo.store.MetadataValue.Nothing;
import io.chromaauth.demo.store.MetadataValue.Real;
import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Truth;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
  private static final float[] ORIGIN = {0, 0};

  @TempDir Path folder;

  private Store store;
  private Records records;
  private ChromaCollection docs;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(folder);
    records = store.records();
    docs = Samples.collection(store, "docs");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void addingLeavesRecordsThatAreThere() {
    records.write(docs, WriteMode.ADD, Samples.batch("a"));
    records.write(docs, WriteMode.ADD, Samples.one("a", new float[] {9, 9}, null, "other"));
    records.write(docs, WriteMode.ADD, Samples.batch("b", "b"));
    assertEquals(2, records.count(docs));
    assertEquals("document of a", record("a").document());
  }

  @Test
  void updatingChangesWhatIsSaidAndSkipsTheUnknown() {
    records.write(docs, WriteMode.ADD, Samples.batch("a", "b"));
    records.write(docs, WriteMode.UPDATE, Samples.one("a", null, null, "new"));
    records.write(docs, WriteMode.UPDATE, Samples.one("zz", new float[] {1, 1}, null, "new"));
    assertEquals("new", record("a").document());
    assertEquals("{\"number\":97,\"text\":\"t97\"}", sorted(metadata("a")));
    assertEquals(List.of("a", "b"), Samples.ids(store, docs));
  }

  @Test
  void anUpdateMergesMetadataAndRemovesWhatIsNothing() {
    records.write(docs, WriteMode.ADD, Samples.batch("a"));
    Map<String, MetadataValue> update =
        Map.of("text", Nothing.NOTHING, "new", new Truth(true), "list", new Many(List.of()));
    records.write(docs, WriteMode.UPDATE, Samples.one("a", null, update, null));
    assertEquals("{\"new\":true,\"number\":97}", sorted(metadata("a")));
    assertEquals(List.of(), selected(new Filter.Compare("text", EQUAL, new Text("t97"))));
    assertEquals(List.of("a"), selected(new Filter.Compare("new", EQUAL, new Truth(true))));
  }

  @Test
  void upsertingDoesBothAndKeepsTheOrderOfInsertion() {
    records.write(docs, WriteMode.ADD, Samples.batch("a", "b"));
    records.write(docs, WriteMode.UPSERT, Samples.batch("c", "a"));
    assertEquals(List.of("a", "b", "c"), Samples.ids(store, docs));
    records.delete(docs, new Selection(List.of("a"), null), -1);
    records.write(docs, WriteMode.UPSERT, Samples.batch("a"));
    assertEquals(List.of("b", "c", "a"), Samples.ids(store, docs));
  }

  @Test
  void theSameIdTwiceInAnUpsertIsTheLastOne() {
    List<float[]> vectors = List.of(new float[] {1, 1}, new float[] {2, 2});
    RecordBatch twice = new RecordBatch(List.of("a", "a"), vectors, null, null, List.of("1", "2"));
    records.write(docs, WriteMode.UPSERT, twice);
    assertEquals("2", record("a").document());
    assertArrayEquals(new float[] {2, 2}, vector("a"));
    assertEquals(List.of(0.0f), distances(new float[] {2, 2}));
  }

  @Test
  void aSearchSeesEveryWriteThatHasEnded() {
    assertEquals(List.of(), nearest(ORIGIN));
    records.write(docs, WriteMode.ADD, Samples.batch("b", "a"));
    assertEquals(List.of("a", "b"), nearest(ORIGIN));
    records.write(docs, WriteMode.UPDATE, Samples.one("b", new float[] {1, 0}, null, null));
    assertEquals(List.of("b", "a"), nearest(ORIGIN));
    records.delete(docs, new Selection(List.of("b"), null), -1);
    assertEquals(List.of("a"), nearest(ORIGIN));
    records.write(docs, WriteMode.ADD, Samples.batch("c"));
    assertEquals(List.of("a", "c"), nearest(ORIGIN));
  }

  @Test
  void nothingOfABatchStaysThatIsRefused() {
    records.write(docs, WriteMode.ADD, Samples.batch("a"));
    RecordBatch other = Samples.one("b", new float[] {1, 2, 3}, null, "three");
    Refused refused =
        assertThrows(Refused.class, () -> records.write(docs, WriteMode.UPSERT, other));
    assertEquals("Collection expecting embedding with dimension of 2, got 3", refused.getMessage());
    assertEquals(List.of("a"), Samples.ids(store, docs));
  }

  @Test
  void theFirstEmbeddingSetsTheDimensionForGood() {
    records.write(docs, WriteMode.UPDATE, Samples.one("zz", new float[] {1, 2, 3}, null, null));
    assertEquals(3, Samples.now(store, docs).dimension());
    assertThrows(Refused.class, () -> records.write(docs, WriteMode.ADD, Samples.batch("a")));
  }

  @Test
  void batchesThatContradictThemselvesAreRefused() {
    List<float[]> one = List.of(new float[] {1});
    assertThrows(Refused.class, () -> new RecordBatch(List.of("a", "b"), one, null, null, null));
    assertThrows(Refused.class, () -> new RecordBatch(List.of(""), one, null, null, null));
    assertThrows(
        Refused.class, () -> new RecordBatch(List.of("a"), one, null, List.of("x", "y"), null));
    List<float[]> mixed = List.of(new float[] {1}, new float[] {1, 2});
    assertThrows(Refused.class, () -> new RecordBatch(List.of("a", "b"), mixed, null, null, null));
  }

  @Test
  void metadataComesBackAsItWas() {
    Map<String, MetadataValue> metadata = new LinkedHashMap<>();
    metadata.put("whole", new Whole(9_007_199_254_740_993L));
    metadata.put("real", new Real(1e300));
    metadata.put("one", new Real(1));
    metadata.put("truth", new Truth(false));
    metadata.put("text", new Text("\u0000 \"'é\uD83D\uDE00"));
    metadata.put("list", new Many(List.of(new Text("x"), new Text("x"), new Text("y"))));
    metadata.put("chroma:hidden", new Whole(1));
    records.write(docs, WriteMode.ADD, Samples.one("a", ORIGIN, metadata, null));
    metadata.remove("chroma:hidden");
    assertEquals(metadata, MetadataJson.read(metadata("a")));
  }

  @Test
  void absentMetadataIsEmptyWhereThereIsAUri() {
    records.write(docs, WriteMode.ADD, Samples.one("a", ORIGIN, null, "document"));
    records.write(
        docs,
        WriteMode.ADD,
        new RecordBatch(List.of("b"), List.of(ORIGIN), null, List.of("http://b"), null));
    assertNull(record("a").metadata());
    assertEquals("{}", record("b").metadata());
  }

  @Test
  void onlyTheFieldsAskedForAreRead() {
    records.write(docs, WriteMode.ADD, Samples.batch("a"));
    Page bare = records.get(docs, Selection.ALL, Samples.NOTHING, -1, 0);
    assertEquals(List.of(new StoredRecord(1, "a", null, null, null)), bare.records());
    assertNull(bare.embeddings());
    assertArrayEquals(new float[] {'a', 1}, vector("a"));
  }

  @Test
  void pagesFollowTheOrderOfInsertion() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add("id" + i * 7 % 50);
    }
    records.write(docs, WriteMode.ADD, Samples.batch(ids.toArray(String[]::new)));
    assertEquals(
        ids.subList(10, 15), Samples.ids(records.get(docs, Selection.ALL, Samples.NOTHING, 5, 10)));
    assertEquals(List.of(), Samples.ids(records.get(docs, Selection.ALL, Samples.NOTHING, 0, 0)));
    Selection two = new Selection(List.of("id1", "id0", "nobody", "id0"), null);
    assertEquals(
        List.of("id0", "id1"), Samples.ids(records.get(docs, two, Samples.NOTHING, -1, 0)));
  }

  @Test
  void aSearchIsNarrowedByIdsAndFilters() {
    records.write(docs, WriteMode.ADD, Samples.batch("a", "b", "c"));
    Selection ids = new Selection(List.of("c", "b", "nobody"), null);
    assertEquals(List.of("b", "c"), Samples.nearest(store, docs, ORIGIN, 5, ids));
    Selection filter =
        new Selection(null, new Filter.Compare("number", Filter.Comparison.GREATER, new Whole(97)));
    assertEquals(List.of("b"), Samples.nearest(store, docs, ORIGIN, 1, filter));
    Selection none = new Selection(List.of(), null);
    assertEquals(List.of(), Samples.nearest(store, docs, ORIGIN, 5, none));
  }

  @Test
  void deletingTellsHowManyThereWereAndStopsAtALimit() {
    records.write(docs, WriteMode.ADD, Samples.batch("a", "b", "c", "d"));
    assertEquals(1, records.delete(docs, new Selection(List.of("b", "nobody"), null), -1));
    Selection documents = new Selection(null, new DocumentContains("document"));
    assertEquals(2, records.delete(docs, documents, 2));
    assertEquals(List.of("d"), Samples.ids(store, docs));
  }

  @Test
  void collectionsDoNotSeeEachOther() {
    ChromaCollection other = Samples.collection(store, "other");
    records.write(docs, WriteMode.ADD, Samples.batch("a", "b"));
    records.write(other, WriteMode.ADD, Samples.batch("a"));
    Filter everywhere = new DocumentContains("document of");
    assertEquals(List.of("a"), selected(other, everywhere));
    assertEquals(1, records.delete(other, new Selection(null, everywhere), -1));
    assertEquals(List.of("a", "b"), Samples.ids(store, docs));
    store.catalog().delete(other);
    assertEquals(List.of("a", "b"), selected(everywhere));
  }

  @Test
  void embeddingsMayHaveManyDimensions() {
    float[] wide = new float[4_096];
    wide[4_095] = 0.5f;
    records.write(docs, WriteMode.ADD, Samples.one("wide", wide, null, null));
    assertEquals(List.of(0.25f), distances(new float[4_096]));
  }

  private static final Filter.Comparison EQUAL = Filter.Comparison.EQUAL;

  private List<String> selected(Filter filter) {
    return selected(docs, filter);
  }

  private List<String> selected(ChromaCollection collection, Filter filter) {
    return Samples.ids(
        records.get(collection, new Selection(null, filter), Samples.NOTHING, -1, 0));
  }

  private StoredRecord record(String id) {
    Selection one = new Selection(List.of(id), null);
    return records.get(docs, one, Samples.EVERYTHING, -1, 0).records().get(0);
  }

  private String metadata(String id) {
    return requireNonNull(record(id).metadata());
  }

  private float[] vector(String id) {
    Selection one = new Selection(List.of(id), null);
    List<float[]> vectors = records.get(docs, one, Samples.EVERYTHING, -1, 0).embeddings();
    return requireNonNull(vectors).get(0);
  }

  private List<String> nearest(float[] query) {
    return Samples.nearest(store, docs, query, 10, Selection.ALL);
  }

  private List<Float> distances(float[] query) {
    ChromaCollection now = Samples.now(store, docs);
    return records
        .query(now, List.of(query), Selection.ALL, 10, Samples.NOTHING)
        .get(0)
        .distances();
  }

  private static String sorted(String json) {
    return MetadataJson.write(new java.util.TreeMap<>(MetadataJson.read(json)));
  }
}
