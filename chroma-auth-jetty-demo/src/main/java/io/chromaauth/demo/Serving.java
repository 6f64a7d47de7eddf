package io.chromaauth.demo;

import io.chromaauth.demo.api.EmbeddedChroma;
import io.chromaauth.demo.gateway.GatewayOptions;
import io.chromaauth.demo.gateway.GatewayServer;
import io.chromaauth.demo.gateway.UpstreamOptions;
import io.chromaauth.demo.gateway.UpstreamProxy;
import io.chromaauth.settings.UpstreamSetting;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves until it is told to stop. */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");

  private Serving() {}

  /**
   * Serves what the settings say.
   *
   * @param whenReady told the port once requests are answered
   */
  static void serve(ServerSettings settings, IntConsumer whenReady)
      throws IOException, InterruptedException {
    Banner.lines(settings).forEach(LOG::info);
    settings.warnings().forEach(LOG::warn);
    if (settings.backend() instanceof Backend.Embedded embedded) {
      try (EmbeddedChroma chroma = open(embedded)) {
        settings.owners().open(chroma.resolver());
        serve(settings, chroma.servlet(), whenReady);
      }
    } else if (settings.backend() instanceof Backend.Upstream upstream) {
      serve(settings, proxy(settings, upstream.setting()), whenReady);
    }
  }

  private static EmbeddedChroma open(Backend.Embedded embedded) throws IOException {
    try {
      return EmbeddedChroma.open(embedded.folder(), embedded.allowReset());
    } catch (FileSystemException e) {
      throw FolderFault.of(embedded.place(), e);
    }
  }

  /** A proxy for an upstream. */
  static HttpServlet proxy(ServerSettings settings, UpstreamSetting upstream) {
    return new UpstreamProxy(
        UpstreamOptions.of(upstream.uri())
            .withTimeout(settings.upstreamTimeout())
            .withCredentialHeaders(settings.filter().credentialHeaders())
            .withHeader(upstream.header()));
  }

  /** The server for an application, not yet started. */
  static GatewayServer server(ServerSettings settings, HttpServlet application) {
    GatewayOptions options =
        GatewayOptions.of(settings.host(), settings.port())
            .withAllowedOrigins(settings.corsOrigins());
    return new GatewayServer(options, settings.filter(), application);
  }

  private static void serve(ServerSettings settings, HttpServlet application, IntConsumer whenReady)
      throws IOException, InterruptedException {
    GatewayServer server = server(settings, application);
    Thread stop = new Thread(() -> stop(server), "chroma-auth-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (server) {
      server.start();
      LOG.info("listening on http://{}:{}", settings.host(), server.port());
      if (settings.backend() instanceof Backend.Upstream upstream) {
        UpstreamProbe.start(upstream.setting());
      }
      whenReady.accept(server.port());
      server.join();
    } finally {
      forget(stop);
    }
  }

  private static void forget(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // it is what ends us
    }
  }

  private static void stop(GatewayServer server) {
    LOG.info("stopping: no new requests; those in flight have 5 s");
    server.close();
    LOG.info("stopped");
  }
}
