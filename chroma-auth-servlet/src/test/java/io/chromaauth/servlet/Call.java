package io.chromaauth.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request, sent through a filter without a container. */
final class Call {
  /** What a fake request is made of; what is not set here a container would not send either. */
  String method = "GET";

  String uri = "/";
  @Nullable String query;
  String contextPath = "";
  final List<Map.Entry<String, String>> headers = new ArrayList<>();
  byte[] body = new byte[0];
  boolean withContentLength = true;
  boolean broken;
  boolean asynchronous;
  DispatcherType dispatcher = DispatcherType.REQUEST;
  final Map<String, Object> attributes = new HashMap<>();

  private Call() {}

  /** A request for a path and perhaps a query, both as they stand in the request line. */
  static Call of(String method, String target) {
    Call call = new Call();
    call.method = method;
    int mark = target.indexOf('?');
    call.uri = mark < 0 ? target : target.substring(0, mark);
    call.query = mark < 0 ? null : target.substring(mark + 1);
    return call;
  }

  static Call get(String target) {
    return of("GET", target);
  }

  static Call post(String target) {
    return of("POST", target);
  }

  /** With the token of a user of {@link Team}. */
  Call as(String user) {
    return header("Authorization", "Bearer " + Team.token(user));
  }

  Call header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  Call json(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  Call body(byte[] bytes) {
    body = bytes;
    return this;
  }

  /** With a body whose length is not known before it ends. */
  Call chunked() {
    withContentLength = false;
    return this;
  }

  /** With a body that ends in an {@link IOException}. */
  Call broken() {
    broken = true;
    return this;
  }

  /** With asynchronous processing started. */
  Call asynchronous() {
    asynchronous = true;
    return this;
  }

  Call below(String context) {
    contextPath = context;
    return this;
  }

  Call dispatchedBy(DispatcherType type) {
    dispatcher = type;
    return this;
  }

  Call attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  HttpServletRequest request() {
    return FakeRequest.of(this);
  }

  IncomingRequest incoming() {
    return new ReceivedRequest(request());
  }

  /** What a filter makes of it, with an application behind that answers 200. */
  Outcome through(ChromaAuthFilter filter) throws IOException, ServletException {
    return through(filter, request());
  }

  /** The same for a request that somebody holds already. */
  static Outcome through(ChromaAuthFilter filter, HttpServletRequest request)
      throws IOException, ServletException {
    FakeResponse response = new FakeResponse();
    response.servlet().setHeader("X-Request-Id", "of an earlier filter");
    List<HttpServletRequest> passed = new ArrayList<>();
    filter.doFilter(
        request, response.servlet(), (seen, answer) -> passed.add((HttpServletRequest) seen));
    return new Outcome(response, passed);
  }
}
