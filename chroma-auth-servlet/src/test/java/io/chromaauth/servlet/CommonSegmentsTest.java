package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommonSegmentsTest {
  private static final CommonSegments COMMON = CommonSegments.of(words());

  private static Set<String> words() {
    return ChromaRoutes.commonSegments();
  }

  @ParameterizedTest
  @MethodSource("words")
  void aCommonSegmentIsNotCopied(String word) {
    assertSame(find(word), find(word));
    assertEquals(word, find(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "quary", "que", "queryy", "Query", "tenant", "default_tenanT"})
  void anyOtherIsTakenAsItIs(String other) {
    assertEquals(other, find(other));
  }

  @Test
  void whatSharesTheFirstPlaceOfAnotherIsFoundToo() {
    CommonSegments close = CommonSegments.of(Set.of("abc", "aXc", "aYc", "aZc"));

    for (String word : Set.of("abc", "aXc", "aYc", "aZc", "aAc")) {
      assertEquals(word, find(close, word));
    }
  }

  private static String find(String segment) {
    return find(COMMON, segment);
  }

  private static String find(CommonSegments common, String segment) {
    byte[] path = ("/" + segment + "/x").getBytes(StandardCharsets.ISO_8859_1);
    return common.of(path, 1, 1 + segment.length());
  }
}
