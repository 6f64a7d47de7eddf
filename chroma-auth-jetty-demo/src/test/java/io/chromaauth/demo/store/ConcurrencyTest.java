package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int WRITERS = 4;
  private static final int WRITES = 60;

  @Test
  void writersAndReadersAtOnceLoseNothing(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(folder)) {
      ChromaCollection docs = Samples.collection(store, "docs");
      store.records().write(docs, WriteMode.ADD, Samples.batch("first"));
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "w" + i;
        work.add(() -> write(store, docs, name));
        work.add(() -> read(store, docs));
      }
      runAll(work);
      assertEquals(1 + WRITERS * WRITES / 2, store.records().count(docs));
      assertEquals(
          1 + WRITERS * WRITES / 2,
          Samples.nearest(store, docs, new float[] {0, 0}, 10_000, Selection.ALL).size());
    }
  }

  /** Each of its records is found as soon as its write has ended, until it is deleted. */
  private static Void write(Store store, ChromaCollection docs, String name) {
    for (int i = 0; i < WRITES; i++) {
      String id = name + "-" + i;
      store.records().write(docs, WriteMode.ADD, Samples.batch(id));
      Selection one = new Selection(List.of(id), null);
      assertEquals(List.of(id), Samples.nearest(store, docs, new float[] {0, 0}, 1, one));
      if (i % 2 == 1) {
        assertEquals(1, store.records().delete(docs, one, -1));
        assertEquals(List.of(), Samples.nearest(store, docs, new float[] {0, 0}, 1, one));
      }
    }
    return null;
  }

  private static Void read(Store store, ChromaCollection docs) {
    for (int i = 0; i < WRITES; i++) {
      List<String> found = Samples.nearest(store, docs, new float[] {0, 0}, 5, Selection.ALL);
      assertTrue(!found.isEmpty());
      assertTrue(Samples.ids(store, docs).contains("first"));
    }
    return null;
  }

  private static void runAll(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
