package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.CollectionResolver.Element;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.NotFound;
import io.chromaauth.CollectionResolver.Page;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import io.chromaauth.settings.UpstreamHeader;
import io.chromaauth.settings.UpstreamSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback that answers as each test says. */
@Timeout(60)
class UpstreamResolverTest {
  private static final UUID ID = UUID.fromString("0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f");
  private static final String WITH_BY_ID =
      "{\"paths\":{\"/api/v2/tenants/{tenant}/databases/{database}/collections/by-id/{id}\":{}}}";
  private static final String WITHOUT_BY_ID = "{\"paths\":{\"/api/v2/tenants\":{}}}";

  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Reply openapi = new Reply(200, WITH_BY_ID);
  private volatile Answering answering = path -> new Reply(404, "{}");
  private HttpServer server;
  private UpstreamResolver resolver;

  private record Reply(int status, String body) {}

  private interface Answering {
    Reply to(String path);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    resolver = resolver(server.getAddress().getPort(), null, null);
  }

  @AfterEach
  void stop() {
    resolver.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theOwnerIsTheOneThatTheReplyNames() {
    reply(200, collection(ID.toString(), "acme", "docs", "docs-a"));
    assertEquals(found("acme", "docs", "docs-a"), resolve());
    assertEquals(
        List.of("/openapi.json", "/api/v2/tenants/acme/databases/docs/collections/by-id/" + ID),
        paths);
  }

  @Test
  void aForeignOwnerIsToldAsSuchAndNotAsThePathsOwn() {
    // Chroma 1.5.9 looks up by id alone, whatever path it is asked under
    reply(200, collection(ID.toString(), "globex", "private", "x"));
    assertEquals(found("globex", "private", "x"), resolve());
  }

  @Test
  void anUpperCaseIdIsTheSameId() {
    reply(200, collection(ID.toString().toUpperCase(Locale.ROOT), "acme", "docs", "a"));
    assertEquals(found("acme", "docs", "a"), resolve());
  }

  @Test
  void whatUpstreamSaysMoreIsPassedOver() {
    reply(
        200,
        "{\"id\":\""
            + ID
            + "\",\"metadata\":{\"tenant\":\"x\",\"id\":\"y\",\"a\":[{\"name\":\"z\"}]},"
            + "\"dimension\":null,\"version\":3,\"tenant\":\"acme\",\"database\":\"docs\","
            + "\"name\":\"a\",\"configuration_json\":{\"hnsw\":{\"ef\":1.5}}}");
    assertEquals(found("acme", "docs", "a"), resolve());
  }

  @Test
  void a404IsAMiss() {
    reply(404, "{\"error\":\"NotFoundError\"}");
    assertInstanceOf(NotFound.class, resolve());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 302, 400, 401, 403, 410, 429, 500, 502, 503})
  void anyOtherStatusSaysNothing(int status) {
    reply(status, status == 204 ? "" : collection(ID.toString(), "acme", "docs", "a"));
    assertInstanceOf(Unavailable.class, resolve());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\"acme\"",
        "<html></html>",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\"",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\"}",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\",\"tenant\":\"acme\",\"database\":\"d\"}",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\",\"name\":\"a\",\"database\":\"d\"}",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\",\"name\":\"a\",\"tenant\":\"acme\"}",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\",\"name\":\"a\",\"tenant\":\"acme\","
            + "\"database\":null}",
        "{\"id\":\"0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f\",\"name\":\"a\",\"tenant\":\"acme\","
            + "\"tenant\":\"globex\",\"database\":\"d\"}",
        // another id than the one asked for
        "{\"id\":\"11111111-7f8b-4a3c-9a0e-2f6b1c9d8e7f\",\"name\":\"a\",\"tenant\":\"acme\","
            + "\"database\":\"docs\"}"
      })
  void aReplyThatNamesNoOwnerOfThisIdIsNeitherAnOwnerNorAMiss(String body) {
    reply(200, body);
    assertInstanceOf(Unavailable.class, resolve());
  }

  @Test
  void withoutSuchARouteTheDatabaseIsListedPageByPage() {
    openapi = new Reply(200, WITHOUT_BY_ID);
    answering =
        path ->
            path.endsWith("offset=0")
                ? new Reply(200, page(1000, null))
                : new Reply(200, page(3, collection(ID.toString(), "acme", "docs", "docs-a")));
    assertEquals(found("acme", "docs", "docs-a"), resolve());
    String list = "/api/v2/tenants/acme/databases/docs/collections?limit=1000&offset=";
    assertEquals(List.of("/openapi.json", list + "0", list + "1000"), paths);
  }

  @Test
  void notInTheListIsAMiss() {
    openapi = new Reply(200, WITHOUT_BY_ID);
    answering =
        path -> new Reply(200, path.endsWith("offset=0") ? page(1000, null) : page(0, null));
    assertInstanceOf(NotFound.class, resolve());
    assertEquals(3, paths.size());
  }

  @Test
  void aListingOfAnUnknownDatabaseSaysNothing() {
    openapi = new Reply(200, WITHOUT_BY_ID);
    reply(404, "{}");
    assertInstanceOf(Unavailable.class, resolve());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[", "[{\"id\":\"x\"", "[1]", "[{},1]", "[null]", "x"})
  void aListThatIsNoneIsNoMiss(String body) {
    openapi = new Reply(200, WITHOUT_BY_ID);
    reply(200, body);
    assertInstanceOf(Unavailable.class, resolve());
  }

  @Test
  void aDatabaseWithoutEndIsGivenUp() {
    openapi = new Reply(200, WITHOUT_BY_ID);
    String full = page(1000, null);
    answering = path -> new Reply(200, full);
    assertInstanceOf(Unavailable.class, resolve());
    assertEquals(101, paths.size());
  }

  @Test
  void aPageIsAskedForAndHandedOnAsItIs() {
    String one = "{\"id\":1.0, \"name\":\"é\"}";
    answering =
        path ->
            path.equals("/api/v2/tenants/a%20b/databases?limit=7&offset=3")
                    || path.equals(
                        "/api/v2/tenants/a%20b/databases/c%2Fd/collections?limit=7&offset=3")
                ? new Reply(200, "[" + one + "]")
                : new Reply(500, path);
    Page page = new Page(List.of(new Element("é", one)));
    assertEquals(page, resolver.list("a b", null, 7, 3));
    assertEquals(page, resolver.list("a b", "c/d", 7, 3));
  }

  @Test
  void aPageThatCanNotBeHadIsNone() {
    reply(404, "{}");
    assertInstanceOf(NotFound.class, resolver.list("t", "d", 1, 0));
    for (int status : List.of(201, 302, 401, 403, 500, 503)) {
      reply(status, "[]");
      assertInstanceOf(Unavailable.class, resolver.list("t", "d", 1, 0), "" + status);
    }
    for (String body : List.of("", "{}", "[1]", "[{}]", "[{\"name\":\"a\"}")) {
      reply(200, body);
      assertInstanceOf(Unavailable.class, resolver.list("t", "d", 1, 0), body);
    }
    server.stop(0);
    assertInstanceOf(Unavailable.class, resolver.list("t", "d", 1, 0));
    Thread.currentThread().interrupt();
    assertInstanceOf(Unavailable.class, resolver.list("t", "d", 1, 0));
    assertTrue(Thread.interrupted());
  }

  @Test
  void whichWayIsLearntOnce() {
    reply(200, collection(ID.toString(), "acme", "docs", "a"));
    resolve();
    resolve();
    assertEquals(1, paths.stream().filter("/openapi.json"::equals).count());
  }

  @ParameterizedTest
  @CsvSource({"500", "404", "401", "302"})
  void withoutADescriptionNothingIsKnownAndItIsAskedForAgain(int status) {
    reply(200, collection(ID.toString(), "acme", "docs", "a"));
    openapi = new Reply(status, "by-id: /collections/by-id/");
    assertInstanceOf(Unavailable.class, resolve());
    openapi = new Reply(200, WITH_BY_ID);
    assertEquals(found("acme", "docs", "a"), resolve());
  }

  @Test
  void anUpstreamThatIsNotThereIsFoundOnceItIs() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);
    assertInstanceOf(Unavailable.class, resolve());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    reply(200, collection(ID.toString(), "acme", "docs", "a"));
    assertEquals(found("acme", "docs", "a"), resolve());
  }

  @Test
  void aPathWithoutTenantOrDatabaseCanNotBeLookedUp() {
    assertInstanceOf(Unavailable.class, resolver.resolve(ID, null, null));
    assertInstanceOf(Unavailable.class, resolver.resolve(ID, "acme", null));
    assertFalse(resolver.findsWithoutPath());
    assertEquals(List.of(), paths);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a/b",
        "a?b#c",
        "a%2fb",
        "a%b",
        "..",
        ".",
        "a.b",
        "é",
        "\uD83D\uDE00",
        "a;b=c",
        "a\\b",
        "*",
        "a+b",
        "a&offset=5",
        "a\r\nX-Evil: 1",
        "a\"<>^`{|}",
        "tenant:x@y"
      })
  void anOddNameArrivesAsOneSegment(String name) throws IOException {
    reply(200, collection(ID.toString(), "t", "d", "c"));
    resolver.resolve(ID, name, name + "2");
    String path = paths.get(1);
    List<String> segments = List.of(path.split("/", -1));
    assertEquals(10, segments.size(), path);
    assertEquals(name, decoded(segments.get(4)));
    assertEquals(name + "2", decoded(segments.get(6)));
    assertEquals(ID.toString(), segments.get(9));
    assertEquals(List.of(), headers);
  }

  @Test
  void theUpstreamsOwnHeaderIsSentAlong() {
    try (CollectionResolver own =
        resolver(server.getAddress().getPort(), "X-Evil", "Bearer upstream")) {
      reply(200, collection(ID.toString(), "acme", "docs", "a"));
      own.resolve(ID, "acme", "docs");
    }
    assertEquals(List.of("Bearer upstream", "Bearer upstream"), headers);
  }

  @Test
  void aPathOfTheUpstreamGoesBeforeItsRoutes() {
    try (CollectionResolver own =
        new UpstreamResolver(
            new UpstreamSetting(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base"), null))) {
      own.resolve(ID, "acme", "docs");
    }
    String byId = "/base/api/v2/tenants/acme/databases/docs/collections/by-id/" + ID;
    assertEquals(List.of("/base/openapi.json", byId), paths);
  }

  @Test
  void anInterruptedLookUpSaysNothingAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertInstanceOf(Unavailable.class, resolve());
    assertTrue(Thread.interrupted());
  }

  @Test
  void anUpstreamThatStopsInTheMiddleOfAReplyDoesNotHoldTheRequestForEver() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(end);
        });
    try {
      Resolution resolution = assertTimeoutPreemptively(Duration.ofSeconds(15), this::resolve);
      assertInstanceOf(Unavailable.class, resolution);
    } finally {
      end.countDown();
    }
  }

  @Test
  void theClientIsMadeAtTheFirstLookUpAndSharedByAllThreads() throws Exception {
    reply(200, collection(ID.toString(), "acme", "docs", "a"));
    CountDownLatch both = new CountDownLatch(2);
    List<HttpClient> made = new CopyOnWriteArrayList<>();
    try (UpstreamResolver late =
        new UpstreamResolver(
            new UpstreamSetting(URI.create("http://127.0.0.1:" + port()), null),
            executor -> {
              made.add(HttpClient.newBuilder().executor(executor).build());
              return made.get(0);
            })) {
      Callable<Resolution> lookUp =
          () -> {
            both.countDown();
            await(both);
            return late.resolve(ID, "acme", "docs");
          };
      assertEquals(List.of(), made);
      for (Future<Resolution> found : threads.invokeAll(List.of(lookUp, lookUp))) {
        assertEquals(found("acme", "docs", "a"), found.get());
      }
      assertEquals(1, made.size());
    }
  }

  @Test
  void aClientThatIsPastAnsweringIsReplaced() {
    CountDownLatch end = new CountDownLatch(1);
    List<HttpClient> made = new CopyOnWriteArrayList<>();
    answering =
        path -> {
          await(end);
          return new Reply(404, "{}");
        };
    try (UpstreamResolver late =
        new UpstreamResolver(
            new UpstreamSetting(URI.create("http://127.0.0.1:" + port()), null),
            executor -> {
              made.add(HttpClient.newBuilder().executor(executor).build());
              return made.get(made.size() - 1);
            })) {
      assertInstanceOf(Unavailable.class, late.resolve(ID, "acme", "docs"));
      end.countDown();
      assertInstanceOf(NotFound.class, late.resolve(ID, "acme", "docs"));
      assertEquals(2, made.size());
    }
  }

  @Test
  void plainHttpNeedsNoTls() throws Exception {
    NoTls none = new NoTls();
    List<Callable<?>> uses =
        List.of(
            none::createSSLEngine,
            () -> none.createSSLEngine("localhost", 1),
            none::getSocketFactory,
            none::getServerSocketFactory,
            none::getClientSessionContext,
            none::getServerSessionContext,
            () -> {
              none.init(null, null, null);
              return none;
            });
    uses.forEach(use -> assertThrows(UnsupportedOperationException.class, use::call));
  }

  @Test
  void anUpstreamOverTlsIsAskedOverTls() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        UpstreamResolver tls =
            new UpstreamResolver(
                new UpstreamSetting(
                    URI.create("https://127.0.0.1:" + listening.getLocalPort()), null))) {
      Future<Integer> first =
          threads.submit(
              () -> {
                try (Socket client = listening.accept()) {
                  return client.getInputStream().read();
                }
              });
      assertInstanceOf(Unavailable.class, tls.resolve(ID, "acme", "docs"));
      assertEquals(22, first.get(), "the type of a record of TLS that begins a handshake");
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private Resolution resolve() {
    return resolver.resolve(ID, "acme", "docs");
  }

  private void reply(int status, String body) {
    answering = path -> new Reply(status, body);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    paths.add(path);
    headers.addAll(exchange.getRequestHeaders().getOrDefault("X-Evil", List.of()));
    Reply reply = path.endsWith("/openapi.json") ? openapi : answering.to(path);
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static UpstreamResolver resolver(
      int port, @Nullable String header, @Nullable String value) {
    URI uri = URI.create("http://127.0.0.1:" + port);
    return new UpstreamResolver(
        new UpstreamSetting(
            uri, header == null || value == null ? null : () -> new UpstreamHeader(header, value)));
  }

  private static Found found(String tenant, String database, String name) {
    return new Found(AuthzResource.of(tenant, database, name));
  }

  private static String collection(String id, String tenant, String database, String name) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"tenant\":\"%s\",\"database\":\"%s\"}"
        .formatted(id, name, tenant, database);
  }

  /** A list of so many other collections, and perhaps this one. */
  private static String page(int others, @Nullable String last) {
    String page =
        IntStream.range(0, others)
            .mapToObj(i -> collection(new UUID(1, i).toString(), "acme", "docs", "c" + i))
            .collect(Collectors.joining(","));
    return "[" + page + (last == null ? "" : (others > 0 ? "," : "") + last) + "]";
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
