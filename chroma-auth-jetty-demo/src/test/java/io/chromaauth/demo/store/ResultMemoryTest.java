package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What results, and indexes that are in use, may take of the memory. */
class ResultMemoryTest {
  private static final int LARGE = 1 << 20;
  private static final Set<Field> DOCUMENTS = Set.of(Field.DOCUMENTS);

  @TempDir Path folder;

  private final Budget memory = new Budget(4 * LARGE, "the answer", "ask for less");
  private Store store;
  private ChromaCollection docs;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(folder);
    docs = Samples.collection(store, "docs");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private void large(String id) {
    store
        .records()
        .write(docs, WriteMode.ADD, Samples.one(id, new float[] {1}, null, "x".repeat(LARGE)));
  }

  @Test
  void aDocumentThatManyQueriesFindIsThereOnce() {
    large("a");
    try (Budget.Share share = memory.share()) {
      List<Neighbours> found =
          store
              .records()
              .countedBy(share)
              .query(
                  Samples.now(store, docs),
                  Collections.nCopies(400, new float[] {1}),
                  Selection.ALL,
                  1,
                  DOCUMENTS);
      assertEquals(400, found.size());
      assertSame(
          found.get(0).page().records().get(0).document(),
          found.get(399).page().records().get(0).document());
      assertTrue(memory.taken() < 2 * LARGE);
    }
    assertEquals(0, memory.taken());
  }

  @Test
  void whatWouldTakeTooMuchIsRefused() {
    for (String id : List.of("a", "b", "c", "d")) {
      large(id);
    }
    ChromaCollection now = Samples.now(store, docs);
    for (Executable action :
        List.<Executable>of(
            () -> counted(records -> records.get(docs, Selection.ALL, DOCUMENTS, -1, 0)),
            () ->
                counted(
                    records ->
                        records.query(now, List.of(new float[] {1}), Selection.ALL, 4, DOCUMENTS)),
            () ->
                counted(
                    records ->
                        records.query(
                            now,
                            Collections.nCopies(20_000, new float[] {1}),
                            Selection.ALL,
                            4,
                            Samples.NOTHING)))) {
      Refused refused = assertThrows(Refused.class, action);
      assertEquals(Refused.Why.TOO_LARGE, refused.why());
      assertEquals(0, memory.taken());
    }
    counted(records -> records.get(docs, Selection.ALL, DOCUMENTS, 2, 0));
  }

  private interface Work {
    Object on(Records records);
  }

  private void counted(Work work) {
    try (Budget.Share share = memory.share()) {
      assertNotNull(work.on(store.records().countedBy(share)));
    }
  }

  @Test
  void anIndexInUseCountsUntilItsLastSearchHasEnded() {
    VectorIndex index = ExactIndex.empty(Space.L2, 1).with(added(0, 100));
    VectorMemory vectors = new VectorMemory(index.bytes() * 3 / 2);
    assertTrue(vectors.reserve(index.bytes()));
    assertEquals(index.bytes(), vectors.bytes());
    vectors.loaded(1, index, index.bytes());
    VectorMemory.Lease first = assertNotNullLease(vectors.use(1));
    VectorMemory.Lease second = assertNotNullLease(vectors.use(1));
    assertTrue(!vectors.reserve(index.bytes()), "both are in use");
    vectors.apply(1, added(100, 100));
    assertEquals(null, vectors.use(1), "grown too large");
    assertEquals(index.bytes(), vectors.bytes(), "still in use");
    first.close();
    assertTrue(!vectors.hasRoom(index.bytes()));
    second.close();
    assertEquals(0, vectors.bytes());
    assertTrue(vectors.reserve(index.bytes()));
  }

  private static VectorMemory.Lease assertNotNullLease(
      VectorMemory.@org.jspecify.annotations.Nullable Lease lease) {
    return java.util.Objects.requireNonNull(lease);
  }

  private static VectorChanges added(int from, int count) {
    VectorChanges changes = new VectorChanges();
    IntStream.range(from, from + count).forEach(i -> changes.add(i, new float[] {i}));
    return changes;
  }
}
