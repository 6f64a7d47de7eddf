package io.chromaauth.demo;

import io.chromaauth.Settings;
import io.chromaauth.demo.gateway.GatewayServer;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The gateway as {@code run} starts it, on a free port of loopback. */
public final class TestGateway implements AutoCloseable {
  private final GatewayServer server;

  private TestGateway(GatewayServer server) {
    this.server = server;
  }

  /** With these settings, in front of this upstream. */
  public static TestGateway start(Map<String, String> environment, URI upstream) throws Exception {
    Map<String, String> values = new LinkedHashMap<>(environment);
    values.put("CHROMA_SERVER_HOST", "127.0.0.1");
    values.put("CHROMA_SERVER_HTTP_PORT", "0");
    values.put(Names.UPSTREAM, upstream.toString());
    return start(Settings.of("environment", values));
  }

  /** As {@code run --no-auth} without any provider. */
  public static TestGateway startOpen(URI upstream) throws Exception {
    Settings option = Settings.of(Options.NO_AUTH, Map.of(Names.DISABLED, "true"));
    Map<String, String> values =
        Map.of(
            "CHROMA_SERVER_HOST",
            "127.0.0.1",
            "CHROMA_SERVER_HTTP_PORT",
            "0",
            Names.UPSTREAM,
            upstream.toString());
    return start(option.orElse(Settings.of("environment", values)));
  }

  private static TestGateway start(Settings settings) throws Exception {
    ServerSettings server = ServerSettings.of(settings, new Faults());
    GatewayServer gateway =
        Serving.server(
            server, Serving.proxy(server, ((Backend.Upstream) server.backend()).setting()));
    gateway.start();
    return new TestGateway(gateway);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
