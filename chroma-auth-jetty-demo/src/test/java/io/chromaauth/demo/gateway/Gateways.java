package io.chromaauth.demo.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Gateways on free loopback ports, started. */
final class Gateways {
  static final Filter OPEN = (request, response, chain) -> chain.doFilter(request, response);
  static final Filter REFUSING =
      (request, response, chain) -> {
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setHeader("X-Request-Id", "id-1");
        answer.setHeader("WWW-Authenticate", "Bearer realm=\"chroma\"");
        answer.setStatus(401);
        answer.getWriter().write("no");
      };
  static final GatewayOptions LOOPBACK =
      GatewayOptions.of("127.0.0.1", 0).withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(5));

  static {
    logger("org.eclipse.jetty").setLevel(Level.WARN);
  }

  private Gateways() {}

  static Logger logger(String name) {
    return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
  }

  static UpstreamOptions upstream(URI url) {
    return UpstreamOptions.of(url)
        .withTimeout(Duration.ofSeconds(10))
        .withCredentialHeaders(Set.of("Authorization", "X-Chroma-Token"));
  }

  static GatewayServer to(RawUpstream upstream) throws IOException {
    return to(upstream(upstream.url()), OPEN);
  }

  static GatewayServer to(RawUpstream upstream, Filter filter) throws IOException {
    return to(upstream(upstream.url()), filter);
  }

  static GatewayServer to(UpstreamOptions upstream, Filter filter) throws IOException {
    return started(LOOPBACK, upstream, filter);
  }

  static GatewayServer started(GatewayOptions options, UpstreamOptions upstream, Filter filter)
      throws IOException {
    GatewayServer server = new GatewayServer(options, filter, new UpstreamProxy(upstream));
    server.start();
    return server;
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("condition not reached in 10 s");
      }
      Thread.sleep(5);
    }
  }
}
