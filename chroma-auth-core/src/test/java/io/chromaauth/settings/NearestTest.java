package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> WORDS = List.of("tenant", "databases", "collections", "id");

  @ParameterizedTest
  @CsvSource({
    "databses, databases",
    "database, databases",
    "DATABASES, databases",
    "datbase, databases",
    "tennant, tenant",
    "colection, collections",
    "di, id",
    "xyz, ''",
    "something else, ''",
    "data, ''"
  })
  void aWordIsMeantIfItDiffersByAThirdAtMost(String word, String near) {
    assertEquals(Optional.of(near).filter(n -> !n.isEmpty()), Nearest.to(word, WORDS));
    assertEquals(near.isEmpty() ? null : "did you mean '" + near + "'?", Nearest.fix(word, WORDS));
  }

  @Test
  void nothingIsNearNothing() {
    assertEquals(Optional.empty(), Nearest.to("id", List.of()));
  }
}
