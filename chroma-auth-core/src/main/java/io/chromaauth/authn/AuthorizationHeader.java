package io.chromaauth.authn;

import java.util.Optional;

/** {@code auth-scheme 1*SP credentials} of an Authorization field (RFC 9110, 11.4). */
public final class AuthorizationHeader {
  /** The field's name. */
  public static final String NAME = "Authorization";

  private AuthorizationHeader() {}

  /** Whether a field's value is of a scheme, in any case, with or without credentials. */
  public static boolean isOf(String scheme, String value) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length())
        && (value.length() == scheme.length() || value.charAt(scheme.length()) == ' ');
  }

  /** The credentials behind the scheme and its spaces; empty if there are none. */
  public static Optional<String> credentials(String scheme, String value) {
    int start = scheme.length();
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    int end = value.length();
    while (end > start && value.charAt(end - 1) == ' ') {
      end--;
    }
    return start == end ? Optional.empty() : Optional.of(value.substring(start, end));
  }
}
