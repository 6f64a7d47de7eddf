package io.chromaauth.demo.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chroma's rules for names. */
final class Names {
  private static final Pattern ALLOWED =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]");
  private static final Pattern ADDRESS =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final int TENANT_LENGTH = 3;

  private Names() {}

  static String tenant(String name) {
    if (name.codePointCount(0, name.length()) < TENANT_LENGTH) {
      throw ApiException.invalid(
          "Validation error: name: Validation error: length [{\"value\": String(\""
              + name
              + "\"), \"min\": Number(3)}]");
    }
    return name;
  }

  static String database(String name) {
    String fault = fault(name);
    if (fault != null) {
      throw ApiException.invalid(fault);
    }
    return name;
  }

  /**
   * A collection's.
   *
   * @param field of the body, for the message
   */
  static String collection(String field, String name) {
    String fault = fault(name);
    if (fault != null) {
      throw ApiException.invalid("Validation error: " + field + ": " + fault);
    }
    return name;
  }

  private static @Nullable String fault(String name) {
    if (!ALLOWED.matcher(name).matches()) {
      return "Expected a name containing 3-512 characters from [a-zA-Z0-9._-], starting and ending"
          + " with a character in [a-zA-Z0-9]. Got: "
          + name;
    }
    if (name.contains("..")) {
      return "Expected a name that does not contains two consecutive periods (..). Got " + name;
    }
    return ADDRESS.matcher(name).matches()
        ? "Expected a name that is not a valid ip address. Got " + name
        : null;
  }
}
