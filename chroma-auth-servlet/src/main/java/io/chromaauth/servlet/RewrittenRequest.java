package io.chromaauth.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request whose every path and parameter says where it really goes. Only {@code
 * getHttpServletMapping} tells of the request as it was sent: it holds no name.
 */
class RewrittenRequest extends HttpServletRequestWrapper {
  private final @Nullable Target rewritten;
  private final @Nullable String sentUri;
  private final @Nullable String sentQuery;

  /**
   * @param target null leaves it as it is
   */
  RewrittenRequest(HttpServletRequest request, @Nullable Target target) {
    super(request);
    this.rewritten = target;
    this.sentUri = target == null ? null : request.getRequestURI();
    this.sentQuery = target == null ? null : request.getQueryString();
  }

  /** Null also once a container has sent what is wrapped elsewhere (Tomcat, Undertow). */
  private @Nullable Target target() {
    return rewritten != null
            && Objects.equals(sentUri, super.getRequestURI())
            && Objects.equals(sentQuery, super.getQueryString())
        ? rewritten
        : null;
  }

  @Override
  public String getRequestURI() {
    Target target = target();
    return target == null ? super.getRequestURI() : getContextPath() + target.path();
  }

  @Override
  public StringBuffer getRequestURL() {
    Target target = target();
    StringBuffer url = super.getRequestURL();
    if (target != null) {
      int path = url.indexOf("/", url.indexOf("://") + 3);
      url.setLength(path < 0 ? url.length() : path);
      url.append(getRequestURI());
    }
    return url;
  }

  @Override
  public @Nullable String getQueryString() {
    Target target = target();
    return target == null ? super.getQueryString() : target.query();
  }

  @Override
  public String getServletPath() {
    Target target = target();
    String sent = super.getServletPath();
    return target == null ? sent : replaced(sent, 0, target);
  }

  @Override
  public @Nullable String getPathInfo() {
    Target target = target();
    String sent = super.getPathInfo();
    return target == null || sent == null
        ? sent
        : replaced(sent, segments(super.getServletPath()), target);
  }

  @Override
  public @Nullable String getPathTranslated() {
    Target target = target();
    String info = getPathInfo();
    return target == null || info == null
        ? super.getPathTranslated()
        : getServletContext().getRealPath(info);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    Target target = target();
    String[] sent = super.getParameterValues(name);
    String replacement = target == null ? null : target.parameters().get(name);
    return replacement == null ? sent : values(name, sent, replacement);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Target target = target();
    if (target == null || target.parameters().isEmpty()) {
      return super.getParameterMap();
    }
    Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
    target.parameters().forEach((name, value) -> all.put(name, values(name, all.get(name), value)));
    return Collections.unmodifiableMap(all);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** The query's value comes first (Servlet 6.0, 3.1); a form's own stay behind it. */
  private String[] values(String name, String @Nullable [] sent, String replacement) {
    List<String> values = new ArrayList<>(sent == null ? List.of() : Arrays.asList(sent));
    if (!values.isEmpty() && !Query.values(super.getQueryString(), name).isEmpty()) {
      values.remove(0);
    }
    values.add(0, replacement);
    return values.toArray(String[]::new);
  }

  /**
   * @param decoded a part of the path that begins with a slash, or an empty text
   * @param before how many segments of the path stand before it
   */
  private static String replaced(String decoded, int before, Target target) {
    if (decoded.isEmpty()) {
      return decoded;
    }
    String[] parts = decoded.substring(1).split("/", -1);
    target
        .segments()
        .forEach(
            (index, name) -> {
              int at = index - before;
              if (at >= 0 && at < parts.length) {
                parts[at] = name;
              }
            });
    return "/" + String.join("/", parts);
  }

  private static int segments(String servletPath) {
    return (int) servletPath.chars().filter(c -> c == '/').count();
  }
}
