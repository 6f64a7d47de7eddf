package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.UserIdentity;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request that the filter lets through: it knows who asks, and logs in and out. */
final class DecidedRequest extends ReplayedRequest {
  private final Decided decided;

  private DecidedRequest(
      HttpServletRequest request,
      Decided decided,
      @Nullable Target target,
      byte @Nullable [] body) {
    super(request, target, body);
    this.decided = decided;
  }

  /** A request where it was let through to. */
  static DecidedRequest of(HttpServletRequest request, Decided decided, Verdict.Pass pass) {
    byte[] body = pass.body();
    if (body != null) {
      request.setAttribute(RequestIdentity.BODY_ATTRIBUTE, body);
    }
    return new DecidedRequest(request, decided, pass.target(), body);
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
  public boolean isUserInRole(@Nullable String role) {
    UserIdentity identity = decided.identity();
    if (identity == null || role == null || role.equals("*")) { // Servlet 6.0, 13.3: never
      return false;
    }
    return role.equals("**") || identity.roles().contains(role); // ** is anybody who is known
  }

  /** {@inheritDoc} By the filter's providers; where they take its word, by the container. */
  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    if (decided.identity() != null) {
      return true;
    }
    ReceivedRequest received = received();
    AuthnResult result = logins().byHeaders(received);
    if (result instanceof AuthnResult.NotPresented && logins().container()) {
      return super.authenticate(response) && isLogin(logins().byPrincipal(received));
    }
    if (isLogin(result)) {
      return true;
    }
    Answers.refuse(response, logins().decider().stranger(result, received).answer());
    return false;
  }

  /** {@inheritDoc} By the filter's passwords; without any, by the container's own login. */
  @Override
  public void login(@Nullable String username, @Nullable String password) throws ServletException {
    if (decided.identity() != null) {
      throw new ServletException("somebody is logged in already");
    }
    if (username == null || password == null) {
      throw new ServletException("a login needs a name and a password");
    }
    ReceivedRequest received = received();
    AuthnResult result = logins().byPassword(username, password, received);
    if (result instanceof AuthnResult.NotPresented && logins().container()) {
      super.login(username, password);
      result = logins().byPrincipal(received);
    } else if (!Logins.isOf(username, result)) { // a provider that looks at something else
      result = AuthnResult.wrong("a login of another user");
    }
    if (!isLogin(result)) {
      throw new ServletException("the login failed");
    }
    if (getSession(false) != null) {
      changeSessionId(); // as containers do: who knew it before is not logged in with it
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
    decided.by().tellLogin(received(), decided.requestId(), result);
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
}
