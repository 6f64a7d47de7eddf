package io.chromaauth.servlet;

import io.chromaauth.RequestHeaders;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the steps see of a request: the only one of them that knows the Servlet API. */
final class IncomingRequest implements RequestHeaders {
  private final HttpServletRequest request;

  IncomingRequest(HttpServletRequest request) {
    this.request = request;
  }

  String method() {
    return request.getMethod();
  }

  /**
   * The raw path below the context path, or an empty text if it is not below it as written. Taken
   * from the request URI: servlet path and path info change with the mapping and are decoded.
   */
  String path() {
    String uri = rawUri();
    String context = request.getContextPath();
    if (context == null || context.isEmpty()) {
      return uri;
    }
    return uri.startsWith(context) ? uri.substring(context.length()) : "";
  }

  /** The raw path as sent, for the log. */
  String rawUri() {
    boolean included = request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) != null;
    Object uri =
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)
            : request.getRequestURI();
    return uri == null ? "" : uri.toString();
  }

  @Nullable String query() {
    return request.getQueryString();
  }

  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  long contentLength() {
    return request.getContentLengthLong();
  }

  InputStream body() throws IOException {
    return request.getInputStream();
  }

  String remoteAddress() {
    return String.valueOf(request.getRemoteAddr());
  }

  @Override
  public List<String> values(String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = new ArrayList<>();
    all.add(first);
    values.asIterator().forEachRemaining(all::add);
    return all;
  }

  @Override
  public Optional<Principal> containerPrincipal() {
    return Optional.ofNullable(request.getUserPrincipal());
  }
}
