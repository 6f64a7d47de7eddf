package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What YAML can do that a configuration must not; the files that do it are refused. */
class YamlFaultsTest {
  private static final String INDENT =
      "; fix: compare the indentation of this line with the one above";

  private static final String TAG = ": found a tag (!), expected a plain ";

  private static final String BOMB =
      """
      a: &a [x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
      f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
      g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]
      users: *g
      """;

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"tags", "keys", "aliases", "forms"})
  void whatIsNotPlainYamlIsToldWithItsLine(String title, String text, String fault) {
    assertEquals(
        List.of("users.yaml" + fault), Start.faults(Start.token(directory, text), directory));
  }

  static Stream<Arguments> tags() {
    return Stream.of(
        arguments(
            "a set", "users:\n- id: a\n  tokens: !!set {s3cret}\n", ":3" + TAG + "list or mapping"),
        arguments("a local tag on a list", "users: !x\n- id: a\n", ":1" + TAG + "list or mapping"),
        arguments("a local tag", "users:\n- id: !x a\n  tokens: [s3cret]\n", ":2" + TAG + "value"),
        arguments(
            "binary", "users:\n- id: !!binary YQ==\n  tokens: [s3cret]\n", ":2" + TAG + "value"),
        arguments("a tag of a key", "!x users:\n- id: a\n", ":1" + TAG + "value"));
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        arguments(
            "a key twice",
            "users:\n- id: a\n  tokens: [s3cret]\n  id: b\n",
            ":4: found the key 'id' twice, expected it once"),
        arguments(
            "a key twice, once in quotes",
            "users: []\n'users': []\n",
            ":2: found the key 'users' twice, expected it once"),
        arguments(
            "a list as a key",
            "users: []\n? [users]\n: []\n",
            ":2: found a list or mapping as a key, expected a plain key"),
        arguments(
            "a merge key",
            "users:\n- {id: a, tokens: [s3cret]}\n- <<: {tokens: [s3cret-2]}\n  id: b\n",
            ":3: found a merge key (<<), expected its keys written out"));
  }

  static Stream<Arguments> aliases() {
    StringBuilder many = new StringBuilder("users:\n- id: &a a\n  tokens:\n");
    many.append("  - *a\n".repeat(1_001));
    return Stream.of(
        arguments(
            "a list within itself",
            "users: &u\n- *u\n",
            ":1: found an alias (*) of a value within itself, expected a finite value"),
        arguments(
            "a mapping within itself",
            "users:\n- &u\n  id: a\n  tokens: *u\n",
            ":2: found an alias (*) of a value within itself, expected a finite value"),
        arguments(
            "an alias bomb",
            BOMB,
            ": found characters that YAML does not allow, or too much of it, expected YAML"),
        arguments(
            "over a thousand aliases",
            many.toString(),
            ":2: found over 1000 aliases (*), expected fewer"));
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        arguments(
            "two documents",
            "users:\n- {id: a, tokens: [s3cret]}\n---\nusers: []\n",
            ":3: found what is not YAML (but found another document), expected YAML" + INDENT),
        arguments(
            "deep nesting",
            "users:\n- id: a\n  tokens: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n",
            ": found characters that YAML does not allow, or too much of it, expected YAML"),
        arguments(
            "a control character",
            "users:\n- id: a\n  tokens: [s3cret\u0001]\n",
            ": found characters that YAML does not allow, or too much of it, expected YAML"),
        arguments(
            "a tab as indentation",
            "users:\n\t- id: a\n",
            ":2: found what is not YAML (found character '\\t(TAB)' that cannot start any token. (Do not use"
                + " \\t(TAB) for indentation)), expected YAML"
                + INDENT),
        arguments(
            "an open bracket",
            "users:\n- id: a\n  tokens: [s3cret\n",
            ":4: found what is not YAML (expected ',' or ']', but got <stream end>), expected YAML"
                + INDENT),
        arguments(
            "an open quote",
            "users:\n- id: a\n  tokens: ['s3cret]\n",
            ":4: found what is not YAML (found unexpected end of stream), expected YAML" + INDENT),
        arguments(
            "a value where none may be",
            "users: x: s3cret\ny: z\n",
            ":1: found what is not YAML (mapping values are not allowed here), expected YAML"
                + INDENT));
  }

  /** YAML's own messages quote a name that they do not know, which may be a token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens: [*s3cret-token]",
        "tokens: [!s3cret!token]",
        "tokens: [!!s3cret]",
        "tokens: [!!python/object:s3cret]",
        "tokens: !!python/tuple [s3cret]",
        "tokens: !!javax.script.ScriptEngineManager [s3cret]",
        "tokens: [\"\\Us3cret-token\"]"
      })
  void aNameThatYamlDoesNotKnowIsNotQuoted(String line) {
    String text = "users:\n- id: a\n  " + line + "\n";
    List<String> faults = Start.faults(Start.token(directory, text), directory);
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).startsWith("users.yaml:3: found "), faults.get(0));
  }

  @Test
  void anAliasOfAWholeUserIsAUserAgain() {
    String text = "users:\n- &u {id: a, tokens: [s3cret]}\n- *u\n";
    assertEquals(
        List.of(
            "users.yaml:2 (users[1].id): found 'a' again, expected each user once",
            "users.yaml:2 (users[1].tokens[0]): found the token of line 2, expected each token"
                + " once"),
        Start.faults(Start.token(directory, text), directory));
  }

  /** Tokens may begin with any punctuation, and YAML's messages quote much of what they meet. */
  @Test
  void noMessageHoldsATokenHoweverItsLineIsBroken() {
    Random random = new Random(20_261_122);
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String text =
          "users:\n- id: a\n  tokens:\n  - " + odd(random) + "s3cret" + odd(random) + "\n  x: y\n";
      started.addAll(Start.faults(Start.token(directory, text)).subList(0, 1));
    }
    assertEquals(3_000, started.size());
  }

  private static String odd(Random random) {
    String signs = "*&!%@`|>-?:,[]{}#'\"\\~ \t<=.$^()+/axuU\u00a0";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(signs.charAt(random.nextInt(signs.length())));
    }
    return text.toString();
  }
}
