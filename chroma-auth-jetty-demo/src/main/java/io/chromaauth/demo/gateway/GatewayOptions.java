package io.chromaauth.demo.gateway;

import java.time.Duration;
import java.util.Set;

/**
 * Where the gateway listens and how long it waits. Immutable.
 *
 * @param host address or name to bind
 * @param port TCP port, 0 for a free one
 * @param allowedOrigins origins whose pages may read answers, compared as literal text; {@code *}
 *     for any; empty for no CORS at all
 * @param idleTimeout how long a client's connection may be silent while it is the client's turn
 * @param stopTimeout how long {@link GatewayServer#close()} waits for requests in flight
 */
public record GatewayOptions(
    String host, int port, Set<String> allowedOrigins, Duration idleTimeout, Duration stopTimeout) {
  // longer than the 60 s of common load balancers, so that they close idle connections, not we
  private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(75);
  private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Refuses a port that is none and time-outs that are not more than zero. */
  public GatewayOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (idleTimeout.toMillis() <= 0 || stopTimeout.toMillis() <= 0) {
      throw new IllegalArgumentException("time-outs must be at least 1 ms");
    }
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** No CORS, 75 s for idle connections, 5 s for requests in flight at the end. */
  public static GatewayOptions of(String host, int port) {
    return new GatewayOptions(host, port, Set.of(), DEFAULT_IDLE_TIMEOUT, DEFAULT_STOP_TIMEOUT);
  }

  /** The same with these origins; replaces earlier ones. */
  public GatewayOptions withAllowedOrigins(Set<String> origins) {
    return new GatewayOptions(host, port, origins, idleTimeout, stopTimeout);
  }

  /** The same with other time-outs. */
  public GatewayOptions withTimeouts(Duration idle, Duration stop) {
    return new GatewayOptions(host, port, allowedOrigins, idle, stop);
  }
}
