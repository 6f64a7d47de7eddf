package io.chromaauth.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An upstream that answers everything with 200, counts what reaches it, and knows the owners of a
 * few collections. For rows that need no real Chroma.
 */
final class StubChroma implements AutoCloseable {
  private final HttpServer server;
  private final List<String> data = new CopyOnWriteArrayList<>();
  private final List<String> lookUps = new CopyOnWriteArrayList<>();
  private final Map<String, String> owners = new ConcurrentHashMap<>();

  StubChroma() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A collection that a look-up by id finds, below any path, as in Chroma 1.5.9. */
  void owns(String tenant, String database, String name, String id) {
    owners.put(
        id,
        "{\"id\":\"%s\",\"name\":\"%s\",\"tenant\":\"%s\",\"database\":\"%s\"}"
            .formatted(id, name, tenant, database));
  }

  /** Every request but look-ups since the last call, as method and URI. */
  List<String> takeRequests() {
    List<String> taken = List.copyOf(data);
    data.clear();
    return taken;
  }

  /** Every look-up since the last call. */
  List<String> takeLookUps() {
    List<String> taken = List.copyOf(lookUps);
    lookUps.clear();
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    exchange.getRequestBody().readAllBytes();
    int byId = uri.indexOf("/by-id/");
    if (uri.equals("/openapi.json")) {
      send(exchange, 200, "{\"paths\":{\"/api/v2/x/collections/by-id/{collection_id}\":{}}}");
    } else if (byId >= 0) {
      lookUps.add(uri);
      String owner = owners.get(uri.substring(byId + 7));
      send(exchange, owner == null ? 404 : 200, owner == null ? "{}" : owner);
    } else {
      data.add(exchange.getRequestMethod() + " " + uri);
      send(exchange, 200, "{\"upstream\":true}");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
