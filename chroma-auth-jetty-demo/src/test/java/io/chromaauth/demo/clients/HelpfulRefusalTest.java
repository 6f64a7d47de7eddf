package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody bound to a tenant and a database whose client asks for Chroma's defaults reads in that
 * client's own error what to pass, and it works. (npm 3.5.0 shows no server's text for a 403; npm
 * 1.10 asks who it is and goes to its own place.)
 */
@ClientTest
@ExtendWith(GuardedChromas.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelpfulRefusalTest {
  private static final Set<String> CLIENTS =
      Set.of("PYTHON_0_4_24", "PYTHON_0_6_3", "PYTHON_1_5_9", "NPM_3_5_0", "GO_0_3_0");

  private GuardedChromas.Servers servers;

  @BeforeAll
  void start(GuardedChromas.Servers shared) {
    servers = shared;
  }

  static Stream<ClientProgram> clients() {
    return Stream.of(ClientProgram.values()).filter(client -> CLIENTS.contains(client.name()));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void theClientsErrorSaysWhatToPass(ClientProgram client, @TempDir Path folder) throws Exception {
    // the refusal is the gateway's own: an older client needs no older server for it
    boolean isNew = client.server().equals("1.5.9");
    Map<String, String> environment =
        Map.of(
            "CHROMA_URL",
            servers.of(isNew ? "1.5.9" : "0.6.3").url().toString(),
            "CHROMA_SCHEME",
            "bearer",
            "CHROMA_CREDENTIALS",
            "single-token",
            "CHROMA_OWN_TENANT",
            "acme",
            "CHROMA_OWN_DATABASE",
            "main");
    ClientProgram.Outcome outcome = client.run("elsewhere", folder, environment);
    assertEquals(0, outcome.exitCode(), outcome.output());
  }
}
