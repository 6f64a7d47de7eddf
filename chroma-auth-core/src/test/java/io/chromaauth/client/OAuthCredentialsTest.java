package io.chromaauth.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chromaauth.ConfigException;
import io.chromaauth.Samples;
import io.chromaauth.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OAuthCredentialsTest {
  private static final Secret SECRET = Secret.of("s3cret: +ü");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private HttpServer server;
  private volatile String form = "";
  private volatile String authorization = "";
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile int delay;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/token", this::answer);
    server.start();
    expiresIn(3600);
  }

  @AfterEach
  void end() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aTokenIsFetchedOnceAndByHttpBasic() {
    try (OAuthCredentials credentials =
        credentials().scope("a b").parameter("audience", "c&d").build()) {
      assertEquals(0, asked.get());
      assertEquals("Bearer token-1", credentials.headers().get("Authorization"));
      assertEquals("Bearer token-1", credentials.headers().get("Authorization"));
      assertEquals("grant_type=client_credentials&scope=a+b&audience=c%26d", form);
      assertEquals("Basic " + Samples.base64("my+id:s3cret%3A+%2B%C3%BC"), authorization);
    }
  }

  @Test
  void theSecretGoesIntoTheFormWhereThatIsAskedFor() {
    try (OAuthCredentials credentials = credentials().secretInBody().build()) {
      assertEquals("Bearer token-1", credentials.headers().get("Authorization"));
      assertEquals(
          "grant_type=client_credentials&client_id=my+id&client_secret=s3cret%3A+%2B%C3%BC", form);
      assertEquals("null", authorization);
    }
  }

  @Test
  void manyThreadsFetchOne() throws Exception {
    delay = 200;
    try (OAuthCredentials credentials = credentials().build()) {
      assertEquals(Set.of("Bearer token-1"), ofThreads(credentials));
      assertEquals(1, asked.get());
    }
  }

  @Test
  void aTokenIsRenewedBeforeItExpiresByOneThread() throws Exception {
    expiresIn(4);
    delay = 300;
    try (OAuthCredentials credentials = credentials().build()) {
      credentials.headers();
      long begin = System.nanoTime();
      Set<String> seen = new HashSet<>();
      while (System.nanoTime() - begin < 3_900_000_000L) { // it would have expired by then
        seen.addAll(ofThreads(credentials));
      }
      assertTrue(seen.contains("Bearer token-2"), seen::toString);
      assertEquals(1, mostAtOnce.get());
      assertTrue(asked.get() <= 3, asked::toString);
    }
  }

  @Test
  void whileRenewingFailsTheOldTokenIsUsedToItsEnd() throws Exception {
    expiresIn(4);
    try (OAuthCredentials credentials = credentials().build()) {
      credentials.headers();
      status = 500;
      Thread.sleep(3200);
      assertEquals("Bearer token-1", credentials.headers().get("Authorization"));
      assertEquals("Bearer token-1", credentials.headers().get("Authorization"));
      assertEquals(2, asked.get());
      Thread.sleep(1000);
      assertThrows(UncheckedIOException.class, credentials::headers);
      status = 200;
      assertEquals("Bearer token-4", credentials.headers().get("Authorization"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "<html>",
        "{\"access_token\":\"t\"}",
        "{\"token_type\":\"mac\",\"access_token\":\"t\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":1}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"a\\r\\nb\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"access_token\":\"b\"}"
      })
  void whatIsNoTokenIsAFailureThatTellsNothing(String body) {
    answer = body;
    try (OAuthCredentials credentials = credentials().build()) {
      UncheckedIOException e = assertThrows(UncheckedIOException.class, credentials::headers);
      assertTrue(
          String.valueOf(e.getMessage()).contains("the token endpoint answers"), e.getMessage());
    }
  }

  @Test
  void aRefusalIsToldByItsCodeAlone() {
    status = 401;
    answer = "{\"error\":\"invalid_client\",\"error_description\":\"s3cret: +ü\"}";
    try (OAuthCredentials credentials = credentials().build()) {
      UncheckedIOException e = assertThrows(UncheckedIOException.class, credentials::headers);
      assertEquals(
          "java.io.IOException: the token endpoint answers 401, invalid_client", e.getMessage());
      Samples.assertNoSecret(credentials.toString());
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    status = 307;
    try (OAuthCredentials credentials = credentials().build()) {
      assertThrows(UncheckedIOException.class, credentials::headers);
      assertEquals(1, asked.get());
    }
  }

  @Test
  void theSecretGoesByHttpsOrNotAtAll() {
    for (String url : List.of("http://id.example/token", "https://u:p@id.example/", "file:///x")) {
      assertThrows(
          ConfigException.class, () -> OAuthCredentials.at(URI.create(url), "id", SECRET).build());
    }
    OAuthCredentials.at(URI.create("https://id.example/token"), "id", SECRET).build().close();
  }

  @Test
  void printsNoToken() {
    try (OAuthCredentials credentials = credentials().build()) {
      assertFalse(credentials.headers().toString().contains("token-1"));
      assertFalse(credentials.toString().contains("token-1"));
    }
  }

  private OAuthCredentials.Builder credentials() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    return OAuthCredentials.at(url, "my id", SECRET);
  }

  private void expiresIn(int seconds) {
    answer =
        "{\"token_type\":\"bearer\",\"access_token\":\"token-N\",\"expires_in\":" + seconds + "}";
  }

  private Set<String> ofThreads(OAuthCredentials credentials) throws Exception {
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      results.add(threads.submit(() -> credentials.headers().get("Authorization")));
    }
    Set<String> seen = new HashSet<>();
    for (Future<String> result : results) {
      seen.add(result.get());
    }
    return seen;
  }

  private void answer(HttpExchange exchange) throws IOException {
    int number = asked.incrementAndGet();
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    sleep();
    atOnce.decrementAndGet();
    byte[] body = answer.replace("token-N", "token-" + number).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Location", "/token");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void sleep() {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
