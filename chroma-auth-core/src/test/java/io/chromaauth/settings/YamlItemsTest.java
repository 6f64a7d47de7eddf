package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.ConfigException;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlItemsTest {
  private final List<String> taken = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{a: 1, list: [x, y, z]}     | [a] 0 x, [a] 2 z | y",
        "{list: [x, y], a: 1}        | [] 0 x           | y",
        "{list: [y], a: [x]}         |                  | y",
        "{list: []}                  |                  |",
        "{list: &l [x, y], a: *l}    |                  | x y",
        "{a: &x x, list: [*x, y]}    | [a] 0 x          | y",
        "{a: {list: [x]}, list: [x]} | [a] 0 x          |"
      })
  void itemsOfTheListAreOfferedAndLeftOnesStayInTheDocument(
      String yaml, String offered, String left) {
    Mapping root = assertInstanceOf(Mapping.class, parse(yaml));
    Sequence list = assertInstanceOf(Sequence.class, root.entries().get("list"));
    assertEquals(offered == null ? "" : offered, String.join(", ", taken));
    List<String> texts = list.items().stream().map(YamlItemsTest::text).toList();
    assertEquals(left == null ? "" : left, String.join(" ", texts));
    assertEquals(1, list.line());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{list: [x, [}               | what is not YAML",
        "{list: [x], list: []}       | the key 'list' twice",
        "{list: !x [x]}              | a tag (!)",
        "{list: [x, !x {}]}          | a tag (!)",
        "{list: [x, [[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]} | or too much of it"
      })
  void whatIsNotAcceptedEndsTheReadingWithinTheListToo(String yaml, String found) {
    ConfigException e = assertThrows(ConfigException.class, () -> parse(yaml));
    assertEquals(1, e.faults().size());
    assertTrue(e.faults().get(0).found().contains(found), e.getMessage());
  }

  @Test
  void anyOtherValueThanAListIsAsItIs() {
    Mapping root = assertInstanceOf(Mapping.class, parse("{list: x}"));
    assertEquals(new Scalar("x", ScalarType.TEXT, 1), root.entries().get("list"));
    assertEquals(List.of(), taken);
  }

  /** Takes all but y. */
  private YamlNode parse(String yaml) {
    Faults faults = new Faults();
    YamlNode node =
        YamlText.parse(yaml, Place.of("test"), faults, "list", this::take)
            .orElse(new Scalar("", ScalarType.EMPTY, 0));
    faults.throwIfAny();
    return node;
  }

  private boolean take(Mapping before, YamlNode item, int index) {
    if (text(item).equals("y")) {
      return false;
    }
    taken.add(before.entries().keySet() + " " + index + " " + text(item));
    return true;
  }

  private static String text(YamlNode node) {
    return node instanceof Scalar scalar ? scalar.text() : node.kind();
  }
}
