package io.chromaauth.servlet;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a browser's request on behalf of a foreign page: Basic credentials travel with anybody's
 * form. Other clients send neither {@code Origin} nor {@code Sec-Fetch-Site}.
 */
final class CrossSite {
  private static final String ANY = "*";

  private final Set<String> allowed;

  /**
   * @param allowed browsers' origins besides the request's own, in lower case; {@code *} lets any
   *     through that bears a credential which no browser attaches by itself
   */
  CrossSite(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Whether the request is to be refused. */
  boolean refuses(IncomingRequest request) {
    String method = request.method();
    if (method.equals("GET") || method.equals("HEAD")) {
      return false;
    }
    String origin = request.header("Origin");
    if (origin == null) {
      return "cross-site".equalsIgnoreCase(request.header("Sec-Fetch-Site"))
          && !anyWithToken(request);
    }
    return !isOwn(origin.toLowerCase(Locale.ROOT), request.header("Host"))
        && !allowed.contains(origin.toLowerCase(Locale.ROOT))
        && !anyWithToken(request);
  }

  private boolean anyWithToken(IncomingRequest request) {
    if (!allowed.contains(ANY)) {
      return false;
    }
    String authorization = request.header("Authorization");
    boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer || (authorization == null && request.header("X-Chroma-Token") != null);
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    boolean https = origin.startsWith("https://");
    if (host == null || !(https || origin.startsWith("http://"))) {
      return false; // "null", or an app's own scheme
    }
    String defaultPort = https ? ":443" : ":80";
    String authority = origin.substring(https ? 8 : 7);
    return without(defaultPort, authority)
        .equals(without(defaultPort, host.toLowerCase(Locale.ROOT)));
  }

  private static String without(String port, String authority) {
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }
}
