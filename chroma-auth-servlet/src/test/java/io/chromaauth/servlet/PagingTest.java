package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "- | 0 1 2 3 4 5 6 7 8 9",
        "x=y&tenant=t | 0 1 2 3 4 5 6 7 8 9",
        "limit=3 | 0 1 2",
        "limit=3&offset=2 | 2 3 4",
        "offset=8 | 8 9",
        "offset=8&limit=5 | 8 9",
        "%6Cimit=1 | 0",
        "limit=0 | ''",
        "offset=10 | ''",
        "offset=11&limit=3 | ''",
        "limit=999999999&offset=999999999 | ''",
        "limit=007 | 0 1 2 3 4 5 6"
      })
  void thePartAskedForIsCutOut(@Nullable String query, String part) {
    Paging paging = Paging.parse(query);
    assertFalse(paging.malformed());
    List<String> texts = paging.of(TEN).stream().map(String::valueOf).toList();
    assertEquals(part, String.join(" ", texts));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=",
        "limit",
        "limit=-1",
        "limit=+1",
        "limit=1.0",
        "limit=1e3",
        "limit=abc",
        "limit= 1",
        "limit=%31%zz",
        "limit=1234567890",
        "limit=1&limit=2",
        "limit=1&limit=1",
        "offset=-1",
        "offset=1&offset=2",
        "limit=1&offset=x",
        "limit=%D9%A1"
      })
  void anythingButAWholeNumberOnceIsMalformed(String query) {
    assertTrue(Paging.parse(query).malformed());
  }

  @Test
  void itIsFilledWhenAllThatIsAskedForIsThere() {
    assertFalse(Paging.parse(null).isFilledBy(Integer.MAX_VALUE));
    assertFalse(Paging.parse("offset=5").isFilledBy(1_000_000));
    assertFalse(Paging.parse("limit=5&offset=5").isFilledBy(9));
    assertTrue(Paging.parse("limit=5&offset=5").isFilledBy(10));
    assertTrue(Paging.parse("limit=0").isFilledBy(0));
    assertFalse(Paging.parse("limit=999999999&offset=999999999").isFilledBy(1_999_999_997));
  }
}
