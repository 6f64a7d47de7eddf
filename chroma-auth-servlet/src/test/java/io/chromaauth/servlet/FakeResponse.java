package io.chromaauth.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response that remembers what is written, and knows only what the filter needs of one. */
final class FakeResponse {
  int status;
  private @Nullable String contentType;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  HttpServletResponse servlet() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> call(method.getName(), arguments));
  }

  private @Nullable Object call(String method, Object @Nullable [] arguments) {
    List<Object> values = arguments == null ? List.of() : List.of(arguments);
    switch (method) {
      case "setStatus" -> {
        status = (int) values.get(0);
        written.add("status " + status);
      }
      case "getStatus" -> {
        return status == 0 ? 200 : status;
      }
      case "setContentType" -> contentType = (String) values.get(0);
      case "setContentLength" -> headers.add(Map.entry("Content-Length", "" + values.get(0)));
      case "setHeader" -> {
        headers.removeIf(h -> h.getKey().equalsIgnoreCase((String) values.get(0)));
        headers.add(Map.entry((String) values.get(0), (String) values.get(1)));
      }
      case "addHeader" -> headers.add(Map.entry((String) values.get(0), (String) values.get(1)));
      case "getOutputStream" -> {
        return new Sink();
      }
      default -> throw new UnsupportedOperationException("response." + method);
    }
    return null;
  }

  /** What makes this an answer of the filter's own. */
  List<String> written() {
    return written;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Nullable String contentType() {
    return contentType;
  }

  /** All values of a header. */
  List<String> values(String name) {
    return headers.stream()
        .filter(h -> h.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Nullable String header(String name) {
    return values(name).stream().findFirst().orElse(null);
  }

  /** The names of all headers. */
  List<String> headerNames() {
    return headers.stream().map(Map.Entry::getKey).toList();
  }

  private final class Sink extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int b) {
      bytes.write(b);
      written.add("a byte");
    }
  }
}
