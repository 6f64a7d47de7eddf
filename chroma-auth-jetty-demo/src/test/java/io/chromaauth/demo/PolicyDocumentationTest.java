package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code explain} and policy tests, with the files of docs/authorization.md as they stand there.
 */
class PolicyDocumentationTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final String USERS =
      """
      users:
      - {id: alice, tokens: [alice-token]}
      - {id: bob, tokens: [bob-token]}
      """;

  @TempDir private Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String policy = "";

  @BeforeEach
  void writeTheExamples() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "authorization.md"));
    List<String> examples =
        YAML.matcher(page).results().map((MatchResult example) -> example.group(1)).toList();
    assertEquals(3, examples.size(), "rules, routes, policy");
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", "token");
    settings.put("CHROMA_SERVER_AUTHN_CREDENTIALS_FILE", write("users.yaml", USERS));
    settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG_FILE", write("authz.yaml", examples.get(0)));
    settings.put("CHROMA_AUTH_UPSTREAM", "http://127.0.0.1:1"); // nobody is asked
    settings.put("CHROMA_AUTH_ROUTES_FILE", write("routes.yaml", examples.get(1)));
    policy = examples.get(2);
  }

  @Test
  void thePolicyTestsOfThePageHold() throws IOException {
    Command.Outcome outcome = check(policy);
    assertEquals(0, outcome.code(), outcome.out() + outcome.err());
    assertTrue(outcome.out().endsWith("policy tests: 6 of 6 hold\n"), outcome.out());
    assertTrue(outcome.out().contains("the host's own paths: 5 from"), outcome.out());
    assertTrue(outcome.out().contains("public among them: /static/**"), outcome.out());
  }

  @Test
  void aTestThatDoesNotHoldIsToldWithItsLineAndTheRule() throws IOException {
    Command.Outcome outcome =
        check(
            """
            - as: alice
              can: [system:reset]
              cannot:
                - collection:query acme/docs/notes
                - GET /orders/5
            """);
    assertEquals(1, outcome.code(), outcome.out());
    List<String> failed =
        outcome.out().lines().filter(line -> line.startsWith("FAILED: ")).toList();
    assertEquals(
        List.of(
            "FAILED: POLICY:2 [0].can[0]: refused by FOLDER/authz.yaml: no role of alice grants"
                + " system:reset",
            "FAILED: POLICY:4 [0].cannot[0]: allowed by FOLDER/authz.yaml:3"
                + " roles_mapping.docs_editor"),
        failed.stream()
            .map(line -> line.replace(folder + "/policy.yaml", "POLICY"))
            .map(line -> line.replace(folder.toString(), "FOLDER"))
            .toList());
    assertTrue(outcome.out().endsWith("policy tests: 1 of 3 hold\n"), outcome.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                               | found no tests",
        "[{can: [system:reset]}]                          | :1 ([0].as): found nothing",
        "[{as: alise, can: [system:reset]}]               | did you mean 'alice'?",
        "[{as: alice, can: [system:rest]}]                | did you mean 'system:reset'?",
        "[{as: alice, can: [reset]}]                      | is neither ACTION",
        "[{as: alice, can: ['collection:get a/b/c/d']}]   | is not TENANT/DATABASE/COLLECTION",
        "[{as: alice, cannot: [GET /api/v2/tenents]}]     | expected a path of the API",
        "[{as: alice, cannot: [PUT /api/v2/reset]}]       | expected a path of the API",
        "[{as: alice, can: [{request: system:reset}]}]    | is not METHOD PATH",
        "[{as: alice, can: [{body: '{}'}]}]               | .request): found nothing",
        "[{as: alice, can: [POST /api/v2/tenants/acme/databases/docs/collections]}] | depends on",
      })
  void whatProvesNothingIsAFault(String text, String expected) throws IOException {
    Command.Outcome outcome = check(text);
    assertTrue(outcome.err().contains(expected), outcome.err());
    assertTrue(outcome.err().startsWith("chroma-auth: " + folder), outcome.err());
    assertEquals(2, outcome.code(), outcome.out());
  }

  @Test
  void aMissingFileOfTestsIsAFault() {
    Command.Outcome outcome = Command.run(settings, "", "check", "--policy-tests", "nowhere.yaml");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("(--policy-tests)") || outcome.err().contains("nowhere"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice | collection:query acme/docs/notes   | allowed     | collection:query | :3 roles_mapping",
        "alice | collection:query globex/docs/notes | refused 403 | collection:query | bounds of alice",
        "alice | GET /me                            | allowed     |                  | any identity",
        "alice | GET /static/logo.png               | allowed     |                  | public path",
        "alice | DELETE /me                         | refused 405 |                  | not a route",
        "bob   | GET /api/v2/tenants/acme           | allowed     | tenant:get_tenant | reader",
      })
  void explainTellsTheDecisionAndItsRule(
      String user, String question, String decision, String action, String rule) {
    Command.Outcome outcome = explain("--as", user, question);
    assertEquals(0, outcome.code(), outcome.err());
    List<String> lines = outcome.out().lines().toList();
    assertEquals(decision, lines.get(0));
    assertEquals(action == null ? 2 : 3, lines.size(), outcome.out());
    assertTrue(action == null || lines.get(1).equals("action: " + action), outcome.out());
    assertTrue(lines.get(lines.size() - 1).contains(rule), outcome.out());
  }

  @Test
  void explainTakesABodyAndTheOwnerOfAnId() {
    String collections = "/api/v2/tenants/acme/databases/docs/collections";
    String data = collections + "/00000000-0000-4000-8000-000000000001/get";
    assertEquals("depends", first(explain("--as", "alice", "POST", collections)));
    assertEquals(
        "allowed",
        first(explain("--as", "alice", "--body", "{\"name\":\"a\"}", "POST", collections)));
    assertEquals("depends", first(explain("--as", "alice", "POST", data)));
    assertEquals(
        "allowed", first(explain("--as", "alice", "--collection", "acme/docs/a", "POST", data)));
    assertEquals(
        "refused 404",
        first(explain("--as", "alice", "--collection", "globex/docs/a", "POST", data)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alise | system:reset | did you mean 'alice'?",
        "alice | system:rest  | did you mean 'system:reset'?",
        "alice | nonsense     | is neither ACTION",
      })
  void explainNamesWhatThereIsNot(String user, String question, String expected) {
    Command.Outcome outcome = explain("--as", user, question);
    assertEquals(2, outcome.code());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains(expected), outcome.err());
  }

  @Test
  void aBodyGoesWithARequest() {
    assertEquals(2, explain("--as", "alice", "--body", "{}", "system:reset").code());
  }

  private Command.Outcome check(String text) throws IOException {
    return Command.run(settings, "", "check", "--policy-tests", write("policy.yaml", text));
  }

  private Command.Outcome explain(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "explain";
    System.arraycopy(args, 0, all, 1, args.length);
    return Command.run(settings, "", all);
  }

  private static String first(Command.Outcome outcome) {
    assertEquals(0, outcome.code(), outcome.err());
    return outcome.out().lines().findFirst().orElse("");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
