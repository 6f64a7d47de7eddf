package io.chromaauth.demo;

import io.chromaauth.servlet.ChromaAuthFilter;
import io.chromaauth.servlet.Explanation;
import io.chromaauth.servlet.Explanation.Outcome;
import io.chromaauth.servlet.Question;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlReader;
import io.chromaauth.settings.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A team's own tests of its rules: a YAML list of {@code as}, {@code can} and {@code cannot}. Used
 * once.
 */
final class PolicyTests {
  private static final Set<String> KEYS = Set.of("as", "can", "cannot");
  private static final Set<String> QUESTION_KEYS = Set.of("request", "body", "collection");

  private static final String WHAT_THERE_IS = "a user, an action or a path that there is";

  private final ChromaAuthFilter filter;
  private final YamlReader reader;
  private final List<String> failures = new ArrayList<>();
  private int count;

  private PolicyTests(ChromaAuthFilter filter, YamlReader reader) {
    this.filter = filter;
    this.reader = reader;
  }

  /**
   * How the tests of a file came out.
   *
   * @param count how many there are
   * @param failures one line for each that does not hold
   */
  record Result(int count, List<String> failures) {
    Result {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Runs the tests of a file.
   *
   * @throws io.chromaauth.ConfigException with all that is wrong with the file: a user, an action
   *     or a path that there is not proves nothing by being refused
   */
  static Result run(String file, ChromaAuthFilter filter) {
    Faults faults = new Faults();
    Place source = Place.of(file);
    PolicyTests tests = new PolicyTests(filter, new YamlReader(source, faults));
    TextFile.read(file, Place.of("--policy-tests"), faults)
        .flatMap(text -> YamlText.parse(text, source, faults))
        .ifPresent(tests::readDocument);
    faults.throwIfAny();
    return new Result(tests.count, tests.failures);
  }

  private void readDocument(YamlNode document) {
    List<YamlNode> items = reader.items(document, YamlReader.TOP);
    for (int i = 0; i < items.size(); i++) {
      String path = "[" + i + "]";
      reader.mapping(items.get(i), path, KEYS).ifPresent(test -> readTest(test, path + "."));
    }
    if (count == 0) {
      reader.add(document.line(), YamlReader.TOP, "no tests", "as, can and cannot", null);
    }
  }

  private void readTest(Mapping test, String path) {
    reader
        .required(test, path, "as", "a user's id")
        .flatMap(node -> reader.text(node, path + "as"))
        .ifPresent(
            user -> {
              ask(user, test, path, "can", Outcome.ALLOWED);
              ask(user, test, path, "cannot", Outcome.REFUSED);
            });
  }

  private void ask(String user, Mapping test, String path, String key, Outcome expected) {
    YamlNode list = test.entries().get(key);
    List<YamlNode> items = list == null ? List.of() : reader.items(list, path + key);
    for (int i = 0; i < items.size(); i++) {
      count++;
      ask(user, items.get(i), path + key + "[" + i + "]", expected);
    }
  }

  private void ask(String user, YamlNode node, String key, Outcome expected) {
    try {
      Question question = question(node, key);
      if (question != null) {
        compare(filter.explain(user, question), node, key, expected);
      }
    } catch (IllegalArgumentException e) {
      reader.add(node.line(), key, String.valueOf(e.getMessage()), WHAT_THERE_IS, null);
    }
  }

  private @Nullable Question question(YamlNode node, String key) {
    if (!(node instanceof Mapping)) {
      return reader.text(node, key).map(Question::parse).orElse(null);
    }
    Mapping mapping = reader.mapping(node, key, QUESTION_KEYS).orElse(null);
    String line =
        mapping == null
            ? null
            : reader
                .required(mapping, key + ".", "request", "METHOD PATH")
                .flatMap(text -> reader.text(text, key + ".request"))
                .orElse(null);
    if (mapping == null || line == null) {
      return null;
    }
    String collection = reader.text(mapping, key + ".", "collection");
    if (Question.parse(line) instanceof Question.OfRequest request) {
      return new Question.OfRequest(
          request.method(),
          request.target(),
          reader.text(mapping, key + ".", "body"),
          collection == null ? null : Question.resource(collection));
    }
    throw new IllegalArgumentException("'" + line + "' is not METHOD PATH");
  }

  /** Whether the rules refused it, and not what is wrong with the request itself. */
  private static boolean isDecision(Explanation refusal) {
    return refusal.action() != null && (refusal.status() == 403 || refusal.status() == 404);
  }

  private void compare(Explanation answer, YamlNode node, String key, Outcome expected) {
    if (answer.outcome() == Outcome.DEPENDS) {
      String fix = "write {request: METHOD PATH, body: '{...}', collection: TENANT/DATABASE/NAME}";
      reader.add(node.line(), key, "a request that " + answer.rule(), "all that decides", fix);
      return;
    }
    if (answer.outcome() == Outcome.REFUSED && !isDecision(answer)) {
      String found = answer.rule() + " (" + answer.status() + ")";
      reader.add(node.line(), key, found, "a path of the API, its method, names and body", null);
      return;
    }
    if (answer.outcome() != expected) {
      failures.add(
          reader.at(node.line(), key)
              + ": "
              + answer.outcome().name().toLowerCase(Locale.ROOT)
              + " by "
              + answer.rule());
    }
  }
}
