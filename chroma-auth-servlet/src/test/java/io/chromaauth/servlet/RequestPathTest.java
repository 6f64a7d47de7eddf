package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3 of the design, "Path", and what beat comparable software (threats C1). */
class RequestPathTest {
  private static final String COLLECTIONS = "/api/v2/tenants/t1/databases/d1/collections";

  @ParameterizedTest
  @MethodSource("clearPaths")
  void eachSegmentIsDecodedOnce(String raw, List<String> segments) {
    RequestPath path = RequestPath.parse(raw);
    assertFalse(path.ambiguous());
    assertEquals(segments, path.segments());
  }

  static Stream<Arguments> clearPaths() {
    return Stream.of(
        arguments("/", List.of()),
        arguments("/api/v2", List.of("api", "v2")),
        // one final slash is dropped, once
        arguments("/api/v2/", List.of("api", "v2")),
        arguments("/a", List.of("a")),
        arguments("/a/", List.of("a")),
        // encoded letters are the letters, on every level
        arguments("/%61pi/v2", List.of("api", "v2")),
        arguments(
            "/api/v2/tenants/%64efault%5Ftenant",
            List.of("api", "v2", "tenants", "default_tenant")),
        arguments("/a/%c3%a9", List.of("a", "é")),
        arguments("/a/e%cc%81", List.of("a", "e\u0301")),
        arguments("/a/%F0%9F%98%80", List.of("a", "\uD83D\uDE00")),
        arguments("/a/%EF%BC%8F", List.of("a", "\uFF0F")), // a fullwidth slash is a letter
        // a blank stays: nothing is trimmed, so that it can't fall away behind the filter
        arguments("/api/v2/heartbeat%20", List.of("api", "v2", "heartbeat ")),
        arguments(COLLECTIONS + "/%20", split(COLLECTIONS, " ")),
        // a plus is a plus in a path
        arguments("/a/b+c", List.of("a", "b+c")),
        // a star is text, however it is written
        arguments("/a/*", List.of("a", "*")),
        arguments("/a/**", List.of("a", "**")),
        arguments("/a/%2A", List.of("a", "*")),
        // three dots are a name; so is a dot among letters
        arguments("/a/...", List.of("a", "...")),
        arguments("/a/.b", List.of("a", ".b")),
        arguments("/a/b.c", List.of("a", "b.c")),
        arguments("/a/t1%3Ad1:c", List.of("a", "t1:d1:c")),
        arguments("/a/b,c=d&e@f!$'()~-_", List.of("a", "b,c=d&e@f!$'()~-_")),
        arguments("/API/V2/reset", List.of("API", "V2", "reset")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // nothing, or nothing before a segment
        "",
        "api/v2",
        "*",
        "http://evil/api/v2/reset",
        // empty segments
        "//",
        "///",
        "//api/v2",
        "//host/api/v2/tenants",
        "/api//v2",
        "/api/v2//",
        "/api/v2/tenants//",
        // dot segments
        "/.",
        "/..",
        "/./",
        "/../api/v2/tenants",
        "/api/v2/./tenants",
        "/api/v2/heartbeat/../tenants",
        "/api/v2/tenants/..",
        "/api/v2/tenants/.",
        "/docs/../api/v2/reset",
        // encoded dots, wherever they stand
        "/api/v2/%2e%2e/v2/reset",
        "/api/v2/%2E/tenants",
        "/api/v2/.%2e/reset",
        "/api/v2/tenants/a%2eb",
        // parameters of a segment
        "/api/v2/heartbeat/..;/tenants",
        "/api/v2/tenants;a=b/t1",
        "/api/v2;x/tenants;y/t1",
        "/;/api/v2",
        "/api/v2/heartbeat;",
        "/api/v2/tenants/%3bt2",
        "/api/v2/tenants/%3B",
        // slashes and backslashes that only one of two servers sees
        "/api/v2/heartbeat%2f..%2ftenants",
        "/api/v2/heartbeat%2F",
        "/docs%2f..%2fapi",
        "/api/v2\\tenants",
        "/api/v2/%5c",
        "/api/v2/%5C..%5C",
        // encoded twice
        "/api/v2/tenants/t1%252f..%252ft2",
        "/api/v2/tenants/%25",
        "/api/v2/tenants/%2561",
        // encodings that are none
        "/api/v2/%",
        "/api/v2/%4",
        "/api/v2/%zz",
        "/api/v2/%4/x",
        "/api/v2/%u002e%u002e/reset",
        "/api/v2/%-1",
        "/api/v2/%+1",
        "/api/v2/% 1",
        // bytes that are not UTF-8: overlong, cut off, alone, a surrogate, too high
        "/api/v2/%c0%ae%c0%ae/reset",
        "/api/v2/%c0%af",
        "/api/v2/%e0%80%af",
        "/api/v2/%c3",
        "/api/v2/%c3/%a9",
        "/api/v2/%80",
        "/api/v2/%ff",
        "/api/v2/%fe%ff",
        "/api/v2/%ed%a0%80",
        "/api/v2/%f4%90%80%80",
        // control characters and what ends a line
        "/api/v2/tenants%0a",
        "/api/v2/tenants%0d",
        "/api/v2/tenants/%00",
        "/api/v2/.%00",
        "/api/v2/tenants/%09",
        "/api/v2/tenants/%1b[31m",
        "/api/v2/tenants/%7f",
        "/api/v2/tenants/%c2%85",
        "/api/v2/tenants/%c2%9b",
        "/api/v2/tenants/%e2%80%a8",
        "/api/v2/tenants/%e2%80%a9",
        "/api/v2/ten ants",
        "/api/v2/heartbeat ",
        // a fragment, a query
        "/api/v2/heartbeat#",
        "/api/v2/heartbeat%23/../reset",
        "/api/v2/heartbeat#/../reset",
        "/api/v2/heartbeat?x=/api/v2/tenants",
        // bytes that no request line holds as they are
        "/api/v2/tenants/é",
        "/api/v2/tenants/／",
        "/api/v2/tenants/\u0080",
        "/\uD83D\uDE00",
        "/\uD83D\uDE00/",
        "/\uD83D\uDE00/\uD83D\uDE00//x",
        "/api/v2/tenants/\uD83D\uDE00/databases/d",
        "/api/v2/tenants/\uD83D",
        "/api/v2/tenants/{tenant}",
        "/api/v2/tenants/a|b",
        "/api/v2/tenants/<x>",
        "/api/v2/tenants/\"x\"",
        "/api/v2/tenants/a^b",
        "/api/v2/tenants/a`b"
      })
  void whatTwoServersMightReadDifferentlyIsAmbiguous(String raw) {
    RequestPath path = RequestPath.parse(raw);
    assertTrue(path.ambiguous());
    assertEquals(List.of(), path.segments());
  }

  @Test
  void noRawControlCharacterAndNoByteBeyondAsciiPasses() {
    IntStream.concat(IntStream.rangeClosed(0, ' '), IntStream.rangeClosed(0x7F, 0xFF))
        .forEach(c -> assertTrue(RequestPath.parse("/a/" + (char) c + "b").ambiguous(), "" + c));
  }

  @Test
  void noEncodedControlCharacterPassesInEitherCase() {
    IntStream.concat(IntStream.range(0, ' '), IntStream.rangeClosed(0x7F, 0x9F))
        .mapToObj(c -> c < 0x80 ? "%%%02x".formatted(c) : "%%c2%%%02x".formatted(c))
        .forEach(
            encoded -> {
              assertTrue(RequestPath.parse("/a/" + encoded).ambiguous(), encoded);
              assertTrue(
                  RequestPath.parse("/a/b" + encoded.toUpperCase(Locale.ROOT)).ambiguous(),
                  encoded);
            });
  }

  @Test
  void composedAndDecomposedLettersAreDifferentNames() {
    assertNotEquals(
        RequestPath.parse("/a/%c3%a9").segments(), RequestPath.parse("/a/e%cc%81").segments());
  }

  @Test
  void anEncodedCharacterIsTheCharacterForTheComparison() {
    assertEquals(List.of("api", "v2"), RequestPath.parse("/%61%70%69/%76%32/").segments());
  }

  @Test
  void aLongPathIsReadWithoutRecursion() {
    String raw = "/a".repeat(100_000);
    assertEquals(100_000, RequestPath.parse(raw).segments().size());
  }

  private static List<String> split(String path, String last) {
    return Stream.concat(Stream.of(path.substring(1).split("/", -1)), Stream.of(last)).toList();
  }
}
