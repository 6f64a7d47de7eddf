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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers on loopback: Chroma's place, and another that must never be asked. */
class AuthenticatedHttpClientTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> askedElsewhere = new CopyOnWriteArrayList<>();
  private HttpServer chroma;
  private HttpServer elsewhere;
  private AuthenticatedHttpClient client;

  @BeforeEach
  void start() throws IOException {
    chroma = server(asked);
    elsewhere = server(askedElsewhere);
    client = AuthenticatedHttpClient.of(url(chroma, ""), bearer("tok"));
  }

  @AfterEach
  void stop() {
    chroma.stop(0);
    elsewhere.stop(0);
  }

  @Test
  void eachRequestCarriesTheCredentialsAndIsOtherwiseAsItWas() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url(chroma, "/api/v2/x?a=%20b"))
            .timeout(Duration.ofSeconds(20))
            .version(HttpClient.Version.HTTP_1_1)
            .header("X-Other", "1")
            .PUT(BodyPublishers.ofString("{}"))
            .build();
    assertEquals(200, client.send(request, BodyHandlers.discarding()).statusCode());
    assertEquals(200, client.sendAsync(request, BodyHandlers.discarding()).join().statusCode());
    assertEquals(
        200, client.sendAsync(request, BodyHandlers.discarding(), null).join().statusCode());
    String line = "PUT /api/v2/x?a=%20b [Bearer tok] null [1] {}";
    assertEquals(List.of(line, line, line), asked);
    assertTrue(request.headers().firstValue("Authorization").isEmpty(), "nor is it changed");
  }

  @Test
  void theCredentialsTakeThePlaceOfAHeaderOfTheSameName() throws Exception {
    send(HttpRequest.newBuilder(url(chroma, "/")).header("authorization", "Bearer mine"));
    assertEquals(List.of("GET / [Bearer tok] null null "), asked);
  }

  @Test
  void credentialsThatChangeAreAskedForEachRequest() throws Exception {
    AtomicInteger renewed = new AtomicInteger();
    client =
        AuthenticatedHttpClient.of(
            url(chroma, ""), () -> Map.of("X-Chroma-Token", "tok" + renewed.incrementAndGet()));
    send(HttpRequest.newBuilder(url(chroma, "/")));
    send(HttpRequest.newBuilder(url(chroma, "/")));
    assertEquals(List.of("GET / null [tok1] null ", "GET / null [tok2] null "), asked);
  }

  static Stream<Arguments> everyRedirect() {
    return Stream.of(301, 302, 303, 307, 308)
        .flatMap(status -> Stream.of("GET", "POST").map(method -> Arguments.of(status, method)));
  }

  @ParameterizedTest
  @MethodSource("everyRedirect")
  void aRedirectIsAnAnswerAndNeverFollowed(int status, String method) throws Exception {
    for (URI target : List.of(url(elsewhere, "/"), url(chroma, "/other"))) {
      HttpRequest request =
          HttpRequest.newBuilder(url(chroma, "/redirect?" + status + "&" + target))
              .method(method, BodyPublishers.ofString("body"))
              .build();
      HttpResponse<Void> sync = client.send(request, BodyHandlers.discarding());
      HttpResponse<Void> async = client.sendAsync(request, BodyHandlers.discarding()).join();
      for (HttpResponse<Void> answer : List.of(sync, async)) {
        assertEquals(status, answer.statusCode());
        assertEquals(target.toString(), answer.headers().firstValue("Location").orElse(""));
      }
    }
    assertEquals(List.of(), askedElsewhere);
    assertEquals(4, asked.size(), "and the server itself is not asked again");
  }

  @ParameterizedTest
  @EnumSource(value = HttpClient.Redirect.class, names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void aClientThatFollowsRedirectsIsRefused(HttpClient.Redirect redirect) {
    var builder = AuthenticatedHttpClient.builder(url(chroma, ""), bearer("tok"));
    HttpClient following = HttpClient.newBuilder().followRedirects(redirect).build();
    assertThrows(IllegalArgumentException.class, () -> builder.client(following));
  }

  @Test
  void anotherOriginIsRefusedBeforeAnythingIsSent() {
    int port = chroma.getAddress().getPort();
    for (String other :
        List.of(
            url(elsewhere, "/").toString(),
            "http://localhost:" + port,
            "https://127.0.0.1:" + port,
            "http://127.0.0.1",
            "http://127.0.0.1@localhost:" + port)) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(other)).build();
      for (var send :
          List.<Executable>of(
              () -> client.send(request, BodyHandlers.discarding()),
              () -> client.sendAsync(request, BodyHandlers.discarding()),
              () -> client.sendAsync(request, BodyHandlers.discarding(), null))) {
        String message = assertThrows(IllegalArgumentException.class, send).toString();
        assertTrue(message.contains(": credentials for http://127.0.0.1:" + port), message);
      }
    }
    assertEquals(List.of(), askedElsewhere);
    assertEquals(List.of(), asked);
  }

  @ParameterizedTest
  @CsvSource({
    "https://chroma.example, https://CHROMA.example:443/api",
    "HTTP://localhost/api, http://localhost:80",
  })
  void anOriginIsTheSameHoweverItIsWritten(String server, String request) {
    assertEquals(Origin.of(URI.create(server)), Origin.of(URI.create(request)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://chroma.example", "http://192.168.0.2:8000", "http://gateway:8000"})
  void plainHttpToAnotherMachineIsRefusedUnlessToldSo(String server) {
    var builder = AuthenticatedHttpClient.builder(URI.create(server), bearer("tok"));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertTrue(
        e.toString().endsWith("an https URL, or allowPlainHttp() where the network is trusted"),
        e.toString());
    assertTrue(builder.allowPlainHttp().build().toString().contains(server));
  }

  @Test
  void aBrokenHeaderIsNotShown() {
    client =
        AuthenticatedHttpClient.of(
            url(chroma, ""), () -> Map.of("X-Chroma-Token", Samples.SECRET + "\nX-Evil: 1"));
    HttpRequest request = HttpRequest.newBuilder(url(chroma, "/")).build();
    Throwable e =
        assertThrows(
            IllegalStateException.class, () -> client.send(request, BodyHandlers.discarding()));
    Samples.assertNoSecret(e.toString() + e.getCause());
    assertEquals(List.of(), asked);
  }

  @Test
  void itIsTheClientThatItWasGiven() throws Exception {
    HttpClient given =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(7))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    client =
        AuthenticatedHttpClient.builder(url(chroma, ""), bearer(Samples.SECRET))
            .client(given)
            .build();
    assertEquals(given.connectTimeout(), client.connectTimeout());
    assertEquals(given.version(), client.version());
    assertEquals(given.followRedirects(), client.followRedirects());
    assertEquals(given.proxy(), client.proxy());
    assertEquals(given.sslContext(), client.sslContext());
    assertEquals(
        given.sslParameters().getProtocols().length, client.sslParameters().getProtocols().length);
    assertEquals(given.authenticator(), client.authenticator());
    assertEquals(given.cookieHandler(), client.cookieHandler());
    assertEquals(given.executor(), client.executor());
    assertThrows(UnsupportedOperationException.class, client::newWebSocketBuilder);
    assertFalse(client.toString().contains(Samples.SECRET));
    send(HttpRequest.newBuilder(url(chroma, "/")));
    assertEquals(1, asked.size());
  }

  private void send(HttpRequest.Builder request) throws Exception {
    assertEquals(200, client.send(request.build(), BodyHandlers.discarding()).statusCode());
  }

  private static ClientCredentials bearer(String token) {
    return ClientCredentials.bearer(Secret.of(token));
  }

  private static URI url(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static HttpServer server(List<String> log) throws IOException {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    server.createContext("/", exchange -> answer(exchange, log));
    server.start();
    return server;
  }

  /** Answers {@code /redirect?STATUS&LOCATION} as told, everything else with 200. */
  private static void answer(HttpExchange exchange, List<String> log) throws IOException {
    var headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    List<List<String>> values =
        Stream.of("Authorization", "X-Chroma-Token", "X-Other").map(headers::get).toList();
    log.add(line + " " + values.get(0) + " " + values.get(1) + " " + values.get(2) + " " + body);
    String query = exchange.getRequestURI().getRawQuery();
    boolean redirect = exchange.getRequestURI().getPath().equals("/redirect");
    if (redirect) {
      exchange.getResponseHeaders().set("Location", query.substring(4));
    }
    exchange.sendResponseHeaders(redirect ? Integer.parseInt(query.substring(0, 3)) : 200, -1);
    exchange.close();
  }
}
