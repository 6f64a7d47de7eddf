package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Logins that the application asks for by itself (Servlet 6.0, 13.3), by the same providers and
 * throttle as all others. Thread-safe.
 *
 * @param live the credentials that hold
 * @param decider what answers strangers
 * @param container whether a provider takes the container's word
 */
record Logins(LiveRules live, Decider decider, boolean container) {
  /** Whom a request's own headers name. */
  AuthnResult byHeaders(RequestHeaders request) {
    return live.now().snapshot().authenticate(request);
  }

  /** Whom the container has logged in, whatever else the request bears. */
  AuthnResult byPrincipal(RequestHeaders request) {
    Given given = new Given(List.of(), request.source(), request.containerPrincipal());
    return live.now().snapshot().authenticate(given);
  }

  /** The user of this name and password; not presented if no provider knows passwords. */
  AuthnResult byPassword(String user, String password, RequestHeaders request) {
    if (user.indexOf(':') >= 0) { // RFC 7617, 2
      return AuthnResult.wrong("a user name with a colon");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    List<String> basic = List.of("Basic " + Base64.getEncoder().encodeToString(pair));
    Given given = new Given(basic, request.source(), Optional.empty());
    return live.now().snapshot().authenticate(given);
  }

  /** Whether somebody is known, if so that user. */
  static boolean isOf(String user, AuthnResult result) {
    return !(result instanceof AuthnResult.Authenticated known)
        || known.identity().userId().equals(user);
  }

  /** Headers of the application's own making. */
  private record Given(
      List<String> authorization,
      @Override String source,
      @Override Optional<Principal> containerPrincipal)
      implements RequestHeaders {
    @Override
    public List<String> values(String name) {
      return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
    }

    @Override
    public String toString() {
      return "credentials given by the application"; // which must not be printed
    }
  }
}
