package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
  @TempDir Path folder;

  @Test
  void aReadWithinAReadIsRefusedAtOnce() throws Exception {
    try (Connections connections = Connections.open(folder.resolve("file"))) {
      assertThrows(
          IllegalStateException.class,
          () -> connections.read(one -> connections.read(other -> true)));
      assertEquals(1L, connections.<Long>read(one -> new Sql(one).number("SELECT 1")));
    }
  }

  @Test
  void manySearchesOfAFileAtOnceEnd() throws Exception {
    StoreLimits noMemory = StoreLimits.of(Duration.ofSeconds(10), 0);
    try (Store store = Store.open(folder, noMemory)) {
      ChromaCollection docs = Samples.collection(store, "docs");
      store.records().write(docs, WriteMode.ADD, Samples.batch("a", "b", "c"));
      ChromaCollection now = Samples.now(store, docs);
      Callable<List<Neighbours>> search =
          () ->
              store
                  .records()
                  .query(
                      now,
                      Collections.nCopies(20, new float[] {'a', 1}),
                      Selection.ALL,
                      3,
                      Set.of(Field.EMBEDDINGS));
      ExecutorService threads = Executors.newFixedThreadPool(40);
      try {
        List<Callable<List<Neighbours>>> all = Collections.nCopies(400, search);
        for (Future<List<Neighbours>> done : threads.invokeAll(all, 60, TimeUnit.SECONDS)) {
          assertEquals(List.of("a", "b", "c"), Samples.ids(done.get().get(0).page()));
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
