package io.chromaauth.demo;

import io.chromaauth.Settings;
import io.chromaauth.demo.gateway.GatewayOptions;
import io.chromaauth.demo.gateway.GatewayServer;
import io.chromaauth.demo.gateway.UpstreamHeader;
import io.chromaauth.demo.gateway.UpstreamOptions;
import io.chromaauth.demo.gateway.UpstreamProxy;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.UpstreamSetting;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Serves until it is told to stop, as {@code chroma run} does. */
@Command(
    name = "run",
    description = "Guard a Chroma server; settings come from the environment.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");

  @Mixin private Options options = new Options();

  @SuppressWarnings("NullAway.Init") // picocli sets it first
  @ParentCommand
  private Main main;

  @Option(names = "--path", paramLabel = "DIR", hidden = true)
  private @Nullable String path;

  @Override
  public Integer call() throws Exception {
    Settings given = options.settings(main.process());
    ServerSettings settings = ServerSettings.of(given, ownFaults(given));
    UpstreamSetting upstream = settings.upstream().orElseThrow();
    Banner.lines(settings).forEach(LOG::info);
    settings.warnings().forEach(LOG::warn);
    try (GatewayServer server = server(settings, upstream)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "chroma-auth-stop"));
      server.start();
      LOG.info("listening on http://{}:{}", settings.host(), server.port());
      UpstreamProbe.start(upstream);
      server.join();
    }
    return 0;
  }

  private static void stop(GatewayServer server) {
    LOG.info("stopping: no new requests; those in flight have 5 s");
    server.close();
    LOG.info("stopped");
  }

  static GatewayServer server(ServerSettings settings, UpstreamSetting upstream) {
    String name = upstream.headerName();
    String value = upstream.headerValue();
    UpstreamHeader header = name == null || value == null ? null : new UpstreamHeader(name, value);
    UpstreamOptions proxied =
        UpstreamOptions.of(upstream.uri())
            .withTimeout(settings.upstreamTimeout())
            .withCredentialHeaders(settings.filter().credentialHeaders())
            .withHeader(header);
    GatewayOptions gateway =
        GatewayOptions.of(settings.host(), settings.port())
            .withAllowedOrigins(settings.corsOrigins());
    return new GatewayServer(gateway, settings.filter(), new UpstreamProxy(proxied));
  }

  private Faults ownFaults(Settings settings) {
    Faults faults = new Faults();
    if (settings.value(Names.UPSTREAM).isEmpty()) {
      faults.add(
          new Place("run", 0, "--upstream"),
          "nothing",
          "the URL of a Chroma server (the embedded Chroma API is not there yet)",
          "chroma run --port 8001, then chroma-auth run --upstream http://localhost:8001");
    } else if (path != null) {
      faults.add(
          new Place("run", 0, "--path"),
          "a folder beside an upstream",
          "one of them",
          "remove --path");
    }
    return faults;
  }
}
