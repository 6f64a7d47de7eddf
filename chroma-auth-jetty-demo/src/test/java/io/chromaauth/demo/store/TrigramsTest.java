package io.chromaauth.demo.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrigramsTest {
  @Test
  void everyTrigramMustBeThere() {
    assertEquals("\"abc\" AND \"bcd\"", Trigrams.query("abcd"));
    assertEquals("\"aaa\"", Trigrams.query("aaaaaa"));
    assertEquals("\"a\"\"b\"", Trigrams.query("a\"b"));
    assertEquals("\"😀é😀\"", Trigrams.query("😀é😀"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "😀😀", "ab\0cd"})
  void someTextsItCanNotHelpWith(String text) {
    assertNull(Trigrams.query(text));
  }

  @Test
  void aLongTextAsksForSomeOfThemOnly() {
    String query = requireNonNull(Trigrams.query("abcdefghijklmnopqrstuvwxyz0123456789"));
    assertEquals(23, query.split(" AND ", -1).length - 1);
  }

  @Test
  void oneOfSomeTextsIsEnough() {
    assertEquals("(\"abc\") OR (\"xyz\")", Trigrams.queryOfAny(List.of("abc", "xyz")));
    assertNull(Trigrams.queryOfAny(List.of("abc", "xy")));
    assertNull(Trigrams.queryOfAny(List.of()));
  }
}
