package io.chromaauth.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.chromaauth.settings.UpstreamSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UpstreamProbeTest {
  // a redirect is not followed: elsewhere is not what requests are sent to
  @ParameterizedTest
  @CsvSource({"200, ''", "401, ''", "302, ''", "503, ''", "404, is it a Chroma"})
  void anAnswerIsDoubtedWhereItIsNoChromas(int status, String doubt) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      List<String> doubts = look("http://127.0.0.1:" + server.getAddress().getPort());
      assertEquals(doubt.isEmpty() ? 0 : 1, doubts.size(), doubts::toString);
      assertTrue(doubts.stream().allMatch(line -> line.contains(doubt)), doubts::toString);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1, nothing listens there",
    "http://no-such-host.invalid:1, no such host",
  })
  void whoDoesNotAnswerIsToldWithTheReason(String url, String reason) {
    assertEquals(
        List.of(
            "upstream "
                + url
                + " does not answer ("
                + reason
                + "): requests get 503 until it does"),
        look(url));
  }

  @Test
  void aServerWithoutTlsIsToldAsSuch() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, loopback())) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerPlainly(listening));
      List<String> doubts = look("https://127.0.0.1:" + listening.getLocalPort());
      assertTrue(doubts.get(0).contains("(no TLS there; is it http:// ?)"), doubts::toString);
      answered.join();
    }
  }

  @Test
  void whoListensWithoutAWordIsSilent() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, loopback())) {
      List<String> doubts = look("http://127.0.0.1:" + listening.getLocalPort());
      assertTrue(doubts.get(0).contains("(it is silent)"), doubts::toString);
    }
  }

  @Test
  void whoNeverEndsIsSilent() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, loopback())) {
      CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(listening));
      List<String> doubts = look("http://127.0.0.1:" + listening.getLocalPort());
      assertTrue(doubts.get(0).contains("(it is silent)"), doubts::toString);
      dripping.join(); // the connection is closed then, not left to the one who drips
    }
  }

  /** A header that goes on until nobody reads it. */
  private static void drip(ServerSocket listening) {
    try (Socket client = listening.accept()) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII));
      while (true) {
        client.getOutputStream().write('x');
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (IOException e) {
      // it has been closed
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsNoHttpIsToldAsSuch() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, loopback())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(listening, "SSH-2.0-OpenSSH_9.2\r\n"));
      List<String> doubts = look("http://127.0.0.1:" + listening.getLocalPort());
      assertTrue(doubts.get(0).contains("(what it says is not HTTP)"), doubts::toString);
      answered.join();
    }
  }

  private static void answerPlainly(ServerSocket listening) {
    answer(listening, "HTTP/1.1 400 Bad Request\r\n\r\n");
  }

  private static void answer(ServerSocket listening, String text) {
    try (Socket client = listening.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write(text.getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> look(String url) {
    return UpstreamProbe.look(new UpstreamSetting(URI.create(url), null));
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
