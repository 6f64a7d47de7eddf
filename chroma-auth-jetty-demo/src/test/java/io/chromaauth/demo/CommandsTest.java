package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes, and what a person reads. */
class CommandsTest {
  private static final String TOKEN = "chromadb.auth.token_authn.TokenAuthenticationServerProvider";
  private static final String BASIC = "chromadb.auth.basic_authn.BasicAuthenticationServerProvider";
  private static final String RBAC =
      "chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider";
  private static final String SECRET = "s3cr3t-t0k3n";

  @Test
  void checkTellsWhatTheSettingsComeTo() {
    Command.Outcome outcome =
        Command.run(Map.of("CHROMA_SERVER_AUTHN_PROVIDER", TOKEN), SECRET, "check");
    assertAll(
        () -> assertEquals(0, outcome.code(), outcome.err()),
        () -> assertTrue(outcome.out().contains("TokenAuthenticationServerProvider")),
        () -> assertTrue(outcome.out().contains("environment CHROMA_SERVER_AUTHN_PROVIDER")),
        () -> assertTrue(outcome.out().contains("WARNING: no authorization provider")),
        () -> assertFalse(outcome.out().contains(SECRET)));
  }

  @Test
  void nothingStartsWithoutAuthentication() {
    Command.Outcome outcome = Command.run(Map.of(), "", "run", "--upstream", "http://localhost:1");
    assertEquals(2, outcome.code());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(
        outcome
            .err()
            .startsWith("chroma-auth: settings (CHROMA_SERVER_AUTHN_PROVIDER): found nothing"),
        outcome.err());
  }

