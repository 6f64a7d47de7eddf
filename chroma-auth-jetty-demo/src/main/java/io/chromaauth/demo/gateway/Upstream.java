package io.chromaauth.demo.gateway;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** The upstream as the proxy sees it: one pooled client, what it changes, how long it waits. */
final class Upstream {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  // below the 5 s after which some servers (uvicorn, Node) close theirs: a request that meets a
  // connection just closed fails, and is not sent again
  private static final Duration POOLED_IDLE = Duration.ofSeconds(4);
  private static final int CONNECTIONS = 256;
  private static final int QUEUED = 4096;

  private final UpstreamOptions options;
  private final HttpClient client;
  private final ForwardedHeaders forwarded;
  private final ReturnedHeaders returned;
  private final AnswerTimeouts timeouts;

  private Upstream(UpstreamOptions options, HttpClient client) {
    this.options = options;
    this.client = client;
    this.forwarded = new ForwardedHeaders(options);
    this.returned = new ReturnedHeaders(options);
    this.timeouts = new AnswerTimeouts(client.getScheduler());
  }

  /** Starts a client on the server's threads, scheduler and buffers. */
  static Upstream start(UpstreamOptions options, Server server) throws Exception {
    HttpClient client = new HttpClient(transport(options, server));
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setMaxConnectionsPerDestination(CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(QUEUED);
    client.setMaxRequestHeadersSize(4 * GatewayServer.MAX_REQUEST_HEADERS);
    client.setMaxResponseHeadersSize(GatewayServer.MAX_RESPONSE_HEADERS / 2);
    client.setAddressResolutionTimeout(CONNECT_TIMEOUT.toMillis());
    client.setIdleTimeout(POOLED_IDLE.toMillis());
    client.start();
    // only after the start: else it would unzip answers, and act on 401 by itself
    client.getContentDecoderFactories().clear();
    ProtocolHandlers handlers = client.getProtocolHandlers();
    handlers.clear();
    // these three skip interim answers; without them the answer proper never arrives
    handlers.put(new ContinueProtocolHandler());
    handlers.put(new ProcessingProtocolHandler());
    handlers.put(new EarlyHintsProtocolHandler());
    return new Upstream(options, client);
  }

  private static HttpClientTransportOverHTTP transport(UpstreamOptions options, Server server) {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(GatewayServer.SELECTORS);
    connector.setExecutor((Executor) server.getThreadPool());
    connector.setScheduler(server.getScheduler());
    connector.setByteBufferPool(server.getByteBufferPool());
    connector.setConnectTimeout(CONNECT_TIMEOUT);
    SslContextFactory.Client tls = new SslContextFactory.Client();
    connector.setSslContextFactory(tls);
    if (!options.isTls()) {
      connector.unmanage(tls); // not started, which takes 0.2 s
    }
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    // callbacks run on the selector's thread: nothing in Exchange may block
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    return transport;
  }

  /** A request with headers and no body yet, not sent. */
  RawRequest newRequest(RawTarget target, ClientSide from, @Nullable String requestId) {
    String method = from.request().getMethod();
    RawRequest request = new RawRequest(client, options.url(), method, target);
    request.headers(to -> forwarded.copy(from.request().getHeaders(), requestId, to));
    return request;
  }

  ReturnedHeaders returnedHeaders() {
    return returned;
  }

  AnswerTimeouts timeouts() {
    return timeouts;
  }

  Duration timeout() {
    return options.timeout();
  }

  void stop() throws Exception {
    timeouts.destroy();
    client.stop();
  }
}
