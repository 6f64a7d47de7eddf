package io.chromaauth.servlet;

import io.chromaauth.RequestHeaders;
import io.chromaauth.UserIdentity;
import jakarta.servlet.DispatcherType;
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
   * The raw path below the context path, or an empty text if it is not below it as written, or if
   * the context path itself is ambiguous (Tomcat tells it as sent). Taken from the request URI:
   * servlet path and path info change with the mapping and are decoded.
   */
  String path() {
    String uri = rawUri();
    String context =
        included(RequestDispatcher.INCLUDE_CONTEXT_PATH).orElseGet(request::getContextPath);
    if (context == null || context.isEmpty()) {
      return uri;
    }
    return uri.startsWith(context) && !RequestPath.parse(context).ambiguous()
        ? uri.substring(context.length())
        : "";
  }

  /** The raw path as sent, for the log. */
  String rawUri() {
    String uri = included(RequestDispatcher.INCLUDE_REQUEST_URI).orElseGet(request::getRequestURI);
    return uri == null ? "" : uri;
  }

  @Nullable String query() {
    return included(RequestDispatcher.INCLUDE_REQUEST_URI).isPresent()
        ? included(RequestDispatcher.INCLUDE_QUERY_STRING).orElse(null)
        : request.getQueryString();
  }

  /**
   * What an include says of its target. In any other dispatch the attribute means nothing, whoever
   * set it (CVE-2020-1938).
   */
  private Optional<String> included(String attribute) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        ? Optional.ofNullable(request.getAttribute(attribute)).map(Object::toString)
        : Optional.empty();
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
    // in a second dispatch it may be this filter's own
    return Optional.ofNullable(request.getUserPrincipal())
        .filter(principal -> !(principal instanceof UserIdentity));
  }
}
