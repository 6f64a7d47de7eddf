package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentRegexTest {
  @ParameterizedTest
  @ValueSource(strings = {"(", "a(?=b)", "(a)\\1", "[", "a**", "\\q"})
  void whatIsNoExpressionHereIsRefused(String pattern) {
    Refused refused = assertThrows(Refused.class, () -> new DocumentRegex(pattern));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("Regex syntax errror: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(((a{100}){100}){100}){100}", "((a{1,1000}){1,1000})", "(a|b{999}){1000}"})
  void whatWouldTakeMuchMemoryIsRefused(String pattern) {
    Refused refused = assertThrows(Refused.class, () -> new DocumentRegex(pattern));
    assertTrue(String.valueOf(refused.getMessage()).contains("size limit"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "abc; 3",
        "a{10}; 10",
        "(ab){10}; 40",
        "a{2,5}b; 6",
        "a{3,}; 3",
        "[a-z{9}]{4}; 4",
        "\\(a{2}; 3",
        "a{x}; 4",
        "a{; 2",
        "((a); 5"
      })
  void theSizeIsAnUpperBound(String pattern, long size) {
    assertEquals(size, RegexSize.of(pattern).size());
  }

  @Test
  void aSearchEndsAtItsTime() {
    TimedText text = TimedText.until("a".repeat(100_000), System.nanoTime() + 50_000_000);
    assertEquals("aa", text.subSequence(0, 2).toString());
    Pattern pattern = Pattern.compile("(a*)*b");
    assertThrows(
        TimedText.OverdueException.class,
        () -> {
          while (!pattern.matcher(text).find()) {
            assertEquals(100_000, text.length());
          }
        });
    long over = System.nanoTime() - 1;
    assertThrows(TimedText.OverdueException.class, () -> TimedText.until("short", over));
  }

  @Test
  void bracketsWithinBracketsHaveALimit() {
    assertEquals(250, RegexSize.of(nested(250)).depth());
    assertEquals(nested(250), new DocumentRegex(nested(250)).pattern());
    for (String pattern : List.of(nested(251), nested(4_900), "\\Q[\\E" + nested(4_900))) {
      Refused refused = assertThrows(Refused.class, () -> new DocumentRegex(pattern));
      assertTrue(String.valueOf(refused.getMessage()).contains("nested"));
    }
    assertEquals(0, RegexSize.of("\\Q((((\\E").depth());
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "a" + ")".repeat(depth);
  }

  @Test
  void anExpressionThatIsTooMuchForTheStackIsNotTheServersFault(@TempDir Path folder)
      throws Exception {
    try (Store store = Store.open(folder)) {
      ChromaCollection docs = Samples.collection(store, "docs");
      store.records().write(docs, WriteMode.ADD, Samples.batch("a"));
      Filter deep = new Filter.DocumentMatches(new DocumentRegex("((x?){1000}){2}y"));
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Runnable search =
          () -> store.records().get(docs, new Selection(null, deep), Samples.NOTHING, -1, 0);
      Thread thread = new Thread(null, search, "small stack", 1 << 18);
      thread.setUncaughtExceptionHandler((any, thrown) -> failure.set(thrown));
      thread.start();
      thread.join();
      Throwable thrown = failure.get(); // compiled code may do with the stack
      assertTrue(thrown == null || thrown instanceof Refused, () -> "was " + thrown);
    }
  }

  @Test
  void manyShortDocumentsEndAtTheTimeOfOneStatementToo(@TempDir Path folder) throws Exception {
    StoreLimits limits = StoreLimits.of(Duration.ofMillis(300), 1 << 20);
    try (Store store = Store.open(folder, limits)) {
      ChromaCollection docs = Samples.collection(store, "docs");
      List<String> ids = IntStream.range(0, 3_000).mapToObj(i -> "i" + i).toList();
      RecordBatch batch =
          new RecordBatch(
              ids,
              ids.stream().map(id -> new float[] {1}).toList(),
              null,
              null,
              ids.stream().map(id -> "x".repeat(1_000)).toList());
      store.records().write(docs, WriteMode.ADD, batch);
      Filter slow = new Filter.DocumentMatches(new DocumentRegex("(x{1,300}x{1,300}){2}y"));
      long begin = System.nanoTime();
      Refused refused =
          assertThrows(
              Refused.class,
              () -> store.records().get(docs, new Selection(null, slow), Samples.NOTHING, -1, 0));
      assertTrue(String.valueOf(refused.getMessage()).startsWith("Regex took too long"));
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
    }
  }

  @Test
  void twoExpressionsInOneFilterAreCompiledOnce(@TempDir Path folder) throws Exception {
    StoreLimits limits = StoreLimits.of(Duration.ofSeconds(5), 1 << 20);
    try (Store store = Store.open(folder, limits)) {
      ChromaCollection docs = Samples.collection(store, "docs");
      List<String> ids = IntStream.range(0, 3_000).mapToObj(i -> "i" + i).toList();
      store
          .records()
          .write(
              docs,
              WriteMode.ADD,
              new RecordBatch(
                  ids, ids.stream().map(id -> new float[] {1}).toList(), null, null, ids));
      // each takes some milliseconds to compile
      Filter one = new Filter.DocumentMatches(new DocumentRegex("i(a{900}|b{900}|c{900}){0,3}"));
      Filter two = new Filter.DocumentMatches(new DocumentRegex("i(d{900}|e{900}|f{900}){0,3}"));
      Selection both = new Selection(null, new Filter.And(List.of(one, two)));
      int found = store.records().get(docs, both, Samples.NOTHING, -1, 0).records().size();
      assertEquals(3_000, found);
    }
  }

  @Test
  void aRequestThatTakesTooLongIsRefusedAndChangesNothing(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(folder, StoreLimits.of(Duration.ZERO, 1 << 20))) {
      ChromaCollection docs = Samples.collection(store, "docs");
      RecordBatch large = Samples.one("a", new float[] {1}, null, "x".repeat(100_000));
      store.records().write(docs, WriteMode.ADD, large);
      Filter matches = new Filter.DocumentMatches(new DocumentRegex("x*y"));
      Selection selection = new Selection(null, new Filter.Not(matches));
      for (Executable action :
          List.<Executable>of(
              () -> store.records().get(docs, selection, Samples.NOTHING, -1, 0),
              () -> Samples.nearest(store, docs, new float[] {1}, 1, selection),
              () -> store.records().delete(docs, selection, -1))) {
        Refused refused = assertThrows(Refused.class, action);
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Regex took too long"));
      }
      assertEquals(List.of("a"), Samples.ids(store, docs));
    }
  }

  @Test
  void recordsAreDeletedByAnExpression(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(folder)) {
      ChromaCollection docs = Samples.collection(store, "docs");
      store.records().write(docs, WriteMode.ADD, Samples.batch("a", "b"));
      Filter matches = new Filter.DocumentMatches(new DocumentRegex("of [a-a]$"));
      assertEquals(1, store.records().delete(docs, new Selection(null, matches), -1));
      assertEquals(List.of("b"), Samples.ids(store, docs));
    }
  }

  @Test
  void anExpressionThatBacktrackingWouldHangOnIsFast() {
    long begin = System.nanoTime();
    assertTrue(!Pattern.compile("(a+)+$").matcher("a".repeat(5_000) + "b").find());
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
  }
}
