package io.chromaauth.servlet;

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

/** A request that a client sent: the only one of the steps' parts that knows the Servlet API. */
final class ReceivedRequest implements IncomingRequest {
  private final HttpServletRequest request;
  private final TrustedProxies proxies;

  ReceivedRequest(HttpServletRequest request) {
    this(request, TrustedProxies.NONE);
  }

  /**
   * @param proxies whose word on the client's address is taken
   */
  ReceivedRequest(HttpServletRequest request, TrustedProxies proxies) {
    this.request = request;
    this.proxies = proxies;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Empty also if the context path itself is ambiguous (Tomcat tells it as sent). Taken from the
   * request URI: servlet path and path info change with the mapping and are decoded.
   */
  @Override
  public String path() {
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

  @Override
  public String rawUri() {
    String uri = included(RequestDispatcher.INCLUDE_REQUEST_URI).orElseGet(request::getRequestURI);
    return uri == null ? "" : uri;
  }

  @Override
  public @Nullable String query() {
    return included(RequestDispatcher.INCLUDE_REQUEST_URI).isPresent()
        ? included(RequestDispatcher.INCLUDE_QUERY_STRING).orElse(null)
        : request.getQueryString();
  }

  @Override
  public boolean isIncluded() {
    return request.getDispatcherType() == DispatcherType.INCLUDE;
  }

  @Override
  public boolean isDispatched() {
    return isIncluded() || request.getDispatcherType() == DispatcherType.FORWARD;
  }

  /**
   * What an include says of its target. In any other dispatch the attribute means nothing, whoever
   * set it (CVE-2020-1938).
   */
  private Optional<String> included(String attribute) {
    return isIncluded()
        ? Optional.ofNullable(request.getAttribute(attribute)).map(Object::toString)
        : Optional.empty();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public long contentLength() {
    return request.getContentLengthLong();
  }

  @Override
  public InputStream body() throws IOException {
    return request.getInputStream();
  }

  @Override
  public String remoteAddress() {
    String peer = String.valueOf(request.getRemoteAddr());
    return proxies.ranges().isEmpty() ? peer : proxies.client(peer, values("X-Forwarded-For"));
  }

  @Override
  public String source() {
    return TrustedProxies.source(remoteAddress());
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
    return Optional.ofNullable(DecidedRequest.principalBelow(request))
        .filter(principal -> !(principal instanceof UserIdentity));
  }
}
