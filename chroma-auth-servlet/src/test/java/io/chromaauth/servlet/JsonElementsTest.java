package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.CollectionResolver.Element;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonElementsTest {
  @Test
  void eachElementIsLeftAsItStandsThere() throws IOException {
    String one =
        "{ \"id\" : 1.50,\n \"na\\u006de\":\"é\\u00e9\", \"x\":{\"name\":\"no\",\"y\":[{}]} }";
    String two =
        "{\"name\":\"\uD83D\uDE00\",\"metadata\":null,\"big\":123456789012345678901234567890}";
    List<Element> expected = List.of(new Element("éé", one), new Element("\uD83D\uDE00", two));
    for (String list :
        List.of("[" + one + "," + two + "]", " \n[\t" + one + " ,\r\n" + two + " ]\n ")) {
      assertEquals(expected, read(list));
    }
  }

  @Test
  void aLongListIsReadToItsEnd() throws IOException {
    String element = "{\"name\":\"" + "é".repeat(5_000) + "\"}";
    String list = "[" + (element + ",").repeat(99) + element + "]";
    List<Element> elements = read(list);
    assertEquals(100, elements.size());
    assertEquals(element, elements.get(99).json());
  }

  @Test
  void anEmptyListHasNoElements() throws IOException {
    assertEquals(List.of(), read("[]"));
    assertEquals(List.of(), read(" [ ] "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"name\":\"a\"}",
        "[",
        "[{\"name\":\"a\"}",
        "[{\"name\":\"a\"},",
        "[{\"name\":\"a\"",
        "[{\"name\":\"a\"},1]",
        "[null]",
        "[[]]",
        "[{}]",
        "[{\"name\":null}]",
        "[{\"name\":1}]",
        "[{\"name\":{\"name\":\"a\"}}]",
        "[{\"name\":\"a\",\"name\":\"b\"}]",
        "[{\"name\":\"a\",\"n\\u0061me\":\"b\"}]",
        "[{\"name\":\"a\"}]x",
        "[{\"name\":\"a\"}][]",
        "\"name\""
      })
  void whatIsNoListOfNamedObjectsIsNoList(String json) {
    assertThrows(IOException.class, () -> read(json));
  }

  private static List<Element> read(String json) throws IOException {
    return JsonElements.read(json.getBytes(UTF_8));
  }
}
