package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chromaauth.demo.store.Budget;
import io.chromaauth.demo.store.Refused;
import io.chromaauth.demo.store.StoreFailure;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a route table as JSON over HTTP. Thread-safe. */
final class ChromaServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ChromaServlet.class);
  private static final JsonFactory JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .build()
          .getFactory();

  /** Routes with these methods read none, whether it comes or not. */
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE");

  /** Clients tell it with an error. This is Chroma's where nothing is traced. */
  private static final String TRACE = "0".repeat(32);

  private final transient RouteTable routes;
  private final transient Bodies bodies;
  private final transient Budget results;
  private final transient Duration patience;

  /**
   * @param results the memory that they may take together
   * @param patience how long a body may take to come, and longer where it is large
   */
  ChromaServlet(RouteTable routes, Bodies bodies, Budget results, Duration patience) {
    this.routes = routes;
    this.bodies = bodies;
    this.results = results;
    this.patience = patience;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<String> segments = segments(request);
    Optional<RouteTable.Match> match = routes.match(request.getMethod(), segments);
    if (match.isPresent()) {
      answer(request, response, match.get());
      return;
    }
    Dialect dialect = Dialect.of(false, request.getHeader("User-Agent"));
    Optional<String> allowed = routes.allowed(segments);
    allowed.ifPresent(methods -> response.setHeader("Allow", methods));
    send(
        response,
        allowed.isPresent()
            ? Fault.NOT_ALLOWED.answer(dialect, "the route has other methods: " + allowed.get())
            : Fault.NOT_FOUND.answer(dialect, "no such route"));
  }

  /** At once, or where a body is to come, when it is there. */
  @SuppressWarnings("MustBeClosedChecker")
  private void answer(
      HttpServletRequest request, HttpServletResponse response, RouteTable.Match match)
      throws IOException {
    CollectedBody body = bodies.collect();
    if (!hasBody(request)) {
      answer(request, response, match, body, null);
      return;
    }
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    BodyListener.listen(
        async,
        request.getInputStream(),
        body,
        patience,
        failure -> {
          try {
            answer(request, response, match, body, failure);
          } catch (IOException | RuntimeException e) {
            failed(request, response, e);
          } finally {
            async.complete();
          }
        });
  }

  private static boolean hasBody(HttpServletRequest request) {
    boolean announced =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return announced && !BODILESS.contains(request.getMethod());
  }

  private void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      RouteTable.Match match,
      CollectedBody body,
      @Nullable RuntimeException failure)
      throws IOException {
    try (body;
        Budget.Share share = results.share()) {
      send(response, answer(request, match, new Supply(body, share), failure));
    }
  }

  private static void failed(
      HttpServletRequest request, HttpServletResponse response, Exception failure) {
    if (response.isCommitted()) {
      return; // most likely the client has gone
    }
    LOG.error("{} {}", request.getMethod(), request.getRequestURI(), failure);
    response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }

  private static Answer answer(
      HttpServletRequest request,
      RouteTable.Match match,
      Supply supply,
      @Nullable RuntimeException failure)
      throws IOException {
    Route route = match.route();
    Dialect dialect = Dialect.of(route.isVersion1(), request.getHeader("User-Agent"));
    try {
      if (failure != null) {
        throw failure;
      }
      QueryString query = new QueryString(request.getQueryString());
      return route.handler().answer(new Call(request, match.path(), query, dialect, supply));
    } catch (ApiException e) {
      return e.fault().answer(dialect, String.valueOf(e.getMessage()));
    } catch (Refused e) {
      String message =
          dialect == Dialect.CHROMA_0 ? e.wordsBefore1() : String.valueOf(e.getMessage());
      return fault(e.why()).answer(dialect, message);
    } catch (StoreFailure e) {
      LOG.error("{} {}: {}", route.method(), request.getRequestURI(), e.getMessage());
      return Fault.FAILED.answer(dialect, String.valueOf(e.getMessage()));
    }
  }

  private static Fault fault(Refused.Why why) {
    return switch (why) {
      case INVALID -> Fault.INVALID;
      case DIMENSION -> Fault.DIMENSION;
      case NOT_FOUND -> Fault.NOT_FOUND;
      case NO_COLLECTION -> Fault.NO_COLLECTION;
      case EXISTS -> Fault.EXISTS;
      case TOO_LARGE -> Fault.TOO_LARGE;
      case BUSY -> Fault.BUSY;
    };
  }

  private static void send(HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    response.setContentType("application/json");
    response.setHeader("chroma-trace-id", TRACE);
    if (answer.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "1");
    } else if (answer.status() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
      response.setHeader("Connection", "close");
    }
    try (JsonGenerator json = JSON.createGenerator(response.getOutputStream(), JsonEncoding.UTF8)) {
      answer.body().write(json);
    }
  }

  /** Each segment of the path below the context, decoded once; a final slash does not count. */
  private static List<String> segments(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> segments = new ArrayList<>();
    for (String segment : trimmed.isEmpty() ? new String[0] : trimmed.substring(1).split("/", -1)) {
      segments.add(decoded(segment));
    }
    return segments;
  }

  private static String decoded(String segment) {
    try {
      return URI.create("/" + segment).getPath().substring(1);
    } catch (IllegalArgumentException e) {
      return segment; // characters that a URI can't have: no name has them either
    }
  }
}
