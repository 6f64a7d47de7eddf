package io.chromaauth.demo.clients;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.TestGateway;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Python snippets of the documents, word for word, by real clients to real servers. */
@ClientTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedClientsTest {
  private static final Path BLOCKS =
      Path.of("src/test/resources/io/chromaauth/demo/seeds").toAbsolutePath();
  private static final Path RUNNER = Path.of("src/test/clients/python/seed.py").toAbsolutePath();

  @TempDir static Path folder;

  private final Map<String, RealChroma> servers = new HashMap<>();
  private final Map<String, TestGateway> gateways = new HashMap<>();

  @BeforeAll
  void startServers() throws Exception {
    Path passwords = folder.resolve("server.htpasswd");
    Files.writeString(
        passwords, "admin:$2y$04$abcdefghijklmnopqrstuuQe66hACgXZ.ImKMvPGdqru0gQrWJ8Ju\n");
    Path users = folder.resolve("users.yaml");
    Files.writeString(
        users, "users:\n- id: anonymous\n  tokens:\n  - test-token\n  - chr0ma-t0k3n\n");
    Map<String, String> settings =
        Map.of(
            "CHROMA_SERVER_AUTHN_PROVIDER",
            "basic,token",
            "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
            passwords + "," + users);
    for (String version : new String[] {"0.4.24", "0.6.3", "1.5.9"}) {
      RealChroma server = RealChroma.start(version, folder);
      servers.put(version, server);
      gateways.put(version, TestGateway.start(settings, server.url()));
    }
  }

  @AfterAll
  void stopServers() {
    gateways.values().forEach(TestGateway::close);
    servers.values().forEach(RealChroma::close);
  }

  @ParameterizedTest
  @CsvSource({
    "000-basic.py, 0.4.24",
    "000-token.py, 0.4.24",
    "000-x-chroma-token.py, 0.4.24",
    "001-basic.py, 0.6.3",
    "001-basic.py, 1.5.9",
    "001-basic-async.py, 0.6.3",
    "001-basic-async.py, 1.5.9",
    "001-token.py, 0.6.3",
    "001-token.py, 1.5.9",
    "001-token-async.py, 0.6.3",
    "001-token-async.py, 1.5.9",
    "002-basic.py, 0.6.3",
    "002-basic.py, 1.5.9",
    "002-token.py, 0.6.3",
    "002-token.py, 1.5.9",
    "002-x-chroma-token.py, 0.6.3",
    "002-x-chroma-token.py, 1.5.9",
    "002-positive.py, 0.6.3",
    "002-positive.py, 1.5.9",
  })
  void aSnippetWorksAsPrinted(String block, String version) throws Exception {
    Outcome outcome = run(block, version);
    assertEquals(0, outcome.code(), outcome.output());
    assertFalse(outcome.output().contains("failed"), outcome.output());
  }

  /** Clients since 0.4.16 raise inside HttpClient() already, outside the sample's try. */
  @ParameterizedTest
  @CsvSource({
    "000-negative.py, 0.4.24, Could not connect to tenant",
    "002-negative.py, 0.6.3, Unauthorized",
    "002-negative.py, 1.5.9, Unauthorized",
  })
  void aNegativeTestIsRefused(String block, String version, String told) throws Exception {
    Outcome outcome = run(block, version);
    assertTrue(outcome.output().contains(told), outcome.output());
    assertFalse(outcome.output().contains("Should have been rejected"), outcome.output());
  }

  private Outcome run(String block, String version) throws Exception {
    URI gateway = requireNonNull(gateways.get(version)).url();
    Path output = Files.createTempFile(folder, block, ".out");
    String python = Installed.path("PYTHON_" + version.replace('.', '_'));
    ProcessBuilder builder =
        new ProcessBuilder(python, RUNNER.toString(), BLOCKS.resolve(block).toString())
            .directory(Files.createTempDirectory(folder, "cwd").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CHROMA_"));
    builder.environment().put("SEED_PORT", String.valueOf(gateway.getPort()));
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertTrue(ended, block + " did not end: " + text);
    return new Outcome(process.exitValue(), text);
  }

  private record Outcome(int code, String output) {}
}
