package io.chromaauth.servlet;

import io.chromaauth.AuthEventListener;
import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.AuthorizationProvider;
import io.chromaauth.ChromaAuth;
import io.chromaauth.CollectionResolver;
import io.chromaauth.ConfigException;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Settings;
import io.chromaauth.servlet.Verdict.Own;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through what Chroma's authentication settings and rules allow, and answers everything else
 * itself. Thread-safe; supports asynchronous requests.
 *
 * <p>In {@code web.xml}, init-params and context-params are named as the settings are, and system
 * properties and the environment fill in; in code, see {@link #builder}. Map it to {@code /*} for
 * all dispatcher types, after a CORS filter and before everything else.
 */
public final class ChromaAuthFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String DECIDED = "io.chromaauth.decided";

  private volatile @Nullable FilterState state;

  /** For a container, which then calls {@link #init}. */
  public ChromaAuthFilter() {}

  ChromaAuthFilter(FilterState state) {
    this.state = state;
  }

  /** A builder for registration in code. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads the settings, unless the filter was built in code.
   *
   * @throws ServletException whose message holds one line for each fault
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    if (state == null) {
      state = fromSettings(config);
      summary().warnings().forEach(LOG::warn); // who builds a filter in code has them
    }
    summary().components().forEach(name -> LOG.info("Starting component {}", name));
  }

  private static @Nullable FilterState fromSettings(FilterConfig config) throws ServletException {
    try {
      return builder().settings(ServletSettings.of(config)).build().state;
    } catch (ConfigException e) {
      e.faults().forEach(fault -> LOG.error("chroma-auth: {}", fault));
      throw new ServletException("chroma-auth is not configured:\n" + e.getMessage(), e);
    }
  }

  /** What was configured, for people. */
  public ChromaAuth.Summary summary() {
    return running().summary();
  }

  /** The names of the headers that carry credentials, which no upstream should see. */
  public Set<String> credentialHeaders() {
    return running().credentialHeaders();
  }

  /**
   * Who sent these headers, by the configuration that holds now. Counts as an attempt to log in.
   *
   * @throws IllegalStateException if the filter lets everybody in
   */
  public AuthnResult authenticate(RequestHeaders headers) {
    return running().explaining().live().now().snapshot().authenticate(headers);
  }

  /**
   * What would become of a user's request or action, and why. Asks no application and no upstream.
   *
   * @param userId a user that the configuration's files name
   * @throws IllegalArgumentException if there is no such user or action, in words for people
   * @throws IllegalStateException if the filter lets everybody in
   */
  public Explanation explain(String userId, Question question) {
    return running().explaining().explain(userId, question);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    FilterState running = running();
    if (running.isOpen()) {
      chain.doFilter(request, response);
      return;
    }
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("chroma-auth: not an HTTP request");
    }
    if (http.getAttribute(DECIDED) instanceof Decided before && before.by() == running) {
      if (http.getDispatcherType() == DispatcherType.ERROR) {
        chain.doFilter(request, response);
        return;
      }
      if (http.getDispatcherType() == DispatcherType.ASYNC && before.isOf(http)) {
        chain.doFilter(new DecidedRequest(http, before.pass()), response);
        return;
      }
    }
    filter(running, http, answer, chain);
  }

  @Override
  public void destroy() {
    FilterState running = state;
    state = null;
    if (running != null) {
      running.close();
    }
  }

  private static void filter(
      FilterState running,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    String requestId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    response.setHeader(REQUEST_ID, requestId);
    IncomingRequest incoming = new ReceivedRequest(request, running.trustedProxies());
    Verdict verdict = decide(running, incoming, requestId);
    running.tell(incoming, requestId, verdict);
    if (verdict instanceof Pass pass) {
      request.setAttribute(DECIDED, Decided.of(running, request, pass));
      DecidedRequest decided = new DecidedRequest(request, pass);
      running.handover().pass(pass.change(), decided, response, chain);
    } else if (verdict instanceof Own own) {
      Answers.write(response, own.json());
    } else {
      Answers.refuse(response, ((Refusal) verdict).answer());
    }
  }

  /** Whatever goes wrong while deciding ends in a refusal. */
  private static Verdict decide(FilterState running, IncomingRequest request, String requestId) {
    try {
      return running.decider().decide(request);
    } catch (IOException e) {
      return Refusal.of(Answer.badRequest("the body could not be read"), "body not readable");
    } catch (RuntimeException e) {
      LOG.error("request {} could not be decided", requestId, e);
      return Refusal.of(Answer.FAILED, e.getClass().getName());
    }
  }

  /**
   * What was let through, so that an asynchronous dispatch back to it is the same request still:
   * its credentials may be gone by then, and its body has been read.
   */
  private record Decided(
      FilterState by, String method, String uri, @Nullable String query, Pass pass) {
    static Decided of(FilterState by, HttpServletRequest request, Pass pass) {
      return new Decided(
          by, request.getMethod(), request.getRequestURI(), request.getQueryString(), pass);
    }

    boolean isOf(HttpServletRequest request) {
      return method.equals(request.getMethod())
          && (isAt(uri, query, request) || isAtTarget(request));
    }

    /** An asynchronous dispatch goes where the wrapped request says it is. */
    private boolean isAtTarget(HttpServletRequest request) {
      Target target = pass.target();
      return target != null
          && isAt(request.getContextPath() + target.path(), target.query(), request);
    }

    private static boolean isAt(String uri, @Nullable String query, HttpServletRequest request) {
      return uri.equals(request.getRequestURI()) && Objects.equals(query, request.getQueryString());
    }
  }

  private FilterState running() {
    FilterState running = state;
    if (running == null) {
      throw new IllegalStateException("the filter has not been initialised, or was destroyed");
    }
    return running;
  }

  /** Builds a filter in code. Not thread-safe. */
  public static final class Builder {
    private final List<AuthenticationProvider> authentication = new ArrayList<>();
    private Settings settings = Settings.of("settings", Map.of());
    private @Nullable AuthorizationProvider authorization;
    private @Nullable CollectionResolver resolver;
    private @Nullable AuthEventListener listener;
    private @Nullable Path routes;

    private Builder() {}

    /** The settings; without any, nothing but what is given here counts. */
    public Builder settings(Settings all) {
      settings = all;
      return this;
    }

    /** Adds an authentication provider; then the settings' own are not read. */
    public Builder authentication(AuthenticationProvider provider) {
      authentication.add(provider);
      return this;
    }

    /** Sets what decides; without it every identity may do everything within its bounds. */
    public Builder authorization(AuthorizationProvider provider) {
      authorization = provider;
      return this;
    }

    /** Sets what finds the owner of a collection's UUID. */
    public Builder resolver(CollectionResolver owners) {
      resolver = owners;
      return this;
    }

    /**
     * Sets the file with the host's own paths, as {@code CHROMA_AUTH_ROUTES_FILE} does; rules given
     * in code must be told their actions by {@link io.chromaauth.RbacAuthorization#of}.
     */
    public Builder routes(Path file) {
      routes = file;
      return this;
    }

    /** Sets who is told how each request ended. */
    public Builder listener(AuthEventListener events) {
      listener = events;
      return this;
    }

    /**
     * The filter, ready to be registered.
     *
     * @throws ConfigException with everything that is wrong, also without any provider
     */
    public ChromaAuthFilter build() {
      return new ChromaAuthFilter(
          new FilterAssembly(settings, authentication, authorization, resolver, listener, routes)
              .assemble());
    }
  }
}
