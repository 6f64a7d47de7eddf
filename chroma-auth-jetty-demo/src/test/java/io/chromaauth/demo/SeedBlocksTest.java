package io.chromaauth.demo;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.AuthzAction;
import io.chromaauth.ChromaAuth;
import io.chromaauth.Settings;
import io.chromaauth.client.ClientCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every block of settings, every file and every client's settings of the documents, as pasted. */
class SeedBlocksTest {
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    SeedBlock.writeFiles(folder);
  }

  // who gets in
  @ParameterizedTest
  @CsvSource({
    "000-uvicorn.sh, Authorization, BASIC, admin",
    "000-compose.env, Authorization, BASIC, admin",
    "001-basic.sh, Authorization, BASIC, admin",
    "001-basic-cli.sh, Authorization, BASIC, admin",
    "001-basic-docker.sh, Authorization, BASIC, admin",
    "001-basic-compose.yaml, Authorization, BASIC, admin",
    "001-token.sh, Authorization, Bearer chr0ma-t0k3n, anonymous",
    "001-token-cli.sh, Authorization, Bearer chr0ma-t0k3n, anonymous",
    "001-token-docker.sh, Authorization, Bearer chr0ma-t0k3n, anonymous",
    "002-basic.sh, Authorization, BASIC, admin",
    "002-basic-compose.yaml, Authorization, BASIC, admin",
    "002-token.sh, Authorization, Bearer test-token, anonymous",
    "002-token.sh, X-Chroma-Token, test-token, anonymous",
    "002-users.sh, Authorization, Bearer admin-token-12345, admin",
    "002-users.sh, Authorization, Bearer user1-token-67890, user1",
  })
  void aServersBlockLetsInWhomItShould(String block, String header, String value, String user) {
    Map<String, String> environment = new SeedBlock(block).environment(folder);
    Command.Outcome check = Command.run(environment, "", "check");
    assertEquals(0, check.code(), check.err());
    try (var auth = ChromaAuth.fromSettings(Settings.of("environment", environment))) {
      assertEquals(user, userOf(auth, header, value.equals("BASIC") ? BASIC : value));
      assertEquals("", userOf(auth, header, "Bearer wrong"));
      assertEquals("", userOf(auth, "X-Other", "nothing"));
    }
  }

  // beside a token: what stands alone in the document
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "002-secret-file.sh | users: 1",
        "002-host.sh        | http://10.0.1.5:8000",
        "002-public.sh      | public: nothing",
        "002-ssl.sh         | CHROMA_SERVER_SSL_ENABLED is not acted on yet: put TLS in front",
      })
  void aFragmentOfSettingsDoesWhatItSays(String block, String told) {
    Map<String, String> environment = new SeedBlock(block).environment(folder);
    environment.put("CHROMA_SERVER_AUTHN_PROVIDER", "token");
    boolean file = environment.containsKey("CHROMA_SERVER_AUTHN_CREDENTIALS_FILE");
    Command.Outcome check = Command.run(environment, file ? "" : "test-token", "check");
    assertEquals(0, check.code(), check.err());
    assertTrue(check.out().contains(told), check.out());
  }

  // what is not right in the document, and what is said of it
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "001-token-compose.yaml | 2 | (CHROMA_SERVER_AUTHN_CREDENTIALS): found a value with literal"
            + " quotes around it | (in a list of a compose file quotes are part of the value)",
        "001-token-compose.yaml | 2 | (CHROMA_AUTH_TOKEN_TRANSPORT_HEADER): found '\"Authorization\"'"
            + " with literal quotes | expected Authorization; fix: remove them",
        "002-options.sh | 3 | (CHROMA_SERVER_AUTHN_CREDENTIALS): found both it and |"
            + " fix: unset CHROMA_SERVER_AUTHN_CREDENTIALS",
        "002-options.sh | 3 | (CHROMA_SERVER_AUTHZ_CONFIG): found both it and |"
            + " fix: unset CHROMA_SERVER_AUTHZ_CONFIG",
        "002-options.sh | 3 | (CHROMA_SERVER_AUTH_IGNORE_PATHS): found 'GET <boltpathname> |"
            + " a path of the Chroma API that begins with /",
        "002-custom.sh | 1 | found 'myapp.auth.CustomAuthProvider' |"
            + " fix: put the jar with this class on the class path: docs/custom-providers.md",
        "002-secret-file.sh | 1 | found credentials without a provider |"
            + " fix: export CHROMA_SERVER_AUTHN_PROVIDER=",
      })
  void aBlockThatCannotBeRightIsRefusedWithAHint(
      String block, int faults, String found, String hint) {
    Map<String, String> environment = new SeedBlock(block).environment(folder);
    Command.Outcome check = Command.run(environment, "", "check");
    assertEquals(2, check.code(), check.out());
    assertEquals(faults, check.err().lines().count(), check.err());
    assertTrue(
        check.err().lines().anyMatch(line -> line.contains(found) && line.contains(hint)),
        check.err());
    assertFalse(check.err().contains("chr0ma-t0k3n"), check.err());
    assertFalse(check.err().contains("inline-credentials"), check.err());
  }

  // the settings of the Python clients, as the environment of a Java one
  @ParameterizedTest
  @CsvSource({
    "000-basic.py, Authorization, BASIC",
    "000-token.py, Authorization, Bearer test-token",
    "000-x-chroma-token.py, X-Chroma-Token, test-token",
    "001-basic.py, Authorization, BASIC",
    "001-token.py, Authorization, Bearer chr0ma-t0k3n",
    "002-basic.py, Authorization, BASIC",
    "002-token.py, Authorization, Bearer test-token",
    "002-x-chroma-token.py, X-Chroma-Token, test-token",
    "002-positive.py, Authorization, BASIC",
  })
  void aClientsSettingsMeanTheSameHere(String block, String header, String value) {
    Map<String, String> settings = new LinkedHashMap<>();
    var keyword = Pattern.compile("(chroma_\\w+)\\s*=\\s*\"([^\"]*)\"");
    keyword
        .matcher(new SeedBlock(block).text())
        .results()
        .forEach(m -> settings.put(m.group(1).toUpperCase(Locale.ROOT), m.group(2)));
    Map<String, String> headers =
        ClientCredentials.fromSettings(Settings.of("environment", settings))
            .headersFor(URI.create("http://localhost:8000"));
    assertEquals(Map.of(header, value.equals("BASIC") ? BASIC : value), headers);
  }

  // names of actions of which 002 says that there are so many
  @Test
  void everyActionOfTheDocumentIsThereByItsName() throws ReflectiveOperationException {
    var names =
        Pattern.compile("AuthzAction\\.(\\w+)")
            .matcher(new SeedBlock("002-actions.py").text())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertEquals(21, names.size());
    for (String name : names) {
      assertTrue(AuthzAction.class.getField(name).get(null) instanceof AuthzAction, name);
    }
  }

  @Test
  void thePageOfMigrationNamesEveryBlock() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "migration.md"));
    Path folderOfBlocks = Path.of(requireNonNull(SeedBlock.class.getResource("seeds")).toURI());
    try (var blocks = Files.list(folderOfBlocks)) {
      List<String> missing =
          blocks
              .map(block -> block.getFileName().toString())
              .filter(name -> !page.contains("`" + name + "`"))
              .sorted()
              .toList();
      assertEquals(List.of(), missing);
    }
  }

  private static String userOf(ChromaAuth auth, String header, String value) {
    AuthnResult result =
        auth.snapshot()
            .authenticate(
                name -> name.equalsIgnoreCase(header) ? List.of(value) : List.<String>of());
    return result instanceof AuthnResult.Authenticated authenticated
        ? authenticated.identity().userId()
        : "";
  }
}
