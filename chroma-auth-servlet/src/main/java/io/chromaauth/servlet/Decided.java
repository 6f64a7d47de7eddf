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
  private final String requestId;
  private final HttpServletRequest sent;
  private volatile @Nullable Passed passed;
  private volatile @Nullable UserIdentity identity;
  private volatile boolean changed;
  private volatile boolean atErrorPage;

  Decided(FilterState by, String requestId, HttpServletRequest request) {
    this.by = by;
    this.requestId = requestId;
    this.sent = DecidedRequest.innermost(request);
  }

  /**
   * One dispatch that was let through.
   *
   * @param before the one before it, or null
   */
  private record Passed(
      String method, String uri, @Nullable String query, Pass pass, @Nullable Passed before) {
    boolean isAt(HttpServletRequest request) {
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

  /** Notes a dispatch that was let through, so that the request may be sent back there. */
  void add(HttpServletRequest request, Pass pass) {
    passed =
        new Passed(
            request.getMethod(), request.getRequestURI(), request.getQueryString(), pass, passed);
  }

  /** Notes who asks, unless the application has said so itself since; nobody is no news. */
  void asks(@Nullable UserIdentity other) {
    if (other != null && !changed) {
      identity = other;
    }
  }

  /** What was let through where the request is now, or null. */
  @Nullable Pass passedAt(HttpServletRequest request) {
    Passed each = passed;
    while (each != null && !each.isAt(request)) {
      each = each.before();
    }
    return each == null ? null : each.pass();
  }

  FilterState by() {
    return by;
  }

  String requestId() {
    return requestId;
  }

  /** Who asks, or null for nobody. */
  @Nullable UserIdentity identity() {
    return identity;
  }

  /** A login or logout of the application's own, which lasts as long as the request. */
  void become(@Nullable UserIdentity other) {
    identity = other;
    changed = true;
  }

  /** Whether this filter has let just this request through, wherever it is dispatched now. */
  boolean isOf(HttpServletRequest request) {
    return sent == DecidedRequest.innermost(request);
  }

  /**
   * Whether it is at an error page now: where that forwards, Tomcat calls it an error dispatch too.
   */
  boolean isAtErrorPage() {
    return atErrorPage;
  }

  void atErrorPage(boolean now) {
    atErrorPage = now;
  }
}
