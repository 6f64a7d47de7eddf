package io.chromaauth.hosts.app;

import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.RequestIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the application sees of a request, a line each. */
final class Report {
  private Report() {}

  static String of(HttpServletRequest request) {
    return String.join(
        "\n",
        "REACHED " + action(request),
        "method=" + request.getMethod(),
        "uri=" + request.getRequestURI(),
        "url=" + request.getRequestURL(),
        "path=" + path(request),
        "query=" + request.getQueryString(),
        "tenants=" + values(request, "tenant"),
        "dispatcher=" + request.getDispatcherType(),
        "principal=" + principal(request),
        "remote-user=" + request.getRemoteUser(),
        "auth-type=" + request.getAuthType(),
        "roles=" + roles(request),
        "identity=" + RequestIdentity.of(request).map(UserIdentity::userId).orElse("none"),
        "");
  }

  /** As a servlet that trusts its container sees it: decoded, and without parameters. */
  static String path(HttpServletRequest request) {
    String info = request.getPathInfo();
    return request.getServletPath() + (info == null ? "" : info);
  }

  /** What an application would do that goes by the decoded path. */
  private static String action(HttpServletRequest request) {
    String path = path(request);
    if (path.equals("/api/v2/heartbeat")) {
      return "heartbeat";
    }
    if (path.equals("/api/v2/reset")) {
      return "reset";
    }
    return path.startsWith("/api/v2/tenants/") ? "tenants" : "other";
  }

  private static String principal(HttpServletRequest request) {
    return request.getUserPrincipal() == null
        ? "none"
        : request.getUserPrincipal().getClass().getSimpleName()
            + " "
            + request.getUserPrincipal().getName();
  }

  private static String roles(HttpServletRequest request) {
    return Stream.of("reader", "writer", "admin", "clerk")
        .filter(request::isUserInRole)
        .collect(Collectors.joining(","));
  }

  private static String values(HttpServletRequest request, String parameter) {
    return request.getQueryString() == null
        ? "none"
        : Arrays.toString(request.getParameterValues(parameter));
  }
}
