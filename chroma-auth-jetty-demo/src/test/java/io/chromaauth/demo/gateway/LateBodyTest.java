package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that read an answer only when they have sent all of their body still get it. */
class LateBodyTest {
  private static final byte[] PIECE = new byte[16 * 1024];
  private static final int PIECES = 64;

  @Test
  void bodyThatComesAfterItsRefusalIsTaken() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, Gateways.REFUSING);
        Wire client = Wire.to(gateway.port())) {
      client.send(
          "POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: " + PIECE.length * PIECES + "\r\n\r\n");
      assertEquals(401, client.readAnswer().status());
      for (int i = 0; i < PIECES; i++) {
        client.send(PIECE);
      }
      assertEquals(401, client.send(get("/x")).readAnswer().status());
      assertEquals(0, upstream.connections());
    }
  }

  @Test
  void bodyThatComesAfterTheUpstreamWasMissedIsTaken() throws Exception {
    URI nobody;
    try (RawUpstream upstream = RawUpstream.answering(ok(""))) {
      nobody = upstream.url();
    }
    try (GatewayServer gateway = Gateways.to(Gateways.upstream(nobody), Gateways.OPEN);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertEquals(503, client.readAnswer().status());
      for (int i = 0; i < PIECES; i++) {
        client.send("4000\r\n").send(PIECE).send("\r\n");
      }
      client.send("0\r\n\r\n");
      assertEquals(503, client.send(get("/x")).readAnswer().status());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void javasClientReadsTheRefusalOfAnUpload(boolean chunked) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, Gateways.REFUSING)) {
      HttpClient http = HttpClient.newHttpClient();
      byte[] body = new byte[4 * 1024 * 1024];
      for (int i = 0; i < 20; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/x"))
                .POST(
                    chunked
                        ? BodyPublishers.ofInputStream(() -> inPieces(body))
                        : BodyPublishers.ofByteArray(body))
                .build();
        assertEquals(401, http.send(request, BodyHandlers.discarding()).statusCode());
      }
    }
  }

  private static InputStream inPieces(byte[] body) {
    return new SequenceInputStream(
        new ByteArrayInputStream(body, 0, 1), new ByteArrayInputStream(body, 1, body.length - 1));
  }

  @Test
  void bodyThatNeverEndsIsCut() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    Handler refusing =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(401);
            response.write(true, null, callback);
            return true;
          }
        };
    server.setHandler(new LateBodies(refusing, Duration.ofMillis(200)));
    server.start();
    try (Wire client = Wire.to(connector.getLocalPort())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n\r\n");
      assertEquals(401, client.readAnswer().status());
      assertTrue(client.isClosedByPeer());
    } finally {
      server.stop();
    }
  }
}
