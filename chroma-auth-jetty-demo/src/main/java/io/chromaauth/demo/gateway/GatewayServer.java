package io.chromaauth.demo.gateway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty with one port, one filter and one servlet behind it, CORS before both, and every error of
 * its own as JSON.
 *
 * <p>Life: constructor, {@link #start()} once, {@link #close()}. Methods may be called from any
 * thread.
 */
public final class GatewayServer implements AutoCloseable {
  /** Bytes of a request line and headers: room for a large JWT. More is 431. */
  static final int MAX_REQUEST_HEADERS = 16 * 1024;

  /** Bytes of the headers of an answer. */
  static final int MAX_RESPONSE_HEADERS = 64 * 1024;

  /** Threads that wait for sockets; one is enough for two cores (measured). */
  static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
  private static final Duration LATE_BODIES = Duration.ofSeconds(30); // as nginx
  private static final int ACCEPT_QUEUE = 1024;

  /** What a connection may hold before anybody knows whose it is: its unfinished headers, twice. */
  private static final int CONNECTION_BYTES = 64 * 1024;

  private static final int MOST_CONNECTIONS = 100_000;
  private static final Duration IDLE_AT_THE_LIMIT = Duration.ofSeconds(10);

  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 8;
  private static final Set<String> CORS_REQUEST_HEADERS =
      Set.of("authorization", "x-chroma-token", "content-type");
  private static final Set<String> CORS_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> CORS_RESPONSE_HEADERS = Set.of("x-request-id", "retry-after");

  private final Server server;
  private final ServerConnector connector;

  /**
   * Sets up a server that does not listen yet.
   *
   * @param options where to listen
   * @param filter called for every request and every dispatch, may answer itself
   * @param servlet gets all that the filter lets through; may be asynchronous
   */
  public GatewayServer(GatewayOptions options, Filter filter, HttpServlet servlet) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("gateway");
    server = new Server(threads);
    server.setErrorHandler(new JsonErrorHandler());
    server.setStopTimeout(options.stopTimeout().toMillis());
    connector = connector(options);
    server.addConnector(connector);
    server.addBean(connectionLimit(connector));
    Handler handler = withCors(context(filter, servlet), options.allowedOrigins());
    GracefulHandler graceful = new GracefulHandler();
    graceful.setHandler(handler);
    server.setHandler(new LateBodies(graceful, LATE_BODIES));
  }

  /** As many as fit into the heap; more wait to be accepted, and the idle make room for them. */
  private static NetworkConnectionLimit connectionLimit(ServerConnector connector) {
    long most = Math.min(MOST_CONNECTIONS, Runtime.getRuntime().maxMemory() / CONNECTION_BYTES);
    NetworkConnectionLimit limit = new NetworkConnectionLimit((int) most, connector);
    limit.setEndPointIdleTimeout(IDLE_AT_THE_LIMIT.toMillis());
    return limit;
  }

  private ServerConnector connector(GatewayOptions options) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_REQUEST_HEADERS);
    http.setMaxResponseHeaderSize(MAX_RESPONSE_HEADERS);
    // both refuse rather than repair: Jetty's default takes a lone LF for a line's end
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setUriCompliance(UriCompliance.DEFAULT);
    ServerConnector made =
        new ServerConnector(
            server, null, null, null, 1, SELECTORS, new HttpConnectionFactory(http));
    made.setAcceptQueueSize(ACCEPT_QUEUE);
    made.setHost(options.host());
    made.setPort(options.port());
    made.setIdleTimeout(options.idleTimeout().toMillis());
    return made;
  }

  private static ServletContextHandler context(Filter filter, HttpServlet servlet) {
    ServletContextHandler context = new ServletContextHandler("/");
    context.setErrorHandler(new JsonErrorHandler());
    FilterHolder first = new FilterHolder(filter);
    first.setAsyncSupported(true);
    context.addFilter(first, "/*", EnumSet.allOf(DispatcherType.class));
    ServletHolder last = new ServletHolder(servlet);
    last.setAsyncSupported(true);
    last.setInitOrder(1); // at the start, not at the first request
    context.addServlet(last, "/*");
    return context;
  }

  private static Handler withCors(Handler handler, Set<String> origins) {
    if (origins.isEmpty()) {
      return handler;
    }
    CrossOriginHandler cors = new CrossOriginHandler();
    // Jetty takes regular expressions, except a lone *
    cors.setAllowedOriginPatterns(
        origins.stream()
            .map(origin -> origin.equals("*") ? origin : Pattern.quote(origin))
            .collect(Collectors.toSet()));
    // pages send credentials as headers of their own; never those that a browser has stored
    cors.setAllowCredentials(false);
    cors.setAllowedHeaders(CORS_REQUEST_HEADERS);
    cors.setAllowedMethods(CORS_METHODS);
    cors.setExposedHeaders(CORS_RESPONSE_HEADERS);
    cors.setHandler(handler);
    return cors;
  }

  /**
   * Starts listening. If it can't, all is stopped again.
   *
   * @throws IOException with a {@link java.net.BindException} as its cause if the port is taken
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw e instanceof IOException io ? io : new IOException("the server did not start", e);
    }
  }

  /** The port that is listened on; less than 1 before the start and after the end. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Waits until the server has stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  /** Takes no new requests, lets those in flight end, then stops. Again: does nothing. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.warn("requests that were still running at the end of the stop time-out have been cut");
    } catch (Exception e) {
      LOG.warn("the server did not stop cleanly", e);
    }
  }
}
