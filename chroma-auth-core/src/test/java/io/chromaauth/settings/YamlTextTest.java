package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.ConfigException;
import io.chromaauth.Samples;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import io.chromaauth.settings.YamlNode.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "abc        | abc        | TEXT  | a text",
        "'12345'    | 12345      | TEXT  | a text",
        "\"no\"     | no         | TEXT  | a text",
        "''         | ``         | TEXT  | a text",
        "!!str 12   | 12         | TEXT  | a text",
        "nobody     | nobody     | TEXT  | a text",
        "off1       | off1       | TEXT  | a text",
        "+x         | +x         | TEXT  | a text",
        "=          | =          | TEXT  | a text",
        "!  yes     | yes        | OTHER | a number, date or boolean",
        "False      | False      | OTHER | a number, date or boolean",
        "y          | y          | TEXT  | a text",
        "ON         | ON         | OTHER | a number, date or boolean",
        "+1         | +1         | OTHER | a number, date or boolean",
        "-0x1F      | -0x1F      | OTHER | a number, date or boolean",
        ".inf       | .inf       | OTHER | a number, date or boolean",
        "Null       | Null       | EMPTY | an empty value",
        "!!null x   | x          | EMPTY | an empty value",
        "12345      | 12345      | OTHER | a number, date or boolean",
        "007        | 007        | OTHER | a number, date or boolean",
        "12:30:45   | 12:30:45   | OTHER | a number, date or boolean",
        "no         | no         | OTHER | a number, date or boolean",
        "1.50       | 1.50       | OTHER | a number, date or boolean",
        "2024-01-01 | 2024-01-01 | OTHER | a number, date or boolean",
        "~          | ~          | EMPTY | an empty value",
        "null       | null       | EMPTY | an empty value",
        "``         | ``         | EMPTY | an empty value"
      })
  void aScalarKeepsItsTextWhateverYamlTakesItFor(
      String yaml, String text, ScalarType type, String kind) {
    Mapping mapping = assertInstanceOf(Mapping.class, parse("\nkey: " + yaml + "\n"));
    YamlNode value = mapping.entries().getOrDefault("key", mapping);
    assertEquals(new Scalar(text, type, 2), value);
    assertEquals(kind, value.kind());
  }

  @Test
  void everyPartKnowsItsLine() {
    YamlNode root = parse("# c\na:\n- x\n-\n  - y\n");
    Mapping mapping = assertInstanceOf(Mapping.class, root);
    Sequence list = assertInstanceOf(Sequence.class, mapping.entries().get("a"));
    assertEquals(List.of(2, 3, 3), List.of(root.line(), list.line(), list.items().get(0).line()));
    assertEquals(5, list.items().get(1).line());
    assertEquals("a mapping", mapping.kind());
    assertEquals("a list", list.kind());
  }

  @Test
  void anAliasIsTheValueThatItNames() {
    Sequence list = assertInstanceOf(Sequence.class, parse("- &a [x]\n- *a\n- &b y\n- *b\n"));
    assertSame(list.items().get(0), list.items().get(1));
    assertSame(list.items().get(2), list.items().get(3));
  }

  @Test
  void keysKeepTheirOrderAndTheirText() {
    Mapping mapping = assertInstanceOf(Mapping.class, parse("{z: 1, no: 2, 007: 3, '<<': 4}"));
    assertEquals(List.of("z", "no", "007", "<<"), List.copyOf(mapping.entries().keySet()));
  }

  @Test
  void aKeyTwiceIsFoundHoweverManyThereAre() {
    for (int count : new int[] {1, 2, 7, 8, 9, 100}) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append('k').append(i).append(": x\n");
      }
      Mapping mapping = assertInstanceOf(Mapping.class, parse(text.toString()));
      assertEquals(count, mapping.entries().size());
      ConfigException e = assertThrows(ConfigException.class, () -> parse(text + "k0: y\n"));
      String line = "test:" + (count + 1);
      assertEquals(line + ": found the key 'k0' twice, expected it once", e.getMessage());
    }
  }

  /** The library's own limit is 3 MiB, which a hundred thousand token users exceed. */
  @Test
  void aLargeFileIsReadWhole() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      text.append("- ").append("x".repeat(4_000)).append('\n');
    }
    Sequence list = assertInstanceOf(Sequence.class, parse(text.toString()));
    assertEquals(1_000, list.items().size());
  }

  /** A document may be a file of tokens. */
  @Test
  void whatADocumentHoldsIsNotPrinted() {
    Samples.assertNoSecret(parse("- {a: [s3cret, 's3cret']}").toString());
  }

  @Test
  void faultsOfAnotherCheckAreAdded() {
    Faults one = new Faults();
    one.add(Place.of("f").line(3), "x", "y", null);
    Faults two = new Faults();
    ConfigException e = assertThrows(ConfigException.class, one::throwIfAny);
    two.addAll(e);
    assertEquals(e.faults(), assertThrows(ConfigException.class, two::throwIfAny).faults());
  }

  private static YamlNode parse(String text) {
    Faults faults = new Faults();
    YamlNode node =
        YamlText.parse(text, Place.of("test"), faults).orElse(new Scalar("", ScalarType.EMPTY, 0));
    faults.throwIfAny();
    return node;
  }
}
