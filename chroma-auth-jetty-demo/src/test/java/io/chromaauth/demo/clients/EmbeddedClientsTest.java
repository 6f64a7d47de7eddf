package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.TokenAuthentication;
import io.chromaauth.demo.api.EmbeddedChroma;
import io.chromaauth.demo.api.EmbeddedServer;
import io.chromaauth.demo.gateway.GatewayOptions;
import io.chromaauth.demo.gateway.GatewayServer;
import io.chromaauth.servlet.ChromaAuthFilter;
import jakarta.servlet.Filter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real clients with the embedded Chroma, with and without the filter before it. */
@ClientTest
class EmbeddedClientsTest {
  /** Their flow makes a tenant of its own, which nobody who is bound to one may. */
  private static final Set<ClientProgram> MAKE_TENANTS =
      EnumSet.of(ClientProgram.SPRING_AI, ClientProgram.LANGCHAIN4J);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(ClientProgram.class)
  void cannotTellItFromARealOne(ClientProgram client) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(folder.resolve("data"))) {
      assertFlowPasses(client, server.url());
    }
  }

  @ParameterizedTest
  @EnumSource(ClientProgram.class)
  void workThroughTheFilter(ClientProgram client) throws Exception {
    String bound = MAKE_TENANTS.contains(client) ? "" : ", tenant: default_tenant";
    Path users =
        Files.writeString(
            folder.resolve("users.yaml"),
            "users:\n  - {id: ann, tokens: [ann-token]" + bound + "}\n");
    GatewayOptions options = GatewayOptions.of("127.0.0.1", 0);
    try (EmbeddedChroma chroma = EmbeddedChroma.open(folder.resolve("data"), false);
        GatewayServer server =
            new GatewayServer(options, filter(users, chroma), chroma.servlet())) {
      server.start();
      assertFlowPasses(client, URI.create("http://127.0.0.1:" + server.port()));
    }
  }

  private static Filter filter(Path users, EmbeddedChroma chroma) {
    return ChromaAuthFilter.builder()
        .authentication(TokenAuthentication.users(users))
        .resolver(chroma.resolver())
        .build();
  }

  private void assertFlowPasses(ClientProgram client, URI url) throws Exception {
    Map<String, String> environment =
        Map.of(
            "CHROMA_URL", url.toString(),
            "CHROMA_SCHEME", "bearer",
            "CHROMA_CREDENTIALS", "ann-token");
    ClientProgram.Outcome outcome = client.run("flow", folder, environment);
    assertEquals(0, outcome.exitCode(), outcome.output());
  }
}
