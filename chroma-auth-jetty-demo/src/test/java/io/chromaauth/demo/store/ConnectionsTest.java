package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
  void whoWaitsTooLongForAConnectionIsToldSo() throws Exception {
    Duration patience = Duration.ofMillis(100);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (Connections connections = Connections.open(folder.resolve("file"), patience)) {
      CountDownLatch begun = new CountDownLatch(8);
      Callable<Boolean> hold =
          () ->
              connections.read(
                  "greedy",
                  connection -> {
                    begun.countDown();
                    return waited(end);
                  });
      List<Future<Boolean>> held = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        held.add(threads.submit(hold));
      }
      begun.await();
      Refused refused = assertThrows(Refused.class, () -> connections.read("greedy", one -> true));
      assertEquals(Refused.Why.BUSY, refused.why());
      assertEquals(true, connections.<Boolean>read("other", one -> true));
      end.countDown();
      for (Future<Boolean> done : held) {
        assertEquals(true, done.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean waited(CountDownLatch end) {
    try {
      return end.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void aFilterEndsAtItsTimeAndTheConnectionGoesOn() throws Exception {
    try (Store store = Store.open(folder, StoreLimits.of(Duration.ZERO, 1 << 20))) {
      ChromaCollection docs = Samples.collection(store, "docs");
      String[] ids = IntStream.range(0, 5_000).mapToObj(i -> "a" + i).toArray(String[]::new);
      store.records().write(docs, WriteMode.ADD, Samples.batch(ids));
      Selection none = new Selection(null, new Filter.DocumentContains("zz"));
      for (Executable action :
          List.<Executable>of(
              () -> store.records().get(docs, none, Samples.NOTHING, -1, 0),
              () -> store.records().delete(docs, none, -1))) {
        Refused refused = assertThrows(Refused.class, action);
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Filter took too long"));
      }
      assertEquals(5_000, Samples.ids(store, docs).size());
      assertEquals(1, store.records().delete(docs, new Selection(List.of("a7"), null), -1));
    }
  }

  @Test
  void theTrigramIndexIsAskedOnlyWhereMostOfItIsTheCollections() throws Exception {
    try (Store store = Store.open(folder)) {
      ChromaCollection small = Samples.collection(store, "small");
      store.records().write(small, WriteMode.ADD, Samples.batch("a", "b"));
      Filter filter = new Filter.DocumentContains("document of a");
      store.catalog().createDatabase("other", "db");
      ChromaCollection large =
          store.catalog().create(new CollectionDraft("other", "db", "large", Space.L2, "{}", null));
      try (Connections connections = Connections.open(folder.resolve("store.sqlite3"))) {
        assertTrue(isFit(connections, small));
        store.records().write(large, WriteMode.ADD, Samples.batch("a", "b", "c", "d", "e", "f"));
        assertTrue(isFit(connections, small));
        assertTrue(isFit(connections, large));
        store.records().write(large, WriteMode.ADD, Samples.batch("g"));
        assertFalse(isFit(connections, small));
        assertTrue(isFit(connections, large));
      }
      Selection selection = new Selection(null, filter);
      Duration time = Duration.ofSeconds(1);
      assertTrue(FilterSql.of(1, selection, time, () -> true).sql().contains("trigram"));
      assertFalse(FilterSql.of(1, selection, time, () -> false).sql().contains("trigram"));
      assertEquals(
          List.of("a"), Samples.ids(store.records().get(small, selection, Samples.NOTHING, -1, 0)));
    }
  }

  private static boolean isFit(Connections connections, ChromaCollection collection) {
    return connections.read(connection -> TrigramUse.isFit(connection, collection));
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
