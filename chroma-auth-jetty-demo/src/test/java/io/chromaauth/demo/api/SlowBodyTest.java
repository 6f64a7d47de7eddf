package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.gateway.GatewayOptions;
import io.chromaauth.demo.gateway.GatewayServer;
import io.chromaauth.demo.store.Budget;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come slowly take no threads, and not for ever. */
class SlowBodyTest {
  private static final String HEAD =
      "POST "
          + ApiClient.COLLECTIONS
          + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n";

  private static Socket slow(URI server) throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.getOutputStream().write((HEAD + "{").getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void othersAreServedWhileManyBodiesComeSlowly(@TempDir Path folder) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(folder)) {
      for (int i = 0; i < 100; i++) {
        sockets.add(slow(server.url()));
      }
      HttpRequest request =
          HttpRequest.newBuilder(server.url().resolve("/api/v2/heartbeat"))
              .timeout(Duration.ofSeconds(10))
              .build();
      assertEquals(
          200, HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode());
      String rest = " \"name\": \"slow\"" + " ".repeat(4998 - 15) + "}";
      sockets.get(7).getOutputStream().write(rest.getBytes(StandardCharsets.UTF_8));
      assertTrue(answer(sockets.get(7)).startsWith("HTTP/1.1 200"));
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aBodyThatTakesTooLongIsCut(@TempDir Path folder) throws Exception {
    Bodies bodies = Bodies.in(folder);
    Route route =
        Route.post("/api/v2/tenants/{t}/databases/{d}/collections", call -> Answer.ok(j -> {}));
    ChromaServlet servlet =
        new ChromaServlet(
            new RouteTable(List.of(route)),
            bodies,
            new Budget(1 << 20, "", ""),
            Duration.ofMillis(200));
    try (GatewayServer server =
        new GatewayServer(
            GatewayOptions.of("127.0.0.1", 0)
                .withTimeouts(Duration.ofSeconds(60), Duration.ofMillis(20)),
            (request, response, chain) -> chain.doFilter(request, response),
            servlet)) {
      server.start();
      try (Socket socket = slow(URI.create("http://127.0.0.1:" + server.port()))) {
        Thread.sleep(400);
        socket.getOutputStream().write(' ');
        String answer = answer(socket);
        assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
        assertTrue(answer.contains("Connection: close"), answer);
      }
    }
    assertEquals(0, bodies.memory().taken());
  }

  private static String answer(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    byte[] some = new byte[1000];
    int length = socket.getInputStream().read(some);
    return new String(some, 0, Math.max(0, length), StandardCharsets.UTF_8);
  }
}
