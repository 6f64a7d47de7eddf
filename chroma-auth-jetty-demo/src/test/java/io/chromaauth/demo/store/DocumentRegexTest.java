package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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
    assertThrows(Refused.class, () -> pattern.matcher(text).find());
    assertEquals("aa", text.subSequence(0, 2).toString());
  }

  @Test
  void anExpressionThatBacktrackingWouldHangOnIsFast() {
    long begin = System.nanoTime();
    assertTrue(!Pattern.compile("(a+)+$").matcher("a".repeat(5_000) + "b").find());
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
  }
}
