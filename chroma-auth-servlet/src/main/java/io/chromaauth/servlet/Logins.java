package io.chromaauth.servlet;

import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Logins that the application asks for by itself (Servlet 6.0, 13.3), by the same providers and
 * throttle as all others. Thread-safe.
 *
 * @param live the credentials that hold
 * @param challenges the answers to strangers
 */
record Logins(LiveRules live, Challenges challenges) {
  /** Whom a request's own headers name. */
  AuthnResult byHeaders(RequestHeaders request) {
    return live.now().snapshot().authenticate(request);
  }

  /** The user of this name and password; not presented if no provider knows passwords. */
  AuthnResult byPassword(String user, String password, RequestHeaders request) {
    if (user.indexOf(':') >= 0) { // RFC 7617, 2
      return AuthnResult.wrong("a user name with a colon");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    List<String> basic = List.of("Basic " + Base64.getEncoder().encodeToString(pair));
    return live.now().snapshot().authenticate(new Given(basic, request.source()));
  }

  /** Headers of the application's own making. */
  private record Given(List<String> authorization, @Override String source)
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
