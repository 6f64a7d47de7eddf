package io.chromaauth.servlet;

import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Verdict.Pass;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a filter has let through, for the further dispatches of the same request: its credentials
 * may be gone by then, and its body has been read. It knows its request by identity, so that it is
 * worth nothing to any other request that bears it. Used by one thread at a time, as its request.
 */
final class Decided {
  private final FilterState by;
  private final HttpServletRequest sent;
  private final String method;
  private final String uri;
  private final @Nullable String query;
  private final Pass pass;
  private volatile @Nullable UserIdentity identity;

  Decided(FilterState by, HttpServletRequest request, Pass pass) {
    this.by = by;
    this.sent = DecidedRequest.innermost(request);
    this.method = request.getMethod();
    this.uri = request.getRequestURI();
    this.query = request.getQueryString();
    this.pass = pass;
    this.identity = pass.identity();
  }

  FilterState by() {
    return by;
  }

  Pass pass() {
    return pass;
  }

  /** Who asks, or null for nobody; a login or logout of the application changes it. */
  @Nullable UserIdentity identity() {
    return identity;
  }

  void become(@Nullable UserIdentity other) {
    identity = other;
  }

  /** Whether this filter has let just this request through, wherever it is dispatched now. */
  boolean isOf(HttpServletRequest request) {
    return sent == DecidedRequest.innermost(request);
  }

  /** Whether it is dispatched back to where it was let through to. */
  boolean isBack(HttpServletRequest request) {
    return method.equals(request.getMethod()) && (isAt(uri, query, request) || isAtTarget(request));
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
