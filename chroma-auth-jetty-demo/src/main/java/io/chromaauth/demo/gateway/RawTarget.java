package io.chromaauth.demo.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the request line, never decoded.
 *
 * @param path begins with {@code /}
 * @param query what follows the first {@code ?}, or null without one
 */
record RawTarget(String path, @Nullable String query) {
  /** Made from the servlet request, which a filter may have wrapped; empty if it has no path. */
  static Optional<RawTarget> of(HttpServletRequest request, String prefix) {
    String uri = request.getRequestURI();
    String context = request.getContextPath();
    if (uri == null || !uri.startsWith(context + "/")) {
      return Optional.empty(); // OPTIONS *
    }
    String path = prefix + uri.substring(context.length());
    return Optional.of(new RawTarget(path, request.getQueryString()));
  }
}
