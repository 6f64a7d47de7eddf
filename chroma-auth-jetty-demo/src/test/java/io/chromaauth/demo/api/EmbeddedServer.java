package io.chromaauth.demo.api;

import io.chromaauth.demo.gateway.GatewayOptions;
import io.chromaauth.demo.gateway.GatewayServer;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** An embedded Chroma without any filter, on loopback. */
public final class EmbeddedServer implements AutoCloseable {
  private static final Filter OPEN =
      (request, response, chain) -> chain.doFilter(request, response);

  private final EmbeddedChroma chroma;
  private final GatewayServer server;

  private EmbeddedServer(EmbeddedChroma chroma, int port) {
    this.chroma = chroma;
    this.server = new GatewayServer(options(port), OPEN, chroma.servlet());
  }

  /** No test leaves a request behind, and Jetty would wait for idle connections. */
  private static GatewayOptions options(int port) {
    return GatewayOptions.of("127.0.0.1", port)
        .withTimeouts(Duration.ofSeconds(60), Duration.ofMillis(20));
  }

  /** On a free port, with its data in a folder, and reset allowed. */
  public static EmbeddedServer start(Path folder) throws IOException {
    return start(folder, 0, true);
  }

  /** On a free port; closes it at its end. */
  static EmbeddedServer of(EmbeddedChroma chroma) throws IOException {
    EmbeddedServer made = new EmbeddedServer(chroma, 0);
    made.server.start();
    return made;
  }

  /** The same, but reset is refused. */
  static EmbeddedServer startWithoutReset(Path folder) throws IOException {
    return start(folder, 0, false);
  }

  private static EmbeddedServer start(Path folder, int port, boolean allowReset)
      throws IOException {
    EmbeddedServer made = new EmbeddedServer(EmbeddedChroma.open(folder, allowReset), port);
    made.server.start();
    return made;
  }

  /** A process of its own: folder and port. Says where it listens once it does. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedServer started = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), true);
    System.out.println("listening on " + started.url());
    started.server.join();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() throws IOException {
    server.close();
    chroma.close();
  }
}
