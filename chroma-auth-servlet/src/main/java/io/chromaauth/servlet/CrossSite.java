package io.chromaauth.servlet;

import io.chromaauth.UserIdentity;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a browser's request on behalf of a foreign page: Basic credentials travel with anybody's
 * form. Other clients send neither {@code Origin} nor {@code Sec-Fetch-Site}.
 */
final class CrossSite {
  private static final String ANY = "*";

  /** Providers whose users a token in a header names, which no browser attaches by itself. */
  private static final Set<String> BY_TOKEN = Set.of("token", "jwt");

  private final Set<String> allowed;

  /**
   * @param allowed browsers' origins besides the request's own, in lower case; {@code *} lets any
   *     through that bears a credential which no browser attaches by itself
   */
  CrossSite(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Whether the request is to be refused, whoever asks. */
  boolean refuses(IncomingRequest request) {
    return isForeign(request) && !(allowed.contains(ANY) && bearsToken(request));
  }

  /** Whether it is to be refused all the same: what it bears is not what told who asks. */
  boolean refuses(IncomingRequest request, UserIdentity identity) {
    return !BY_TOKEN.contains(identity.provider()) && allowed.contains(ANY) && isForeign(request);
  }

  private boolean isForeign(IncomingRequest request) {
    String method = request.method();
    if (method.equals("GET") || method.equals("HEAD")) {
      return false;
    }
    String origin = request.header("Origin");
    if (origin == null) {
      return "cross-site".equalsIgnoreCase(request.header("Sec-Fetch-Site"));
    }
    return !isOwn(origin.toLowerCase(Locale.ROOT), request.header("Host"))
        && !allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static boolean bearsToken(IncomingRequest request) {
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
