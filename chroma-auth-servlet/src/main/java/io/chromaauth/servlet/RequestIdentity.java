package io.chromaauth.servlet;

import io.chromaauth.UserIdentity;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What the filter leaves with a request for the application behind it. */
public final class RequestIdentity {
  /**
   * The name of the request attribute that holds the whole body as a {@code byte[]} where the
   * filter had to read it; the request's own streams give the same bytes again. For an application
   * that reads past the Servlet API, such as a proxy.
   */
  public static final String BODY_ATTRIBUTE = "io.chromaauth.body";

  private RequestIdentity() {}

  /** Who sent the request, or empty on a public path and without the filter. */
  public static Optional<UserIdentity> of(ServletRequest request) {
    return request instanceof HttpServletRequest http
            && http.getUserPrincipal() instanceof UserIdentity identity
        ? Optional.of(identity)
        : Optional.empty();
  }
}
