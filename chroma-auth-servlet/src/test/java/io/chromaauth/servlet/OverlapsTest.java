package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapsTest {
  @ParameterizedTest
  @CsvSource({
    "/, /, true",
    "/, /a, false",
    "/, /**, true",
    "/a, /a, true",
    "/a, /b, false",
    "/a, /A, false",
    "/a, /a/b, false",
    "/a, /{x}, true",
    "/{x}, /{y}, true",
    "/{x}, /{y}/z, false",
    "/a/{x}, /{y}/b, true",
    "/a/{x}/c, /b/{x}/c, false",
    "/a/{x}/c, /a/{x}/d, false",
    "/a/**, /a, true",
    "/a/**, /a/b/c, true",
    "/a/**, /b, false",
    "/a/**, /b/**, false",
    "/a/**, /{x}/**, true",
    "/**, /a/b/c, true",
    "/a/b/**, /a, false",
    "/a/b/**, /a/**, true",
  })
  void twoTemplatesOverlapIfAPathMatchesBoth(String one, String two, boolean overlap) {
    List<String> first = Route.of("GET", one).template();
    List<String> second = Route.of("GET", two).template();
    assertEquals(overlap, Overlaps.overlap(first, second));
    assertEquals(overlap, Overlaps.overlap(second, first));
  }
}
