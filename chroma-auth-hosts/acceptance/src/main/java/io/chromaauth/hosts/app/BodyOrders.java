package io.chromaauth.hosts.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads a body by each of the ways that a servlet has, and says what was in it. */
final class BodyOrders {
  private BodyOrders() {}

  static void carryOut(String verb, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (verb) {
      case "stream" -> answer(request, response, request.getInputStream().readAllBytes());
      case "reader" -> {
        StringWriter text = new StringWriter();
        request.getReader().transferTo(text);
        answer(request, response, text.toString().getBytes(StandardCharsets.UTF_8));
      }
      case "form" -> {
        String value = String.valueOf(request.getParameter("name"));
        answer(request, response, value.getBytes(StandardCharsets.UTF_8));
      }
      case "digest" ->
          SampleServlet.answer(request, response, "digest=" + digest(request.getInputStream()));
      default -> listen(request, response);
    }
  }

  private static void answer(HttpServletRequest request, HttpServletResponse response, byte[] body)
      throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    SampleServlet.answer(request, response, "bytes=" + body.length + "\nbody=" + text);
  }

  private static String digest(InputStream body) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void listen(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(20_000);
    ServletInputStream body = request.getInputStream();
    body.setReadListener(new Collecting(context, body));
  }

  /** Collects a body as it comes. */
  private static final class Collecting implements ReadListener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[100];
    private final AsyncContext context;
    private final ServletInputStream body;

    Collecting(AsyncContext context, ServletInputStream body) {
      this.context = context;
      this.body = body;
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (body.isReady() && !body.isFinished()) {
        int count = body.read(buffer);
        if (count > 0) {
          bytes.write(buffer, 0, count);
        }
      }
    }

    @Override
    public void onAllDataRead() throws IOException {
      answer(
          (HttpServletRequest) context.getRequest(),
          (HttpServletResponse) context.getResponse(),
          bytes.toByteArray());
      context.complete();
    }

    @Override
    public void onError(Throwable failure) {
      context.complete();
    }
  }
}
