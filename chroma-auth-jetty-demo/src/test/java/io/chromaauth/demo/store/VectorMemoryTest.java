package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class VectorMemoryTest {
  private static final int DIMENSION = 5;
  private static final int RECORDS = 100;
  private static final long ONE = ExactIndex.bytes(RECORDS, DIMENSION);
  private static final float[] ORIGIN = {1, 0, 0, 0, 0};
  private static final Set<Field> ALL = Set.of(Field.EMBEDDINGS, Field.DOCUMENTS);

  @TempDir Path folder;

  private Store open(long vectorBytes) throws Exception {
    return Store.open(folder, StoreLimits.of(Duration.ofSeconds(10), vectorBytes));
  }

  private static ChromaCollection filled(Store store, String name, Space space) {
    ChromaCollection collection = Samples.collection(store, name, space);
    add(store, collection, 0, RECORDS);
    return collection;
  }

  private static void add(Store store, ChromaCollection collection, int first, int count) {
    Random random = new Random(first);
    List<String> ids = IntStream.range(first, first + count).mapToObj(i -> "i" + i).toList();
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[DIMENSION];
      for (int k = 0; k < DIMENSION; k++) {
        vector[k] = i == 0 ? 0 : (float) random.nextGaussian();
      }
      vectors.add(vector);
    }
    RecordBatch batch =
        new RecordBatch(ids, vectors, null, null, ids.stream().map(id -> "of " + id).toList());
    store.records().write(collection, WriteMode.ADD, batch);
  }

  private static void search(Store store, ChromaCollection collection) {
    assertEquals(3, Samples.nearest(store, collection, ORIGIN, 3, Selection.ALL).size());
  }

  @Test
  void whatWasSearchedLongestAgoGivesWay() throws Exception {
    try (Store store = open(2 * ONE + 1)) {
      List<ChromaCollection> all =
          List.of(
              filled(store, "one", Space.L2),
              filled(store, "two", Space.L2),
              filled(store, "three", Space.L2));
      assertEquals(0, store.vectorBytes());
      for (int i = 0; i < 9; i++) {
        search(store, all.get(i % 3));
        assertEquals(Math.min(i + 1, 2) * ONE, store.vectorBytes());
      }
      add(store, all.get(2), RECORDS, RECORDS);
      assertEquals(2 * ONE, store.vectorBytes(), "it grew, and another one went");
      add(store, all.get(2), 2 * RECORDS, 1);
      assertEquals(0, store.vectorBytes(), "too large now");
      search(store, all.get(2));
      assertEquals(0, store.vectorBytes());
      search(store, all.get(0));
      assertEquals(ONE, store.vectorBytes());
    }
  }

  @Test
  void aCollectionThatIsTooLargeIsWarnedOfOnce() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("chroma.auth");
    logger.addAppender(log);
    log.start();
    try (Store store = open(ONE - 1)) {
      ChromaCollection docs = filled(store, "docs", Space.L2);
      search(store, docs);
      add(store, docs, RECORDS, 1);
      search(store, docs);
    } finally {
      logger.detachAppender(log);
    }
    assertEquals(1, log.list.size(), log.list::toString);
    assertEquals(
        "collection default_tenant/default_database/docs: its vectors are 1 MB, 0 MB fit into"
            + " memory: each search reads the file, slowly; fix: JAVA_OPTS=-Xmx256m",
        log.list.get(0).getFormattedMessage());
  }

  @ParameterizedTest
  @EnumSource(Space.class)
  void theFileGivesWhatMemoryGives(Space space) throws Exception {
    List<List<Neighbours>> answers = new ArrayList<>();
    try (Store store = open(2 * ONE)) {
      answers.add(answers(store, filled(store, "docs", space)));
      assertTrue(store.vectorBytes() > 0);
    }
    try (Store store = open(ONE - 1)) {
      ChromaCollection docs =
          store.catalog().collection("default_tenant", "default_database", "docs").orElseThrow();
      answers.add(answers(store, docs));
      assertEquals(0, store.vectorBytes());
    }
    assertEquals(told(answers.get(0)), told(answers.get(1)));
  }

  private static List<Neighbours> answers(Store store, ChromaCollection collection) {
    Filter some = new Filter.DocumentContains("of i1");
    List<Neighbours> all = new ArrayList<>();
    for (Selection selection : List.of(Selection.ALL, new Selection(null, some))) {
      for (int count : new int[] {0, 1, 7, 1_000}) {
        List<float[]> queries = List.of(ORIGIN, new float[] {0.1f, -0.2f, 0.3f, 0, 1});
        ChromaCollection now = Samples.now(store, collection);
        all.addAll(store.records().query(now, queries, selection, count, ALL));
      }
    }
    return all;
  }

  private static List<String> told(List<Neighbours> answers) {
    List<String> told = new ArrayList<>();
    for (Neighbours answer : answers) {
      told.add(answer.page().records() + " " + answer.distances());
      for (float[] embedding : Objects.requireNonNull(answer.page().embeddings())) {
        told.add(Arrays.toString(embedding));
      }
    }
    return told;
  }
}
