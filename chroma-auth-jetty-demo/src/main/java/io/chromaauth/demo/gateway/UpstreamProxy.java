package io.chromaauth.demo.gateway;

import io.chromaauth.servlet.RequestIdentity;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards every request to one fixed upstream and streams both ways, for {@link GatewayServer}.
 *
 * <p>What is forwarded: method, {@code getRequestURI()} without the context path and {@code
 * getQueryString()} of the request as a filter left it, byte for byte; its headers except those of
 * one connection (RFC 9110 section 7.6.1), credentials, and what only a proxy may say; its body, or
 * the {@code byte[]} that a filter left in the attribute {@value RequestIdentity#BODY_ATTRIBUTE}.
 * {@code X-Request-Id} is the one that a filter has put on the response.
 *
 * <p>An upstream that can't be reached is 503, one that breaks off 502, one that is silent for too
 * long 504; once the answer has begun the client's connection is cut instead. Nothing is ever sent
 * twice. Safe for many threads, which it does not block; needs a filter chain that supports
 * asynchronous requests, and Jetty's own request below all wrappers.
 */
public final class UpstreamProxy extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxy.class);
  // TRACE would send back what the gateway adds (RFC 9110 section 9.3.8); CONNECT is no proxying
  private static final Set<String> REFUSED = Set.of("TRACE", "CONNECT");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");
  private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private final transient UpstreamOptions options;

  @SuppressWarnings("NullAway.Init") // the container calls init() first
  private transient Upstream upstream;

  /** A proxy that connects to nothing yet. */
  public UpstreamProxy(UpstreamOptions options) {
    this.options = options;
  }

  @Override
  public void init() throws ServletException {
    ServletContextHandler context =
        ServletContextHandler.getServletContextHandler(getServletContext());
    try {
      upstream = Upstream.start(options, context.getServer());
    } catch (Exception e) {
      throw new ServletException("the client for the upstream did not start", e);
    }
  }

  @Override
  public void destroy() {
    try {
      upstream.stop();
    } catch (Exception e) {
      LOG.warn("the client for the upstream did not stop", e);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (REFUSED.contains(request.getMethod())) {
      response.setHeader("Allow", ALLOWED);
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    String coding = request.getHeader("Transfer-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      response.sendError(HttpServletResponse.SC_NOT_IMPLEMENTED); // RFC 9112 section 6.1
      return;
    }
    if (WITHOUT_BODY.contains(request.getMethod())
        && (coding != null || request.getContentLengthLong() > 0)) {
      // it would mean nothing (RFC 9110 section 9.3.1) and hold a connection of the upstream
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    Optional<RawTarget> target = RawTarget.of(request, options.pathPrefix());
    if (target.isEmpty()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    byte[] inspected = (byte[]) request.getAttribute(RequestIdentity.BODY_ATTRIBUTE);
    new Exchange(upstream, ClientSide.takeOver(request), target.get()).start(inspected);
  }
}
