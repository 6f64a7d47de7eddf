package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      value = {
        "{} | - | - | - | false",
        "{\"name\":\"a\"} | a | - | - | false",
        "{\"new_name\":\"b\"} | - | b | - | false",
        "{\"output_collection\":\"c\",\"name\":\"f\"} | f | - | c | false",
        "{\"name\":\"a\",\"get_or_create\":true} | a | - | - | true",
        "{\"get_or_create\":false,\"name\":\"a\"} | a | - | - | false",
        "{\"name\":null,\"get_or_create\":null} | - | - | - | false",
        "{\"name\":\"\"} | `` | - | - | false",
        // escapes are the characters
        "{\"na\\u006de\":\"a\"} | a | - | - | false",
        "{\"name\":\"\\u0061\\/b\"} | a/b | - | - | false",
        "{\"name\":\"\\ud83d\\ude00\"} | \uD83D\uDE00 | - | - | false",
        "{\"name\":\"é\"} | é | - | - | false",
        // only the top level names something
        "{\"metadata\":{\"name\":\"x\",\"get_or_create\":true}} | - | - | - | false",
        "{\"metadata\":[{\"new_name\":\"x\"}]} | - | - | - | false",
        "{\"Name\":\"x\",\"NEW_NAME\":\"y\"} | - | - | - | false"
      })
  void topLevelTextsNameSomething(
      String json,
      @Nullable String name,
      @Nullable String newName,
      @Nullable String output,
      boolean getOrCreate) {
    assertEquals(new BodyNames(name, newName, output, getOrCreate, false, false), parse(json));
  }

  @Test
  void whiteSpaceAroundAnythingIsNothing() {
    BodyNames expected = new BodyNames("a", null, null, true, false, false);
    assertEquals(expected, parse(" \t\r\n{ \"name\" :\n\"a\" , \"get_or_create\":\ttrue }\r\n "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // no object, or not only one
        "",
        " ",
        "null",
        "true",
        "1",
        "\"name\"",
        "[]",
        "[{\"name\":\"a\"}]",
        "{}{}",
        "{} {\"name\":\"a\"}",
        "{}x",
        "{},",
        "{}]",
        "{\"name\":\"a\"}\u0000",
        // cut off, or no JSON
        "{",
        "{\"name\"",
        "{\"name\":",
        "{\"name\":\"a",
        "{\"name\":\"a\"",
        "{\"metadata\":{\"a\":[1,2",
        "{\"name\":\"a\",}",
        "{,\"name\":\"a\"}",
        "{name:\"a\"}",
        "{'name':'a'}",
        "{\"name\" \"a\"}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x1}",
        "{\"a\":TRUE}",
        "{\"a\":[1,]}",
        "{/* c */}",
        "{}// c",
        "# c\n{}",
        "{\"name\":\"a\nb\"}",
        "{\"name\":\"\\x41\"}",
        "{\"name\":\"\\u00zz\"}",
        "name=a&get_or_create=true",
        // twice, also by another spelling, on any level
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\",\"name\":\"a\"}",
        "{\"name\":\"a\",\"na\\u006de\":\"b\"}",
        "{\"na\\u006De\":\"a\",\"n\\u0061me\":\"b\"}",
        "{\"get_or_create\":false,\"get_or_create\":true}",
        "{\"metadata\":{\"a\":1,\"a\":2}}",
        "{\"metadata\":{\"a\":1,\"\\u0061\":2}}",
        "{\"x\":[{\"a\":{\"b\":1,\"b\":1}}]}",
        "{\"configuration\":{},\"configuration\":{\"trust_remote_code\":true}}",
        // a name that is no text, a switch that is no boolean
        "{\"name\":1}",
        "{\"name\":true}",
        "{\"name\":[\"a\"]}",
        "{\"name\":{\"a\":\"b\"}}",
        "{\"new_name\":7}",
        "{\"output_collection\":{}}",
        "{\"get_or_create\":1}",
        "{\"get_or_create\":\"true\"}",
        "{\"get_or_create\":[true]}",
        "{\"get_or_create\":{}}"
      })
  void whatServersMightReadDifferentlyIsRefused(String json) {
    assertNull(parse(json));
  }

  @Test
  void onlyUtf8WithoutAByteOrderMarkIsRead() {
    String json = "{\"name\":\"a\"}";
    assertNotNull(parse(json));
    assertNull(parse("\uFEFF" + json), "a byte order mark");
    for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")) {
      assertNull(BodyNames.parse(json.getBytes(Charset.forName(name))), name);
    }
    assertNull(BodyNames.parse("{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWhereverTheyStand() {
    int[][] bad = {{0xC0, 0xAE}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xFF}, {0x80}};
    for (int[] bytes : bad) {
      for (String json : List.of("{\"name\":\"?\"}", "{\"?\":1}", "{\"metadata\":{\"a\":\"?\"}}")) {
        assertNull(BodyNames.parse(with(json, bytes)));
      }
    }
  }

  @Test
  void nestingOf64IsReadAndOf65IsNot() {
    assertNotNull(parse(nested(64)));
    assertNull(parse(nested(65)));
    assertNull(parse("{\"a\":" + "[".repeat(1_000_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"configuration\":{\"trust_remote_code\":true}}",
        "{\"configuration\":{\"trust_remote_code\":false}}",
        "{\"configuration\":{\"trust_remote_code\":null}}",
        "{\"configuration_json\":{\"a\":{\"b\":[{\"trust_remote_code\":1}]}}}",
        "{\"new_configuration\":[[{\"trust_remote_code\":{}}]]}",
        "{\"schema\":{\"keys\":{\"x\":{\"config\":{\"trust_remote_code\":\"yes\"}}}}}",
        "{\"configuration\":{\"trust_remote\\u005fcode\":true}}",
        "{\"configuration\":{\"\\u0074rust_remote_code\":true}}",
        "{\"config\\u0075ration\":{\"trust_remote_code\":true}}",
        "{\"name\":\"a\",\"metadata\":{},\"configuration\":{\"z\":1,\"trust_remote_code\":true}}",
        "{\"configuration\":{\"a\":1},\"schema\":{\"trust_remote_code\":true}}"
      })
  void theGuardedKeyIsFoundAnywhereInAConfiguration(String json) {
    BodyNames names = parse(json);
    assertNotNull(names);
    assertEquals(true, names.guarded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\":{\"trust_remote_code\":true}}",
        "{\"trust_remote_code\":true}",
        "{\"configuration\":\"trust_remote_code\"}",
        "{\"configuration\":{\"model\":\"trust_remote_code\"}}",
        "{\"configuration\":[\"trust_remote_code\"]}",
        "{\"configuration\":{\"Trust_Remote_Code\":true}}",
        "{\"configuration\":{\"trust_remote_code \":true}}",
        "{\"configuration\":{\"a\":{}},\"metadata\":{\"trust_remote_code\":true}}",
        "{\"configuration_json\":\"{\\\"trust_remote_code\\\":true}\"}",
        "{\"new_metadata\":{\"configuration\":{\"trust_remote_code\":true}}}"
      })
  void metadataAndTextsAreNotTouched(String json) {
    BodyNames names = parse(json);
    assertNotNull(names);
    assertEquals(false, names.guarded());
  }

  private static @Nullable BodyNames parse(String json) {
    return BodyNames.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /** An object of this depth, its own included. */
  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  private static byte[] with(String json, int[] bytes) {
    StringBuilder latin = new StringBuilder();
    for (int b : bytes) {
      latin.append((char) b);
    }
    return json.replace("?", latin).getBytes(StandardCharsets.ISO_8859_1);
  }
}
