package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "abcxyzABCXYZ0189-_~., abcxyzABCXYZ0189-_~.",
    "a b, a%20b",
    "a+b, a%2Bb",
    "a/b, a%2Fb",
    "100%, 100%25",
    "%41, %2541",
    "é, %C3%A9",
    "€, %E2%82%AC",
    "😀, %F0%9F%98%80",
    "@[`{/:, %40%5B%60%7B%2F%3A",
    "'\\;?#&=', %5C%3B%3F%23%26%3D",
  })
  void everythingButUnreservedCharactersIsEncodedAsUtf8(String name, String encoded) {
    assertEquals(encoded, PercentEncoding.encode(name));
    assertEquals(name, PercentEncoding.decode(encoded));
  }

  @Test
  void controlsAreEncoded() {
    assertEquals("%00%1F%7F%0A", PercentEncoding.encode("\u0000\u001F\u007F\n"));
  }

  @Test
  void whatIsEncodedIsDecodedToTheSameText() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(12);
      for (int j = 0; j < length; j++) {
        text.appendCodePoint(codePoint(random));
      }
      String name = text.toString();
      String encoded = PercentEncoding.encode(name);
      assertTrue(encoded.matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*"), encoded);
      assertEquals(name, PercentEncoding.decode(encoded));
    }
  }

  /** Of one to four bytes, each as often as the others, and no half of a surrogate pair. */
  private static int codePoint(Random random) {
    int[] ends = {0x80, 0x800, Character.MIN_SURROGATE, Character.MAX_CODE_POINT + 1};
    int kind = random.nextInt(ends.length);
    int begin = kind == 0 ? 0 : kind == 3 ? Character.MIN_SUPPLEMENTARY_CODE_POINT : ends[kind - 1];
    return begin + random.nextInt(ends[kind] - begin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "a%2",
        "%zz",
        "%4",
        "%g0",
        "%0g",
        "%-1",
        "%+1",
        "é",
        "\u007F",
        "%C3",
        "%C3%28",
        "%C0%AF",
        "%ED%A0%80",
        "%F4%90%80%80",
        "%FF",
        "%٠٠",
        "%%41"
      })
  void whatIsNotWellFormedIsNoText(String encoded) {
    assertNull(PercentEncoding.decode(encoded));
  }

  @ParameterizedTest
  @CsvSource({"%e9%80%81, 送", "%C3%a9, é", "a+b, a+b"})
  void digitsOfBothCasesAreReadAndAPlusIsAPlus(String encoded, String text) {
    assertEquals(text, PercentEncoding.decode(encoded));
  }
}
