package io.chromaauth.demo.gateway;

import static io.chromaauth.demo.gateway.OwnAnswers.BROKEN;
import static io.chromaauth.demo.gateway.OwnAnswers.UNREACHABLE;
import static io.chromaauth.demo.gateway.OwnAnswers.assertJson;
import static io.chromaauth.demo.gateway.RawUpstream.ok;
import static io.chromaauth.demo.gateway.Wire.ask;
import static io.chromaauth.demo.gateway.Wire.get;
import static io.chromaauth.demo.gateway.Wire.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamFailureTest {
  @Test
  void upstreamThatIsDownIs503AtOnceAndUsedAgainWhenItIsBack() throws Exception {
    RawUpstream first = RawUpstream.answering(ok("first", "Connection: close"));
    int port = first.port();
    try (GatewayServer gateway = Gateways.to(first);
        Wire client = Wire.to(gateway.port())) {
      assertEquals("first", client.send(get("/x")).readAnswer().text());
      first.close();
      long start = System.nanoTime();
      assertJson(503, UNREACHABLE, client.send(post("/x", "body")).readAnswer());
      assertTrue(System.nanoTime() - start < 1_000_000_000L);
      assertEquals(503, client.send(get("/x")).readAnswer().status());
      try (RawUpstream second = RawUpstream.answeringAt(port, ok("second"))) {
        assertEquals("second", client.send(get("/x")).readAnswer().text());
        assertEquals(1, second.connections());
      }
    }
  }

  @Test
  void upstreamThatDoesNotAcceptIs503AfterASecond() throws Exception {
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, fillers);
      try (GatewayServer gateway =
          Gateways.to(
              Gateways.upstream(URI.create("http://127.0.0.1:" + full.getLocalPort())),
              Gateways.OPEN)) {
        assertJson(503, UNREACHABLE, ask(gateway.port(), get("/x")));
      }
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  private static void fill(ServerSocket listener, List<Socket> fillers) throws IOException {
    while (true) {
      Socket socket = new Socket();
      fillers.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  @Test
  void upstreamThatIsNotFoundIs503() throws Exception {
    try (GatewayServer gateway =
        Gateways.to(Gateways.upstream(URI.create("http://no-such-host.invalid")), Gateways.OPEN)) {
      assertJson(503, UNREACHABLE, ask(gateway.port(), get("/x")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2p1\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nHi",
        "HTTP/1.1 199 What\r\n\r\n",
        "HTTP/1.1 700 What\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello"
      })
  void upstreamThatAnswersNonsenseIs502AndSeesTheRequestOnce(String nonsense) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  requests.incrementAndGet();
                  wire.send(nonsense);
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      assertJson(502, BROKEN, client.send(post("/x", "work")).readAnswer());
      assertJson(502, BROKEN, client.send(get("/x")).readAnswer());
      assertEquals(2, requests.get());
      assertEquals(2, upstream.connections());
    }
  }

  @Test
  void headersThatAreTooLongAre502() throws Exception {
    String answer = ok("", "X-Long: " + "x".repeat(40_000));
    try (RawUpstream upstream = RawUpstream.answering(answer);
        GatewayServer gateway = Gateways.to(upstream)) {
      assertJson(502, BROKEN, ask(gateway.port(), get("/x")));
    }
  }

  @Test
  void pooledConnectionThatDiesUnderARequestIsNotReplaced() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  wire.send(ok("fine"));
                  wire.readRequest();
                  requests.incrementAndGet();
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      for (String request : List.of(post("/x", "work"), get("/x"))) {
        int before = requests.get();
        assertEquals("fine", client.send(get("/warm")).readAnswer().text());
        Thread.sleep(50); // until it is back in the pool, which shows nowhere
        assertJson(502, BROKEN, client.send(request).readAnswer());
        assertEquals(before + 1, requests.get());
      }
      assertEquals(2, upstream.connections());
    }
  }

  @Test
  void connectionThatTheUpstreamClosedWhileIdleIsReplaced() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.running(
                wire -> {
                  wire.readRequest();
                  wire.send(ok("fine"));
                });
        GatewayServer gateway = Gateways.to(upstream);
        Wire client = Wire.to(gateway.port())) {
      for (int i = 1; i <= 3; i++) {
        assertEquals("fine", client.send(post("/x", "work")).readAnswer().text());
        Thread.sleep(50); // until the gateway has seen the close, which shows nowhere
        assertEquals(i, upstream.connections());
      }
    }
  }

  @Test
  void certificateThatNobodySignedIs502AndIsNotTalkedTo(@TempDir Path folder) throws Exception {
    try (ServerSocket listener = selfSigned(folder)) {
      CompletableFuture<String> read = new CompletableFuture<>();
      Thread server =
          new Thread(
              () -> {
                try (Socket socket = listener.accept()) {
                  read.complete("read " + socket.getInputStream().read());
                } catch (IOException e) {
                  read.complete("refused");
                }
              });
      server.start();
      URI url = URI.create("https://localhost:" + listener.getLocalPort());
      try (GatewayServer gateway = Gateways.to(Gateways.upstream(url), Gateways.OPEN)) {
        assertJson(502, BROKEN, ask(gateway.port(), get("/x")));
      }
      assertEquals("refused", read.get());
    }
  }

  private static ServerSocket selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias a -keyalg EC -dname CN=localhost -storepass secret"
                        + " -keystore "
                        + store)
                    .split(" ", -1))
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertEquals(0, made.waitFor());
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void plainTextWhereTlsShouldBeIs502() throws Exception {
    try (RawUpstream plain = RawUpstream.running(wire -> wire.send("not TLS").readHead());
        GatewayServer gateway =
            Gateways.to(
                Gateways.upstream(URI.create("https://127.0.0.1:" + plain.port())),
                Gateways.OPEN)) {
      assertJson(502, BROKEN, ask(gateway.port(), get("/x")));
    }
  }

  @Test
  void logSaysWhatFailedOnceWithoutQueryOrHeaders() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Gateways.logger(UpstreamProxy.class.getName()).addAppender(log);
    Filter withId =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("X-Request-Id", "id-1");
          chain.doFilter(request, response);
        };
    try (RawUpstream upstream = RawUpstream.running(Wire::readRequest);
        GatewayServer gateway = Gateways.to(upstream, withId)) {
      Wire.Message answer =
          ask(gateway.port(), get("/api/x?token=secret", "Authorization: Bearer secret"));
      assertEquals(List.of("id-1"), answer.all("X-Request-Id"));
      assertEquals(
          List.of("GET /api/x: upstream BROKEN, EOFException, request id-1"),
          log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
      assertTrue(log.list.stream().allMatch(event -> event.getThrowableProxy() == null));
    } finally {
      Gateways.logger(UpstreamProxy.class.getName()).detachAppender(log);
    }
  }
}
