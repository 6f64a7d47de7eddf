package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.TokenAuthentication;
import io.chromaauth.demo.gateway.GatewayOptions;
import io.chromaauth.demo.gateway.GatewayServer;
import io.chromaauth.servlet.ChromaAuthFilter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A UUID opens a collection only below its own tenant and database. */
class IsolationTest {
  private static final UUID UNKNOWN = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final String MINE = "/api/v2/tenants/one/databases/data/collections";
  private static final String THEIRS = "/api/v2/tenants/two/databases/data/collections";
  private static final String SIBLING = "/api/v2/tenants/one/databases/more/collections";

  @TempDir Path folder;

  private EmbeddedChroma chroma;
  private EmbeddedServer server;
  private ApiClient client;
  private String mine;
  private String theirs;

  @BeforeEach
  void start() throws Exception {
    chroma = EmbeddedChroma.open(folder.resolve("data"), false);
    server = EmbeddedServer.of(chroma);
    client = ApiClient.of(server);
    for (String tenant : List.of("one", "two")) {
      client.post("/api/v2/tenants/" + tenant + "/databases", "{\"name\":\"data\"}").ok();
    }
    client.post("/api/v2/tenants/one/databases", "{\"name\":\"more\"}").ok();
    mine = client.collection(MINE, "{\"name\":\"docs\"}");
    theirs = client.collection(THEIRS, "{\"name\":\"docs\"}");
    for (String docs : List.of(MINE + "/" + mine, THEIRS + "/" + theirs)) {
      client.post(docs + "/add", "{\"ids\":[\"a\"],\"embeddings\":[[1]]}").ok();
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /count           |",
        "POST | /get             | {}",
        "POST | /query           | {\"query_embeddings\":[[1]]}",
        "POST | /add             | {\"ids\":[\"b\"],\"embeddings\":[[1]]}",
        "POST | /upsert          | {\"ids\":[\"a\"],\"embeddings\":[[1]]}",
        "POST | /update          | {\"ids\":[\"a\"],\"documents\":[\"x\"]}",
        "POST | /delete          | {\"ids\":[\"a\"]}",
        "PUT  | ``               | {\"new_name\":\"stolen\"}",
        "POST | /fork            | {\"new_name\":\"stolen\"}",
        "POST | /search          | {\"searches\":[]}",
        "GET  | /fork_count      |",
        "GET  | /indexing_status |",
        "GET  | /functions/f     |",
      },
      quoteCharacter = '`')
  void noRouteReachesAForeignCollection(String method, String route, String body) throws Exception {
    byte[] bytes = body == null ? null : body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String rest = route == null ? "" : route;
    for (String path : List.of(MINE + "/" + theirs, SIBLING + "/" + mine)) {
      ApiClient.Reply foreign = client.send(method, path + rest, bytes);
      ApiClient.Reply unknown = client.send(method, MINE + "/" + UNKNOWN + rest, bytes);
      assertEquals(404, foreign.status(), foreign.json()::toString);
      String id = path.substring(path.length() - 36);
      assertEquals(
          unknown.json().toString().replace(UNKNOWN.toString(), id), foreign.json().toString());
    }
    assertEquals(404, client.get(MINE + "/by-id/" + theirs).status());
    ApiClient.Reply untouched = client.post(THEIRS + "/" + theirs + "/get", "{}").ok();
    assertEquals(List.of("a"), untouched.texts("/ids"));
    assertEquals(List.of("null"), untouched.texts("/documents"));
    assertEquals("docs", client.get(THEIRS + "/by-id/" + theirs).text("/name"));
  }

