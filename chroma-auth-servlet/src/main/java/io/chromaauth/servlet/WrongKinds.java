package io.chromaauth.servlet;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log, once per source, of credentials that no provider takes: Chroma's documentation
 * calls it the wrong provider.
 */
final class WrongKinds {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final int SOURCES_REMEMBERED = 10_000;

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final String taken;

  /**
   * @param challenges which say what is taken
   */
  WrongKinds(List<String> challenges) {
    taken = String.join(" or ", challenges.stream().map(WrongKinds::schemes).toList());
  }

  /** Tells the log if it is the source's first time; the reason for the audit. */
  String note(IncomingRequest request) {
    String sent = kind(request);
    if (sent == null) {
      return "no credentials";
    }
    if (told.size() < SOURCES_REMEMBERED && told.add(request.remoteAddress() + ' ' + sent)) {
      LOG.warn(
          "{} sent {}, but this server takes {}: give the client the provider that matches"
              + " CHROMA_SERVER_AUTHN_PROVIDER and CHROMA_AUTH_TOKEN_TRANSPORT_HEADER",
          request.remoteAddress(),
          sent,
          taken);
    }
    return sent + " sent, " + taken + " taken";
  }

  private static @Nullable String kind(IncomingRequest request) {
    String authorization = request.header("Authorization");
    if (authorization == null) {
      return request.header("X-Chroma-Token") == null ? null : "an X-Chroma-Token";
    }
    // the scheme only if it is a known word: what stands there may be a bare token
    for (String scheme : List.of("Basic", "Bearer", "Digest", "Negotiate", "Token")) {
      if (authorization.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)) {
        return scheme + " credentials";
      }
    }
    return "Authorization without a known scheme";
  }

  private static String schemes(String challenge) {
    return challenge.contains("ChromaToken")
        ? challenge.contains("Bearer") ? "Bearer or X-Chroma-Token" : "X-Chroma-Token"
        : challenge.split(" ", 2)[0];
  }
}
