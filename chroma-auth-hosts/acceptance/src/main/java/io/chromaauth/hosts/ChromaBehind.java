package io.chromaauth.hosts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** What a resolver needs of a Chroma: every collection is {@code acme/docs/docs-a}. */
final class ChromaBehind implements AutoCloseable {
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  ChromaBehind() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often a collection was looked up. */
  int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String json = "{\"paths\":{\"/x/collections/by-id/{id}\":{}}}";
    if (!path.equals("/openapi.json")) {
      asked.incrementAndGet();
      String id = path.substring(path.lastIndexOf('/') + 1);
      json =
          "{\"id\":\"%s\",\"name\":\"docs-a\",\"tenant\":\"acme\",\"database\":\"docs\"}"
              .formatted(id);
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
