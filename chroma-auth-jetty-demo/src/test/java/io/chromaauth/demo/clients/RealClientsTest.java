package io.chromaauth.demo.clients;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.TestGateway;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real clients, through the filter, to a real Chroma. */
@ClientTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsTest {
  @TempDir static Path folder;

  private final Map<String, RealChroma> servers = new HashMap<>();
  private final Map<String, TestGateway> gateways = new HashMap<>();

  @BeforeAll
  void startServers() throws Exception {
    for (String version : new String[] {"1.5.9", "0.6.3", "0.4.24"}) {
      RealChroma server = RealChroma.start(version, folder);
      servers.put(version, server);
      for (Scheme scheme : Scheme.values()) {
        gateways.put(version + scheme, TestGateway.start(scheme.settings(folder), server.url()));
      }
    }
  }

  @AfterAll
  void stopServers() {
    gateways.values().forEach(TestGateway::close);
    servers.values().forEach(RealChroma::close);
  }

  static Stream<Arguments> everyClientWithEveryScheme() {
    return Stream.of(ClientProgram.values())
        .flatMap(client -> Stream.of(Scheme.values()).map(scheme -> Arguments.of(client, scheme)));
  }

  @ParameterizedTest
  @MethodSource("everyClientWithEveryScheme")
  void worksAsBefore(ClientProgram client, Scheme scheme) throws Exception {
    ClientProgram.Outcome outcome =
        client.run("flow", folder, environment(gatewayOf(client, scheme), scheme));
    assertEquals(0, outcome.exitCode(), outcome.output());
  }

  @ParameterizedTest
  @MethodSource("everyClientWithEveryScheme")
  void isRefusedWithItsTypedError(ClientProgram client, Scheme scheme) throws Exception {
    ClientProgram.Outcome outcome =
        client.run("refusals", folder, environment(gatewayOf(client, scheme), scheme));
    assertEquals(0, outcome.exitCode(), outcome.output());
    scheme.secrets().forEach(secret -> assertFalse(outcome.output().contains(secret)));
  }

  /** The refusal tests can fail: they do where everybody is let in. */
  @ParameterizedTest
  @EnumSource(ClientProgram.class)
  void isNotRefusedByAnOpenGateway(ClientProgram client) throws Exception {
    URI upstream = requireNonNull(servers.get(client.server())).url();
    try (TestGateway open = TestGateway.startOpen(upstream)) {
      ClientProgram.Outcome outcome =
          client.run("refusals", folder, environment(open.url(), Scheme.BASIC));
      assertEquals(1, outcome.exitCode(), outcome.output());
      assertTrue(outcome.output().contains("FAIL"), outcome.output());
    }
  }

  private URI gatewayOf(ClientProgram client, Scheme scheme) {
    return requireNonNull(gateways.get(client.server() + scheme)).url();
  }

  private static Map<String, String> environment(URI url, Scheme scheme) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CHROMA_URL", url.toString());
    environment.put("CHROMA_SCHEME", scheme.clientName());
    environment.put("CHROMA_CREDENTIALS", scheme.admin());
    environment.put("CHROMA_READER_CREDENTIALS", scheme.reader());
    environment.put("CHROMA_WRONG_CREDENTIALS", scheme.wrong());
    return environment;
  }
}
