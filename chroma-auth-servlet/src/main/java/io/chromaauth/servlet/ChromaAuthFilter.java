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
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final boolean builtInCode;
  private volatile @Nullable FilterState state;

  /** For a container, which then calls {@link #init}. */
  public ChromaAuthFilter() {
    builtInCode = false;
  }

  ChromaAuthFilter(FilterState state) {
    this.state = state;
    builtInCode = true;
  }

  /** A builder for registration in code. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Registers a filter with a web application that is starting, for all dispatcher types and
   * asynchronous requests, before the filters of {@code web.xml}. Of filters registered in code the
   * first goes first: register a CORS filter before this one.
   *
   * @param urlPatterns what it is for; without any {@code /*}
   * @return the registration, for init-params
   * @throws IllegalStateException if there is one for the same patterns already, or the application
   *     has started
   */
  public static FilterRegistration.Dynamic register(
      ServletContext context, ChromaAuthFilter filter, String... urlPatterns) {
    String[] patterns = urlPatterns.length == 0 ? new String[] {"/*"} : urlPatterns;
    String name = "chroma-auth " + String.join(" ", patterns);
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    if (registration == null) {
      throw new IllegalStateException("there is a filter '" + name + "' already");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, patterns);
    return registration;
  }

  /**
   * Reads the settings, unless the filter was built in code.
   *
   * @throws ServletException whose message holds one line for each fault, or if the filter was
   *     built in code and has been destroyed
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    if (state == null && builtInCode) {
      throw new ServletException("this filter was built in code and has ended: build another one");
    }
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
    return running().steps().explaining().live().now().snapshot().authenticate(headers);
  }

  /**
   * What would become of a user's request or action, and why. Asks no application and no upstream.
   *
   * @param userId a user that the configuration's files name
   * @throws IllegalArgumentException if there is no such user or action, in words for people
   * @throws IllegalStateException if the filter lets everybody in
   */
  public Explanation explain(String userId, Question question) {
    return running().steps().explaining().explain(userId, question);
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
    Dispatches.filter(running, http, answer, chain);
  }

  @Override
  public void destroy() {
    FilterState running = state;
    state = null;
    if (running != null) {
      running.close();
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
