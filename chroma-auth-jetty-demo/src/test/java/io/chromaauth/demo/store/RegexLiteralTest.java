package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexLiteralTest {
  private static final String[] PARTS = {
    "a",
    "b",
    "c",
    "ab",
    "bc",
    "abc",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "(",
    ")",
    "|",
    "|",
    "^",
    "-",
    ",",
    "*",
    "+",
    "?",
    ".",
    "$",
    "\\",
    "\\]",
    "\\[",
    "\\|",
    "\\(",
    "\\d",
    "\\b",
    "\\x61",
    "\\Qa|b\\E",
    "(?:",
    "(?i)",
    "(?i:",
    "[^",
    "[]",
    "[^]",
    "[\\]",
    "[[:alpha:]",
    "{2}",
    "{0}",
    "{0,1}",
    "{1,}",
    "é",
    "😀"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "apple; apple",
        "^red.*apple$; apple",
        "re+d; re",
        "apples?; apple",
        "a*bcd; bcd",
        "abc{0,2}de; ab",
        "x{2,3}yz; yz",
        "a\\.b\\+c; a.b+c",
        "ab\\dcde; cde",
        "(abcdef)gh; abcdef",
        "(abcdef)?gh; gh",
        "(abcdef){0,1}gh; gh",
        "ab(c|d[)]e)fgh; fgh",
        "a[]bcd]ef; ef",
        "a[^]bcd]ef; ef",
        "a[\\]bcd]ef; ef",
        "(apple); apple",
        "a(b(cde+)+)+; cde",
        "apple|pear; apple,pear",
        "(?:apple|pear|p(lum|ea)) tree; ' tree'",
        "(apples|pears) t; apples,pears",
        "😀😀?é; 😀",
      })
  void oneIsPartOfEveryMatch(String pattern, String literals) {
    assertEquals(List.of(literals.split(",")), RegexLiteral.of(pattern));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "apple|",
        "(?i)apple",
        "(?i:apple)",
        "\\Qapple\\E",
        ".*",
        "(apple)*",
        "(apple|p?)",
        "a?",
        "[apple]",
        "[[:alpha:]xyz]",
        "a{b|c}def",
        "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q",
        "\\",
        "abc\\x41",
        "abc\\pLbc",
        "abc\\012|z"
      })
  void thereIsNoneWhereItIsNotSure(String pattern) {
    assertEquals(List.of(), RegexLiteral.of(pattern));
  }

  @Test
  void depthIsNoHarm() {
    assertEquals(List.of(), RegexLiteral.of("(".repeat(100_000) + "abc"));
  }

  /** Documents that the index leaves out must not match. */
  @Test
  void nothingThatMatchesIsWithoutThem() {
    Random random = new Random(11);
    int told = 0;
    for (int round = 0; round < 100_000; round++) {
      String text = text(random, 8);
      List<String> literals = RegexLiteral.of(text);
      Pattern pattern = literals.isEmpty() ? null : compiled(text);
      for (int i = 0; i < 10 && pattern != null; i++) {
        String document = text(random, 6);
        boolean matches = pattern.matcher(document).find();
        boolean candidate = literals.stream().anyMatch(document::contains);
        assertTrue(candidate || !matches, () -> pattern + " in " + document + ": " + literals);
        told += matches ? 1 : 0;
      }
    }
    assertTrue(told > 1_000, "enough matches to say something: " + told);
  }

  private static String text(Random random, int parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(parts); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  private static @Nullable Pattern compiled(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }
}
