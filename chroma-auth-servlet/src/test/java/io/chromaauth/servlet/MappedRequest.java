package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/**
 * A container's request with what depends on a filter's servlet mapping, and with the parameters of
 * its query and, behind them, of a form.
 */
final class MappedRequest extends HttpServletRequestWrapper {
  private final Call call;
  private final String mapping;
  private final String form;
  private final DispatcherType dispatcher;

  /**
   * @param mapping {@code /}, or a prefix and {@code /*}
   * @param form the body of a form, or an empty text
   */
  MappedRequest(Call call, String mapping, String form) {
    super(call.request());
    this.call = call;
    this.mapping = mapping;
    this.form = form;
    this.dispatcher = call.dispatcher;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer("http://chroma.example:8000").append(call.uri);
  }

  @Override
  public String getServletPath() {
    return mapping.equals("/") ? path() : prefix();
  }

  @Override
  public @Nullable String getPathInfo() {
    String rest = path().substring(prefix().length());
    return mapping.equals("/") || rest.isEmpty() ? null : rest;
  }

  @Override
  public @Nullable String getPathTranslated() {
    String info = getPathInfo();
    return info == null ? null : "/srv" + info;
  }

  @Override
  public ServletContext getServletContext() {
    ServletContext context = Mockito.mock(ServletContext.class);
    Mockito.when(context.getRealPath(Mockito.anyString()))
        .thenAnswer(asked -> "/srv" + asked.getArgument(0));
    return context;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    read(call.query, all);
    read(form, all);
    Map<String, String[]> arrays = new LinkedHashMap<>();
    all.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
    return arrays;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public DispatcherType getDispatcherType() {
    return dispatcher;
  }

  private String prefix() {
    return mapping.equals("/") ? "" : mapping.substring(0, mapping.length() - 2);
  }

  private String path() {
    String raw = call.uri.substring(call.contextPath.length());
    return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
  }

  private static void read(@Nullable String encoded, Map<String, List<String>> all) {
    if (encoded == null || encoded.isEmpty()) {
      return;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      all.computeIfAbsent(URLDecoder.decode(name, UTF_8), any -> new ArrayList<>())
          .add(URLDecoder.decode(value, UTF_8));
    }
  }
}