  @Test
  void theResolverFindsOwnersWithAndWithoutAPath() {
    CollectionResolver resolver = chroma.resolver();
    CollectionResolver.Found found =
        new CollectionResolver.Found(AuthzResource.of("one", "data", "docs"));
    UUID id = UUID.fromString(mine);
    assertTrue(resolver.findsWithoutPath());
    assertEquals(found, resolver.resolve(id, null, null));
    assertEquals(found, resolver.resolve(id, "one", "data"));
    assertEquals(new CollectionResolver.NotFound(), resolver.resolve(id, "two", "data"));
    assertEquals(new CollectionResolver.NotFound(), resolver.resolve(id, "one", "more"));
    assertEquals(new CollectionResolver.NotFound(), resolver.resolve(UNKNOWN, null, null));
  }

  @Test
  void theResolverListsWhatTheApiLists() throws Exception {
    CollectionResolver.Page collections =
        assertInstanceOf(
            CollectionResolver.Page.class, chroma.resolver().list("one", "data", 10, 0));
    assertEquals("docs", collections.elements().get(0).name());
    assertEquals(client.get(MINE).json().get(0).toString(), collections.elements().get(0).json());
    CollectionResolver.Page databases =
        assertInstanceOf(CollectionResolver.Page.class, chroma.resolver().list("one", null, 1, 1));
    assertEquals("more", databases.elements().get(0).name());
    assertEquals(
        client.get("/api/v2/tenants/one/databases").json().get(1).toString(),
        databases.elements().get(0).json());
  }

  /** The filter answers lists for those who may see some names only. */
  @ParameterizedTest
  @CsvSource({
    "/api/v2/tenants/one/databases/data/collections, Chroma Python Client v1.5.9",
    "/api/v2/tenants/one/databases/data/collections, python-httpx/0.27",
    "/api/v1/collections?tenant=one&database=data, python-requests/2.32",
    "/api/v1/collections?tenant=one&database=data, node"
  })
  void aListForABoundedIdentityHasTheFormOfItsClient(String path, String userAgent)
      throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users.yaml"),
            "users:\n  - {id: ann, tokens: [ann-token], collections: ['d*']}\n");
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(TokenAuthentication.users(users))
            .resolver(chroma.resolver())
            .build();
    GatewayOptions options = GatewayOptions.of("127.0.0.1", 0);
    try (GatewayServer guarded = new GatewayServer(options, filter, chroma.servlet())) {
      guarded.start();
      String bounded = body(URI.create("http://127.0.0.1:" + guarded.port() + path), userAgent);
      assertEquals(body(server.url().resolve(path), userAgent), bounded);
      assertTrue(bounded.contains("\"docs\""), bounded);
    }
  }

  private static String body(URI url, String userAgent) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer ann-token")
            .header("User-Agent", userAgent)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void aClosedStoreIsUnavailable() throws Exception {
    server.close();
    CollectionResolver resolver = chroma.resolver();
    assertInstanceOf(CollectionResolver.Unavailable.class, resolver.resolve(UNKNOWN, null, null));
    assertInstanceOf(CollectionResolver.Unavailable.class, resolver.list("one", null, 1, 0));
  }

  /** The filter, this resolver and this servlet together. */
  @Test
  void aBoundedIdentityStaysWithinItsTenantInBothVersionsOfTheApi() throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users.yaml"),
            "users:\n  - {id: ann, tokens: [ann-token], tenant: one, databases: [data]}\n");
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(TokenAuthentication.users(users))
            .resolver(chroma.resolver())
            .build();
    GatewayOptions options = GatewayOptions.of("127.0.0.1", 0);
    try (GatewayServer guarded = new GatewayServer(options, filter, chroma.servlet())) {
      guarded.start();
      URI url = URI.create("http://127.0.0.1:" + guarded.port());
      assertEquals(200, status(url, MINE + "/" + mine + "/get"));
      assertEquals(404, status(url, MINE + "/" + theirs + "/get"));
      assertEquals(200, status(url, "/api/v1/collections/" + mine + "/get"));
      assertEquals(404, status(url, "/api/v1/collections/" + theirs + "/get"));
      assertEquals(403, status(url, THEIRS + "/" + theirs + "/get"));
    }
  }

  private static int status(URI url, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer ann-token")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return response.statusCode();
  }
}
