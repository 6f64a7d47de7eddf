package io.chromaauth.servlet;

import io.chromaauth.Settings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a filter in a web application finds its settings. */
final class ServletSettings {
  private ServletSettings() {}

  /** Init-params, then context-params, then the process. */
  static Settings of(FilterConfig config) {
    ServletContext context = config.getServletContext();
    Map<String, String> init =
        values(config.getInitParameterNames(), name -> config.getInitParameter(name));
    Map<String, String> inContext =
        values(context.getInitParameterNames(), name -> context.getInitParameter(name));
    return Settings.of("init-param", init)
        .orElse(Settings.of("context-param", inContext))
        .orElse(Settings.ofProcess());
  }

  private static Map<String, String> values(
      @Nullable Enumeration<String> names, Function<String, @Nullable String> value) {
    Map<String, String> values = new HashMap<>();
    for (String name : Collections.list(names == null ? Collections.emptyEnumeration() : names)) {
      String found = value.apply(name);
      if (found != null) {
        values.put(name, found);
      }
    }
    return values;
  }
}
