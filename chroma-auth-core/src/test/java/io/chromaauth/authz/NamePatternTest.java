package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "docs, docs, true",
    "docs, Docs, false",
    "docs, doc, false",
    "docs, docs2, false",
    "'', '', true",
    "'', a, false",
    "*, '', true",
    "*, anything, true",
    "**, a, true",
    "docs-*, docs-, true",
    "docs-*, docs-2024, true",
    "docs-*, docs, false",
    "docs-*, mydocs-1, false",
    "*-docs, my-docs, true",
    "*-docs, my-docs-, false",
    "*-docs, -docs-docs, true",
    "a*c, abc, true",
    "a*c, ac, true",
    "a*c, acb, false",
    "a*b*c, a-b-c, true",
    "a*b*c, abbc, true",
    "a*b*c, acb, false",
    "*a*a*, aa, true",
    "*a*a*, a, false",
    "a, *, false",
    "docs, *, false",
    "docs-*, *, false",
    "docs-*, docs-*, true",
    "a?c, abc, false",
    "a.c, abc, false",
    "[ab], a, false",
    "a\\*, a*, false",
    "é, e\u0301, false",
    "é*, é1, true",
    "😀*, 😀, true"
  })
  void aStarStandsForAnyRunOfCharactersAndAllElseForItself(
      String pattern, String name, boolean matches) {
    assertEquals(matches, NamePattern.matches(pattern, name));
  }

  @Test
  void itDecidesAsARegularExpressionDoes() {
    Random random = new Random(20_261_122);
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      String pattern = random(random, "aab**", 8);
      String name = random(random, "aab*", 10);
      boolean expected = regex(pattern).matcher(name).matches();
      assertEquals(expected, NamePattern.matches(pattern, name), () -> pattern + " and " + name);
      found += expected ? 1 : 0;
    }
    assertFalse(found < 2_500, "too few that match to mean anything");
  }

  /** A regular expression would need years for this. */
  @Test
  void manyStarsAgainstALongNameTakeNoTime() {
    String pattern = "*a".repeat(100) + "*b";
    assertTimeout(
        Duration.ofSeconds(5), () -> assertFalse(NamePattern.matches(pattern, "a".repeat(20_000))));
  }

  private static Pattern regex(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  private static String random(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
