package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.UserIdentity;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that the filter lets through: it knows who asks, lets the application log in and out,
 * and gives a body that was read again.
 */
final class DecidedRequest extends RewrittenRequest {
  private final Decided decided;
  private final byte @Nullable [] body;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, List<String>> form;

  private DecidedRequest(
      HttpServletRequest request,
      Decided decided,
      @Nullable Target target,
      byte @Nullable [] body) {
    super(request, target);
    this.decided = decided;
    this.body = body;
  }

  /** A request where it was let through to. */
  static DecidedRequest of(HttpServletRequest request, Decided decided) {
    byte[] body = decided.pass().body();
    if (body != null) {
      request.setAttribute(RequestIdentity.BODY_ATTRIBUTE, body);
    }
    return new DecidedRequest(request, decided, decided.pass().target(), body);
  }

  /** The same request at an error page. */
  static DecidedRequest atErrorPage(HttpServletRequest request, Decided decided) {
    return new DecidedRequest(request, decided, null, null);
  }

  /** The container's own request below all wrappers. */
  static HttpServletRequest innermost(HttpServletRequest request) {
    HttpServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper
        && wrapper.getRequest() instanceof HttpServletRequest next) {
      inner = next;
    }
    return inner;
  }

  /**
   * Whom the container, or a filter before this one, has logged in, or null; never whom this filter
   * let through in an earlier dispatch.
   */
  static @Nullable Principal principalBelow(HttpServletRequest request) {
    HttpServletRequest below = request;
    ServletRequest each = request;
    while (each instanceof ServletRequestWrapper wrapper) {
      each = wrapper.getRequest();
      if (wrapper instanceof DecidedRequest && each instanceof HttpServletRequest next) {
        below = next;
      }
    }
    return below.getUserPrincipal();
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return decided.identity();
  }

  @Override
  public @Nullable String getRemoteUser() {
    UserIdentity identity = decided.identity();
    return identity == null ? null : identity.userId();
  }

  @Override
  public @Nullable String getAuthType() {
    UserIdentity identity = decided.identity();
    if (identity == null) {
      return null;
    }
    return identity.provider().equals("basic") ? BASIC_AUTH : identity.provider();
  }

  @Override
  public boolean isUserInRole(String role) {
    UserIdentity identity = decided.identity();
    return identity != null && identity.roles().contains(role);
  }

  /** {@inheritDoc} By the filter's providers; with a challenge by its 401. */
  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    ReceivedRequest received = received();
    if (decided.identity() != null || isLogin(logins().byHeaders(received))) {
      return true;
    }
    Answers.refuse(response, logins().challenges().answer(received));
    return false;
  }

  /** {@inheritDoc} By the filter's passwords; without any, by the container's own login. */
  @Override
  public void login(String username, String password) throws ServletException {
    if (decided.identity() != null) {
      throw new ServletException("somebody is logged in already");
    }
    ReceivedRequest received = received();
    AuthnResult result = logins().byPassword(username, password, received);
    if (result instanceof AuthnResult.NotPresented) {
      loginBelow(username, password, received);
    } else if (!isLogin(result)) {
      throw new ServletException("the login failed");
    }
  }

  /** The container's login, undone where no provider takes its word. */
  private void loginBelow(String username, String password, ReceivedRequest received)
      throws ServletException {
    super.login(username, password);
    if (!isLogin(logins().byHeaders(received))) {
      super.logout();
      throw new ServletException("no provider of the filter takes the container's login");
    }
  }

  @Override
  public void logout() throws ServletException {
    decided.become(null);
    if (super.getUserPrincipal() != null) {
      super.logout();
    }
  }

  private boolean isLogin(AuthnResult result) {
    if (result instanceof AuthnResult.Authenticated authenticated) {
      decided.become(authenticated.identity());
      return true;
    }
    return false;
  }

  private Logins logins() {
    return decided.by().steps().logins();
  }

  private ReceivedRequest received() {
    return new ReceivedRequest((HttpServletRequest) getRequest(), decided.by().trustedProxies());
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      return super.getInputStream();
    }
    if (reader != null) {
      throw new IllegalStateException("getReader() has been called");
    }
    ServletInputStream known = stream == null ? new Replay(body, this) : stream;
    stream = known;
    return known;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (body == null) {
      return super.getReader();
    }
    if (stream != null) {
      throw new IllegalStateException("getInputStream() has been called");
    }
    BufferedReader known =
        reader == null
            ? new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8))
            : reader;
    reader = known;
    return known;
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] ofQuery = super.getParameterValues(name);
    List<String> ofForm = form().get(name);
    if (ofForm == null) {
      return ofQuery;
    }
    Stream<String> first = ofQuery == null ? Stream.of() : Stream.of(ofQuery);
    return Stream.concat(first, ofForm.stream()).toArray(String[]::new);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (form().isEmpty()) {
      return super.getParameterMap();
    }
    Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
    form().keySet().forEach(name -> all.put(name, getParameterValues(name)));
    return Collections.unmodifiableMap(all);
  }

  /** A form that the container can't read any more. */
  private Map<String, List<String>> form() {
    if (body == null) {
      return Map.of();
    }
    Map<String, List<String>> known = form;
    if (known == null) {
      known = Form.isSent(getMethod(), getContentType()) ? Form.parse(body) : Map.of();
      form = known;
    }
    return known;
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    checkParts();
    return super.getParts();
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    checkParts();
    return super.getPart(name);
  }

  /** What is one JSON object is not in parts, whatever its header says. */
  private void checkParts() throws ServletException {
    if (body != null) {
      throw new ServletException("the body is not multipart/form-data");
    }
  }
}
