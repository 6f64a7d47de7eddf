package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexLiteralTest {
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
        "(abcdef)gh; gh",
        "ab(c|d[)]e)fgh; fgh",
        "a[]bcd]ef; ef",
        "a[^]bcd]ef; ef",
        "😀😀?é; 😀",
      })
  void isPartOfEveryMatch(String pattern, String literal) {
    assertEquals(literal, RegexLiteral.of(pattern));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "apple|pear",
        "(?i)apple",
        "\\Qapple\\E",
        ".*",
        "(apple)",
        "a?",
        "[apple]",
        "\\",
        "abc\\x41",
        "abc\\pLbc",
        "abc\\012|z"
      })
  void thereIsNoneWhereItIsNotSure(String pattern) {
    assertEquals("", RegexLiteral.of(pattern));
  }
}
