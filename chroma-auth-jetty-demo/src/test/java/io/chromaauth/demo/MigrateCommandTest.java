package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What old files come to; what is printed for an environment starts. */
class MigrateCommandTest {
  @TempDir Path folder;

  @Test
  void anEnvironmentOf04BecomesTodaysAndStarts() throws Exception {
    SeedBlock.writeFiles(folder);
    String old = new SeedBlock("000-compose.env").text().replace("/chroma/", folder + "/");
    List<String> lines = migrated("old.env", old);
    assertEquals(
        List.of(
            "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE=" + folder + "/server.htpasswd",
            "CHROMA_SERVER_AUTHN_PROVIDER="
                + "chromadb.auth.basic_authn.BasicAuthenticationServerProvider"),
        lines.stream().filter(line -> !line.startsWith("#")).toList());
    assertHas(lines, "# CHROMA_SERVER_AUTH_CREDENTIALS_PROVIDER is no longer needed");
    assertHas(lines, "# CHROMA_SERVER_AUTH_PROVIDER is CHROMA_SERVER_AUTHN_PROVIDER since");
    assertHas(lines, "# RISK: Chroma 0.5 and later ignored CHROMA_SERVER_AUTH_PROVIDER");
    assertHas(lines, "# RISK: no CHROMA_SERVER_AUTHZ_PROVIDER: every user may do everything");
    assertEquals(0, Command.run(parsed(lines), "", "check").code());
  }

  @Test
  void quotesOfAComposeListAreTakenOff() throws Exception {
    List<String> lines = migrated("c.yaml", new SeedBlock("001-token-compose.yaml").text());
    assertHas(lines, "CHROMA_SERVER_AUTHN_CREDENTIALS=chr0ma-t0k3n");
    assertHas(lines, "CHROMA_AUTH_TOKEN_TRANSPORT_HEADER=Authorization");
    assertHas(lines, "# RISK: CHROMA_SERVER_AUTHN_CREDENTIALS had quotes around it");
    assertHas(lines, "# RISK: credentials in the environment: a file is readable to fewer");
    assertHas(lines, ", service chromadb");
    assertEquals(0, Command.run(parsed(lines), "", "check").code());
  }

  @Test
  void everythingThatWasRiskyIsTold() throws Exception {
    List<String> lines =
        migrated(
            "c.yaml",
            """
            services:
              chroma:
                environment:
                  CHROMA_SERVER_AUTHZ_PROVIDER: simple_rbac
                  CHROMA_SERVER_AUTH_CREDENTIALS: "'it's # odd'"
                  CHROMA_SERVER_AUTH_TOKEN_TRANSPORT_HEADER: X_CHROMA_TOKEN
                  CHROMA_CLIENT_AUTH_PROVIDER: token
                  CHROMA_CLIENT_AUTH_TOKEN_TRANSPORT_HEADER: AUTHORIZATION
                  CHROMA_SERVER_AUTH_IGNORE_PATHS: '{}'
                  CHROMA_SERVER_HTTP_PORT: ${PORT}
                  ALLOW_RESET: "TRUE"
                  OTHER: x
              web:
                environment: [A=b]
              bare: {}
            """);
    assertHas(lines, "credentials without a provider: the old server let everybody in");
    assertHas(lines, "rules without logins: the old server let everybody in");
    assertHas(lines, "did nothing in Chroma 0.5 and 0.6; here it opens its paths");
    assertHas(lines, "ALLOW_RESET: whoever has system:reset can delete everything");
    assertHas(lines, "CHROMA_SERVER_HTTP_PORT holds a variable; write its value there");
    assertHas(
        lines, "CHROMA_CLIENT_AUTH_PROVIDER=chromadb.auth.token_authn.TokenAuthClientProvider");
    assertHas(lines, "CHROMA_AUTH_TOKEN_TRANSPORT_HEADER=");
    assertEquals(1, lines.stream().filter(line -> line.contains(", service ")).count());
    assertEquals("it's # odd", parsed(lines).get("CHROMA_SERVER_AUTHN_CREDENTIALS"));
  }

  @Test
  void rulesAndUsersAreReadAndTheirFaultsTold() throws Exception {
    List<String> rules =
        migrated("authz.yaml", "roles_mapping: {r: {actions: ['collection:ad']}}\nusers: []\n");
    assertHas(rules, "CHROMA_SERVER_AUTHZ_CONFIG_FILE, as it is unless told below");
    assertHas(rules, "# RISK: ");
    assertHas(rules, "did you mean 'collection:add'?");
    List<String> users = migrated("users.yaml", new SeedBlock("002-users.yaml").text());
    assertHas(users, "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE, as it is unless told below");
    assertHas(users, "# RISK: tokens in plain text; chroma-auth new-token USER");
    assertHas(users, "were never enforced and are now");
    List<String> old =
        migrated("04.yaml", "users:\n- {id: a, role: admin, tokens: [{token: x, secret: y}]}\n");
    assertHas(old, "roles in this file never counted");
  }

  @Test
  void whatIsNoneOfThemIsAFault() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "a: b\n");
    Command.Outcome other = Command.run(Map.of(), "", "migrate", file.toString());
    assertEquals(2, other.code());
    assertTrue(other.err().contains("none of the files of an old Chroma"), other.err());
    assertEquals(2, Command.run(Map.of(), "", "migrate", folder + "/none").code());
    assertEquals(2, Command.run(Map.of(), "", "migrate").code());
  }

  private List<String> migrated(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Command.Outcome outcome = Command.run(Map.of(), "", "migrate", file.toString());
    assertEquals(0, outcome.code(), outcome.err());
    return outcome.out().lines().toList();
  }

  private static Map<String, String> parsed(List<String> lines) {
    return new HashMap<>(
        DotEnv.parse(String.join("\n", lines), Place.of("migrated"), new Faults()));
  }

  private static void assertHas(List<String> lines, String part) {
    assertTrue(lines.stream().anyMatch(line -> line.contains(part)), () -> part + " in " + lines);
  }
}
