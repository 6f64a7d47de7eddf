package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    assertEquals(size, RegexSize.of(pattern));
  }

  @Test
  void aSearchEndsAtItsTime() {
    TimedText text = new TimedText("a".repeat(100_000), System.nanoTime() - 1);
    Pattern pattern = Pattern.compile("(a*)*b");
    assertThrows(TimedText.OverdueException.class, () -> pattern.matcher(text).find());
    assertEquals("aa", text.subSequence(0, 2).toString());
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