  @Test
  void noAuthBesideAProviderIsAContradiction() {
    Command.Outcome outcome =
        Command.run(Map.of("CHROMA_SERVER_AUTHN_PROVIDER", TOKEN), SECRET, "check", "--no-auth");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("--no-auth"), outcome.err());
  }

  @Test
  void theFiltersOwnSwitchIsNotForTheCommands() {
    Command.Outcome outcome = Command.run(Map.of("CHROMA_AUTH_DISABLED", "true"), "", "check");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("use --no-auth here"), outcome.err());
  }

  @Test
  void allFaultsOfAStartAreToldAtOnce() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", "token");
    settings.put("CHROMA_AUTH_TOKEN_TRANSPORT_HEADER", "X-Chroma-Tokn");
    settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", "nope");
    settings.put("CHROMA_SERVER_HTTP_PORT", "eighty");
    settings.put("CHROMA_AUTH_COMPAT", "0.6");
    Command.Outcome outcome = Command.run(settings, SECRET, "run");
    assertEquals(2, outcome.code());
    assertEquals(4, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains("did you mean 'X-Chroma-Token'?"), outcome.err());
  }

  @Test
  void anOccupiedPortIsOneLineAndNotAConfigurationFault() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Command.Outcome outcome =
          Command.run(
              Map.of("CHROMA_SERVER_AUTHN_PROVIDER", TOKEN),
              SECRET,
              "run",
              "--host",
              "127.0.0.1",
              "--port",
              String.valueOf(taken.getLocalPort()),
              "--upstream",
              "http://127.0.0.1:1");
      assertEquals(1, outcome.code(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().contains("--port"), outcome.err());
    }
  }

  // --host | --port | --upstream | whether that is the gateway itself
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost    | 8863 | http://localhost:8863   | true",
        "localhost    | 8863 | http://127.0.0.1:8863/x | true",
        "0.0.0.0      | 8863 | http://localhost:8863   | true",
        "::           | 8863 | http://[::1]:8863       | true",
        "192.168.77.7 | 8863 | http://192.168.77.7:8863 | true",
        "localhost    | 80   | http://localhost        | true",
        "192.168.77.7 | 8863 | http://localhost:8863   | false",
        "localhost    | 8863 | http://localhost:8864   | false",
      })
  void theGatewayIsNoUpstreamOfItself(String host, String port, String upstream, boolean itself) {
    String[] explain = {"explain", "--as", "a", "--host", host, "--port", port, "--upstream"};
    List<String> arguments = new ArrayList<>(List.of(explain));
    arguments.addAll(List.of(upstream, "system:reset"));
    Command.Outcome outcome =
        Command.run(
            Map.of("CHROMA_SERVER_AUTHN_PROVIDER", TOKEN),
            SECRET,
            arguments.toArray(String[]::new));
    String line = "chroma-auth: --upstream (CHROMA_AUTH_UPSTREAM): found '" + upstream + "', where";
    assertEquals(itself, outcome.err().startsWith(line), outcome.err());
    assertEquals(
        itself, outcome.err().contains("; fix: run Chroma on another port"), outcome.err());
  }

  @Test
  void checkWarnsOfAnUpstreamThatIsNotThere() {
    Command.Outcome outcome =
        Command.run(
            Map.of("CHROMA_SERVER_AUTHN_PROVIDER", TOKEN),
            SECRET,
            "check",
            "--upstream",
            "http://127.0.0.1:1");
    assertEquals(0, outcome.code(), outcome.err());
    String line =
        "WARNING: upstream http://127.0.0.1:1 does not answer (nothing listens there): requests get"
            + " 503 until it does";
    assertTrue(outcome.out().lines().anyMatch(line::equals), outcome.out());
  }

  @Test
  void wrongArgumentsExitWith2() {
    assertEquals(2, Command.run(Map.of(), "", "run", "--bogus").code());
    assertEquals(2, Command.run(Map.of(), "", "nonsense").code());
  }

  // each file with one thing wrong; what the line must hold
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "basic | admin                                  | :1: found a line without a colon",
        "basic | admin:{SHA}s3cr3t-t0k3n                | :1: found a SHA-1 hash for the user",
        "basic | admin:s3cr3t-t0k3n                     | plain text, expected a bcrypt hash",
        "token | users:\\n- id: a\\n  tokens: s3cr3t-t0k3n  | :3 (users[0].tokens): found a text",
        "token | users:\\n- tokens: [s3cr3t-t0k3n]\\n       | :2 (users[0].id): found nothing",
        "token | users:\\n- id: a\\n  token: [s3cr3t-t0k3n] | did you mean 'tokens'?",
        "token | s3cr3t-t0k3n\\ns3cr3t-t0k3n              | found a text, expected a mapping",
        "token | users:\\n- {id: a, tokens: [s3cr3t-t0k3n], databses: [d]} | mean 'databases'?",
        "token | users:\\n\\t- s3cr3t-t0k3n                | :2: found",
        "rbac  | roles_mapping: {}                      | (users): found nothing",
        "rbac  | users: []\\nroles_mapping: {r: {actions: [\"collection:ad\"]}} | 'collection:add'?",
        "rbac  | roles_mapping: {}\\nusers: [{id: anonymous, role: redaer}]  | mean 'reader'?",
        "rbac  | roles_mapping: {}\\nusers: [{id: nobody, role: reader}] | who has no credentials",
      })
  void aFaultyFileIsNamedWithItsLine(
      String kind, String content, String expected, @TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("file"), content.replace("\\n", "\n").replace("\\t", "\t"));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", kind.equals("basic") ? BASIC : TOKEN);
    if (kind.equals("rbac")) {
      settings.put("CHROMA_SERVER_AUTHN_CREDENTIALS", SECRET);
      settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", RBAC);
      settings.put("CHROMA_SERVER_AUTHZ_CONFIG_FILE", file.toString());
    } else {
      settings.put("CHROMA_SERVER_AUTHN_CREDENTIALS_FILE", file.toString());
    }
    Command.Outcome outcome = Command.run(settings, "", "check");
    assertEquals(2, outcome.code(), outcome.out());
    assertTrue(outcome.err().startsWith("chroma-auth: " + file), outcome.err());
    assertTrue(outcome.err().contains(expected), outcome.err());
    assertFalse(outcome.err().contains(SECRET), outcome.err());
  }
}
