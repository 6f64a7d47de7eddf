package io.chromaauth.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** The cheapest response that a filter can answer by; whatever it does not know fails. */
final class StubResponse extends HttpServletResponseWrapper {
  private static final HttpServletResponse NOTHING_ELSE =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              StubResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private final List<String> headers = new ArrayList<>(8);
  private int status = SC_OK;

  StubResponse() {
    super(NOTHING_ELSE);
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public void setHeader(String name, String value) {
    headers.add(name);
    headers.add(value);
  }

  @Override
  public void addHeader(String name, String value) {
    setHeader(name, value);
  }

  @Override
  public void setContentType(String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return Sink.ONLY;
  }

  private static final class Sink extends ServletOutputStream {
    private static final Sink ONLY = new Sink();

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
