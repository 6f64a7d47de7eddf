package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.settings.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of tokens and the token users file, with the one line that tells its breach. */
class TokenUsersFaultsTest {
  private static final String TOKEN =
      ", expected a token of printable ASCII characters without spaces";
  private static final String KEYS =
      ", expected one of collections, databases, id, provider, role, roles, tenant, tokens";

  private static final String EMPTY = ": found an empty value, expected a text that is not empty";
  private static final String OTHER =
      ": found a number, date or boolean" + TOKEN + "; fix: put it in quotes";
  private static final String ODD = ": found a token with a space or beyond ASCII" + TOKEN;
  private static final String HASH =
      ": found sha256: without 64 hexadecimal digits behind it, expected sha256: and the token's"
          + " SHA-256; fix: printf %s TOKEN | sha256sum";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"documents", "users", "tokens"})
  void whatIsNotRightIsToldWithItsLineAndKey(String title, String text, String fault) {
    List<String> faults = Start.faults(Start.token(directory, text), directory);
    assertEquals(List.of("users.yaml" + fault), faults);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        arguments("empty", "", ": found an empty document, expected a YAML mapping"),
        arguments(
            "a line of htpasswd",
            "admin:$2y$05$s3cret",
            ": found a line of htpasswd, expected a token of printable ASCII ch"
                + "aracters without spaces; fix: if it is one, the provider is basic"),
        arguments(
            "a placeholder",
            "${S3CRET}",
            ": found a placeholder, expected a token of printabl"
                + "e ASCII characters without spaces; fix: openssl rand -hex 32"),
        arguments(
            "the scheme as well",
            "Bearer s3cret",
            ": found a token with a space or a character beyond ASCII, expected"
                + " a token of printable ASCII characters without spaces; fix: leave out 'Bearer '"),
        arguments("blank", " \n\n", ": found an empty document, expected a YAML mapping"),
        arguments("comments", "# a\n# b\n", ": found an empty document, expected a YAML mapping"),
        arguments(
            "two bare tokens",
            "s3cret-a\ns3cret-b\n",
            ":1 (top level): found a text, expected a mapping"),
        arguments(
            "a list",
            "- id: a\n  tokens: [s3cret]\n",
            ":1 (top level): found a list, expected a mapping"),
        arguments(
            "no users",
            "roles_mapping: {}\n\n# s3cret\n",
            ":1 (users): found nothing, expected a list of users with id and tokens"),
        arguments(
            "empty users",
            "users:\n# s3cret\n",
            ":1 (users): found an empty value, expected a list"),
        arguments(
            "no user in users",
            "---\nusers: []\n",
            ":2 (users): found no users, expected at least one"),
        arguments(
            "users by name",
            "users:\n  admin: {tokens: [s3cret]}\n",
            ":2 (users): found a mapping, expected a list"),
        arguments(
            "misspelt users",
            "users: [{id: a, tokens: [s3cret]}]\nuser: []\n",
            ":2 (top level): found 'user', expected one of roles_mapping, users; fix: did you mean"
                + " 'users'?"));
  }

  static Stream<Arguments> users() {
    return Stream.of(
        arguments(
            "user as text",
            "users:\n- s3cret\n",
            ":2 (users[0]): found a text, expected a mapping"),
        arguments(
            "no id",
            "users:\n- tokens: [s3cret]\n",
            ":2 (users[0].id): found nothing, expected a user's id"),
        arguments("empty id", user("id: ''"), ":3 (users[0].id)" + EMPTY),
        arguments("null id", user("id:"), ":3 (users[0].id)" + EMPTY),
        arguments(
            "list as id",
            user("id: [s3cret]"),
            ":3 (users[0].id): found a list, expected a text that is not empty"),
        arguments(
            "id twice",
            user("id: a") + "- {id: a, tokens: [s3cret-2]}\n",
            ":4 (users[1].id): found 'a' again, expected each user once"),
        arguments(
            "misspelt databases, a bound that would be lost",
            user("id: a\n  databses: [db1]"),
            ":4 (users[0]): found 'databses'" + KEYS + "; fix: did you mean 'databases'?"),
        arguments(
            "misspelt tenant",
            user("id: a\n  tennant: t1"),
            ":4 (users[0]): found 'tennant'" + KEYS + "; fix: did you mean 'tenant'?"),
        arguments(
            "another case of tenant",
            user("id: a\n  Tenant: t1"),
            ":4 (users[0]): found 'Tenant'" + KEYS + "; fix: did you mean 'tenant'?"),
        arguments(
            "singular collection",
            user("id: a\n  collection: docs-*"),
            ":4 (users[0]): found 'collection'" + KEYS + "; fix: did you mean 'collections'?"),
        arguments("empty tenant", user("id: a\n  tenant: ''"), ":4 (users[0].tenant)" + EMPTY),
        arguments("null tenant", user("id: a\n  tenant:"), ":4 (users[0].tenant)" + EMPTY),
        arguments("tilde tenant", user("id: a\n  tenant: ~"), ":4 (users[0].tenant)" + EMPTY),
        arguments(
            "list of tenants",
            user("id: a\n  tenant: [t1]"),
            ":4 (users[0].tenant): found a list, expected a text that is not empty"),
        arguments(
            "null databases",
            user("id: a\n  databases:"),
            ":4 (users[0].databases): found an empty value, expected a list"),
        arguments(
            "databases as text",
            user("id: a\n  databases: db1"),
            ":4 (users[0].databases): found a text, expected a list"),
        arguments(
            "a star that is no list",
            user("id: a\n  databases: '*'"),
            ":4 (users[0].databases): found a text, expected a list"),
        arguments(
            "empty name in databases",
            user("id: a\n  databases:\n  - db1\n  - ''"),
            ":6 (users[0].databases[1])" + EMPTY),
        arguments(
            "list in collections",
            user("id: a\n  collections: [[x]]"),
            ":4 (users[0].collections[0]): found a list, expected a text that is not empty"),
        arguments(
            "star beside names in databases",
            user("id: a\n  databases: ['*', db1]"),
            ":4 (users[0].databases): found '*' beside names, expected either '*' or names"),
        arguments(
            "star beside names in collections",
            user("id: a\n  collections: [x, '*']"),
            ":4 (users[0].collections): found '*' beside names, expected either '*' or names"));
  }

  static Stream<Arguments> tokens() {
    return Stream.of(
        arguments(
            "no tokens",
            "users:\n- id: a\n",
            ":2 (users[0].tokens): found nothing, expected a list of tokens"),
        arguments(
            "null tokens",
            tokens(""),
            ":3 (users[0].tokens): found an empty value, expected a list"),
        arguments(
            "empty tokens",
            tokens("[]"),
            ":3 (users[0].tokens): found no tokens, expected at least one"),
        arguments(
            "a text, of which Chroma made one token per letter",
            tokens("s3cret"),
            ":3 (users[0].tokens): found a text, expected a list"),
        arguments("integer", tokens("[12345]"), ":3 (users[0].tokens[0])" + OTHER),
        arguments("date", tokens("[2024-01-01]"), ":3 (users[0].tokens[0])" + OTHER),
        arguments("boolean", tokens("[yes]"), ":3 (users[0].tokens[0])" + OTHER),
        arguments(
            "null token", tokens("[~]"), ":3 (users[0].tokens[0]): found an empty value" + TOKEN),
        arguments(
            "empty token", tokens("['']"), ":3 (users[0].tokens[0]): found an empty token" + TOKEN),
        arguments(
            "list as token", tokens("[[s3cret]]"), ":3 (users[0].tokens[0]): found a list" + TOKEN),
        arguments("space in token", tokens("[s3cret x]"), ":3 (users[0].tokens[0])" + ODD),
        arguments("newline in token", tokens("[\"s3cret\\nx\"]"), ":3 (users[0].tokens[0])" + ODD),
        arguments("delete in token", tokens("[\"s3cret\\x7f\"]"), ":3 (users[0].tokens[0])" + ODD),
        arguments("umlaut in token", tokens("[s3cret-ä]"), ":3 (users[0].tokens[0])" + ODD),
        arguments(
            "one token for two users",
            tokens("[s3cret]") + "- id: b\n  tokens:\n  - s3cret-2\n  - s3cret\n",
            ":7 (users[1].tokens[1]): found the token of line 3, expected each token once"),
        arguments(
            "one token twice for one user",
            tokens("[s3cret, s3cret]"),
            ":3 (users[0].tokens[1]): found the token of line 3, expected each token once"),
        arguments(
            "a token and its hash",
            tokens("[s3cret, sha256:" + Samples.SHA_256 + "]"),
            ":3 (users[0].tokens[1]): found the token of line 3, expected each token once"),
        arguments("short hash", tokens("['sha256:1ec1']"), ":3 (users[0].tokens[0])" + HASH),
        arguments(
            "hash of no hexadecimal",
            tokens("['sha256:s3cret']"),
            ":3 (users[0].tokens[0])" + HASH),
        arguments(
            "0.4's form without a token",
            tokens("[{secret: s3cret}]"),
            ":3 (users[0].tokens[0].token): found nothing" + TOKEN),
        arguments(
            "0.4's form with a number",
            tokens("[{token: 12345}]"),
            ":3 (users[0].tokens[0].token)" + OTHER));
  }

  /** Users are read before the rest of the document is known. */
  @Test
  void faultsOfTheDocumentAreToldBeforeThoseOfItsUsers() {
    String text = "users:\n- {id: a, tokens: []}\n- {id: '', tokens: [s3cret]}\nuser: []\n";
    List<String> faults = Start.faults(Start.token(directory, text), directory);
    assertEquals(3, faults.size());
    assertTrue(faults.get(0).startsWith("users.yaml:4 (top level): found 'user'"), faults.get(0));
    assertEquals(
        "users.yaml:2 (users[0].tokens): found no tokens, expected at least one", faults.get(1));
    assertEquals("users.yaml:3 (users[1].id)" + EMPTY, faults.get(2));
  }

  @Test
  void whatIsNoDocumentHasNoOtherFaults() {
    String text = "users:\n- {id: a, tokens: []}\n- {id: b, tokens: [s3cret]}\n}\n";
    List<String> faults = Start.faults(Start.token(directory, text), directory);
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).startsWith("users.yaml:4: found what is not YAML"), faults.get(0));
  }

  @Test
  void aFaultInAnInlineValueNamesTheSetting() {
    Map<String, String> settings =
        Map.of(Names.AUTHN_PROVIDER, "token", Names.AUTHN_CREDENTIALS, tokens("s3cret"));
    assertEquals(
        List.of(
            "environment CHROMA_SERVER_AUTHN_CREDENTIALS:3 (users[0].tokens): found a text,"
                + " expected a list"),
        Start.faults(settings));
  }

  private static String user(String lines) {
    return "users:\n- tokens: [s3cret]\n  " + lines + "\n";
  }

  private static String tokens(String value) {
    return "users:\n- id: a\n  tokens: " + value + "\n";
  }
}
