package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GatewayServerTest {
  @Test
  void strangerWithABodyThatDoesNotComeIsAnsweredAtOnce() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, Gateways.REFUSING);
        Wire client = Wire.to(gateway.port())) {
      client.send(
          "POST /x HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
      assertEquals(401, client.readAnswer().status());
      assertTrue(client.isClosedByPeer());
    }
    try (RawUpstream upstream = RawUpstream.answering(ok(""));
        GatewayServer gateway = Gateways.to(upstream, Gateways.REFUSING);
        Wire client = Wire.to(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n\r\n");
      assertEquals(401, client.readAnswer().status());
      assertEquals(0, upstream.connections());
    }
  }

  @Test
  void portThatIsTakenIsABindException() throws Exception {
    try (RawUpstream taken = RawUpstream.answering(ok(""))) {
      GatewayOptions options = GatewayOptions.of("127.0.0.1", taken.port());
      int before = Thread.activeCount();
      GatewayServer gateway =
          new GatewayServer(
              options, Gateways.OPEN, new UpstreamProxy(Gateways.upstream(taken.url())));
      IOException failure = assertThrows(IOException.class, gateway::start);
      assertInstanceOf(BindException.class, failure.getCause());
      gateway.close();
      Gateways.await(() -> Thread.activeCount() <= before);
    }
  }

  @Test
  void servletThatDoesNotStartIsAnIoException() {
    GatewayServer gateway =
        new GatewayServer(
            Gateways.LOOPBACK,
            Gateways.OPEN,
            new HttpServlet() {
              private static final long serialVersionUID = 1L;

              @Override
              public void init() {
                throw new IllegalStateException("on purpose");
              }
            });
    assertThrows(IOException.class, gateway::start);
  }

  @Test
  void anyServletCanStandBehindTheFilter() throws Exception {
    HttpServlet hello =
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            response.getWriter().write("hello " + request.getRequestURI());
          }
        };
    try (GatewayServer gateway = new GatewayServer(Gateways.LOOPBACK, Gateways.OPEN, hello)) {
      gateway.start();
      assertEquals("hello /x", ask(gateway.port(), get("/x")).text());
    }
  }

  @Test
  void closeLetsRequestsInFlightEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    try (RawUpstream upstream =
        RawUpstream.running(
            wire -> {
              wire.readRequest();
              asked.countDown();
              closing.await();
              Thread.sleep(300);
              wire.send(ok("in time"));
            })) {
      GatewayServer gateway = Gateways.to(upstream);
      int port = gateway.port();
      try (Wire idle = Wire.to(port);
          Wire client = Wire.to(port)) {
        client.send(get("/x"));
        asked.await();
        Thread closer = new Thread(gateway::close);
        closer.start();
        Gateways.await(() -> refusesConnections(port));
        closing.countDown();
        assertEquals("in time", client.readAnswer().text());
        closer.join(10_000);
        gateway.join();
        assertTrue(idle.isClosedByPeer());
      } finally {
        gateway.close();
      }
    }
  }

  private static boolean refusesConnections(int port) {
    try (Wire wire = Wire.to(port)) {
      return !wire.socket().isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void closeDoesNotWaitForEver() throws Exception {
    GatewayOptions options =
        Gateways.LOOPBACK.withTimeouts(Duration.ofSeconds(20), Duration.ofMillis(300));
    CountDownLatch asked = new CountDownLatch(1);
    try (RawUpstream upstream =
        RawUpstream.running(
            wire -> {
              wire.readRequest();
              asked.countDown();
              new CountDownLatch(1).await();
            })) {
      GatewayServer gateway =
          Gateways.started(options, Gateways.upstream(upstream.url()), Gateways.OPEN);
      try (Wire client = Wire.to(gateway.port())) {
        client.send(get("/x"));
        asked.await();
        long start = System.nanoTime();
        gateway.close();
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals(500, client.readAnswer().status());
        assertTrue(client.isClosedByPeer());
      } finally {
        gateway.close();
      }
    }
  }

  @Test
  void idleClientsCostNoThreads() throws Exception {
    List<Wire> clients = new ArrayList<>();
    try (RawUpstream upstream = RawUpstream.answering(ok("x"));
        GatewayServer gateway = Gateways.to(upstream)) {
      for (int i = 0; i < 300; i++) {
        Wire client = Wire.to(gateway.port());
        clients.add(client);
        assertEquals("x", client.send(get("/x")).readAnswer().text());
      }
      assertTrue(Thread.activeCount() < 100, "threads: " + Thread.activeCount());
      for (Wire client : clients) {
        assertEquals("x", client.send(get("/x")).readAnswer().text());
      }
    } finally {
      for (Wire client : clients) {
        client.close();
      }
    }
  }
}
