package io.chromaauth.demo;

import io.chromaauth.settings.UpstreamSetting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once, after the start, whether the upstream is there and whether strangers reach it. */
final class UpstreamProbe {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String PROTECTED = "/api/v2/tenants/default_tenant";

  private UpstreamProbe() {}

  /** Looks in the background; never fails. */
  static void start(UpstreamSetting upstream) {
    Thread thread = new Thread(() -> look(upstream), "chroma-auth-probe");
    thread.setDaemon(true);
    thread.start();
  }

  private static void look(UpstreamSetting upstream) {
    HttpRequest stranger =
        HttpRequest.newBuilder(URI.create(upstream.uri() + PROTECTED)).timeout(PATIENCE).build();
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      int status = client.send(stranger, BodyHandlers.discarding()).statusCode();
      if (status == 200 && !upstream.isLoopback()) {
        LOG.warn(
            "{} answers without credentials and is not on this machine: whoever reaches it goes"
                + " round chroma-auth; bind it to loopback or close it off",
            upstream);
      }
    } catch (IOException e) {
      LOG.warn("{} does not answer yet ({}): requests get 503 until it does", upstream, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
