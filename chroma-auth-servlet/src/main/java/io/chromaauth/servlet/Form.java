package io.chromaauth.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a form that was read as a body ({@code application/x-www-form-urlencoded}). */
final class Form {
  private Form() {}

  /** Whether a container would read such a body for its parameters (Servlet 6.0, 3.1.1). */
  static boolean isSent(String method, @Nullable String contentType) {
    if (contentType == null || !method.equals("POST")) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/x-www-form-urlencoded");
  }

  /** The values by name, in their order; what is not encoded right is left out. */
  static Map<String, List<String>> parse(byte[] body) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!pair.isEmpty()) {
        add(values, name, value);
      }
    }
    return values;
  }

  private static void add(Map<String, List<String>> values, String name, String value) {
    try {
      String decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
      values
          .computeIfAbsent(
              URLDecoder.decode(name, StandardCharsets.UTF_8), any -> new ArrayList<>())
          .add(decoded);
    } catch (IllegalArgumentException e) {
      return; // as Tomcat does
    }
  }
}
