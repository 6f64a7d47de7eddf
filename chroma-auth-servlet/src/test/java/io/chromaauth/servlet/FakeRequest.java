package io.chromaauth.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/**
 * A container's request as far as a filter may ask. Whatever else is asked of it fails the test:
 * {@code getParameter} would eat a form's body, {@code getServletPath} changes with the mapping.
 */
final class FakeRequest {
  /** The container's own idea of who asks, which no test of ours may take for an identity. */
  static final Principal CONTAINER_PRINCIPAL = () -> "container";

  private final Call call;
  private final ByteArrayInputStream bytes;

  private FakeRequest(Call call) {
    this.call = call;
    this.bytes = new ByteArrayInputStream(call.body);
  }

  static HttpServletRequest of(Call call) {
    FakeRequest request = new FakeRequest(call);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                request.answer(
                    method.getName(), arguments == null ? List.of() : List.of(arguments)));
  }

  private @Nullable Object answer(String method, List<Object> arguments) {
    return switch (method) {
      case "getMethod" -> call.method;
      case "getRequestURI" -> call.uri;
      case "getQueryString" -> call.query;
      case "getContextPath" -> call.contextPath;
      case "getDispatcherType" -> call.dispatcher;
      case "getProtocol" -> "HTTP/1.1";
      case "getRemoteAddr" -> "192.0.2.1";
      case "getRemoteUser" -> "container";
      case "getAuthType" -> "FORM";
      case "isUserInRole" -> true;
      case "getUserPrincipal" -> CONTAINER_PRINCIPAL;
      case "getContentLengthLong" -> call.withContentLength ? call.body.length : -1L;
      case "getHeader" -> values(arguments).stream().findFirst().orElse(null);
      case "getHeaders" -> Collections.enumeration(values(arguments));
      case "getAttribute" -> call.attributes.get((String) arguments.get(0));
      case "setAttribute" -> call.attributes.put((String) arguments.get(0), arguments.get(1));
      case "getSession", "logout" -> null;
      case "isAsyncStarted" -> call.asynchronous;
      case "getAsyncContext" -> asyncContext();
      case "getInputStream" -> new Body();
      case "getReader" -> reader();
      case "toString" -> call.method + " " + call.uri;
      default -> throw new UnsupportedOperationException("request." + method);
    };
  }

  /** One that runs at once what a container would run in another thread. */
  private static AsyncContext asyncContext() {
    AsyncContext context = Mockito.mock(AsyncContext.class);
    Mockito.doAnswer(
            started -> {
              started.<Runnable>getArgument(0).run();
              return null;
            })
        .when(context)
        .start(Mockito.any());
    return context;
  }

  private List<String> values(List<Object> arguments) {
    return call.headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase((String) arguments.get(0)))
        .map(Map.Entry::getValue)
        .toList();
  }

  private BufferedReader reader() {
    return new BufferedReader(
        new StringReader(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)));
  }

  private final class Body extends ServletInputStream {
    @Override
    public int read() throws IOException {
      if (call.broken) {
        throw new IOException("connection reset by secret-peer");
      }
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (call.broken) {
        throw new IOException("connection reset by secret-peer");
      }
      return bytes.read(target, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
