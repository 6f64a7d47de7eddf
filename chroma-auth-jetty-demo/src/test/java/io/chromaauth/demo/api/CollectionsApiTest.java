package io.chromaauth.demo.api;

import static io.chromaauth.demo.api.ApiClient.COLLECTIONS;
import static io.chromaauth.demo.api.ApiClient.DATABASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionsApiTest {
  @TempDir Path folder;

  private EmbeddedServer server;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedServer.start(folder);
    client = ApiClient.of(server);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void theServerTellsWhatClientsAsk() throws Exception {
    long heartbeat = client.get("/api/v2/heartbeat").json().at("/nanosecond heartbeat").asLong();
    assertTrue(Math.abs(heartbeat / 1_000_000 - System.currentTimeMillis()) < 60_000);
    assertEquals("1.0.0", client.get("/api/v2/version").json().asText());
    ApiClient.Reply checks = client.get("/api/v2/pre-flight-checks");
    assertEquals(5461, checks.json().at("/max_batch_size").asInt());
    assertTrue(checks.json().at("/supports_base64_encoding").asBoolean());
    assertTrue(client.get("/api/v2/healthcheck").json().at("/is_executor_ready").asBoolean());
    assertEquals("default_tenant", client.get("/api/v2/auth/identity").text("/tenant"));
    assertEquals(200, client.send("HEAD", "/api/v2/heartbeat", null).status());
  }

  @Test
  void everyAnswerHasATrace() throws Exception {
    for (String path : List.of("/api/v2/heartbeat", COLLECTIONS + "/nope", "/nope")) {
      assertEquals(
          "00000000000000000000000000000000",
          client.get(path).raw().headers().firstValue("chroma-trace-id").orElse("none"));
    }
  }

  @Test
  void tenantsAndDatabasesAreMadeAndFound() throws Exception {
    client.post("/api/v2/tenants", "{\"name\":\"team\"}").ok();
    assertEquals("team", client.get("/api/v2/tenants/team").ok().text("/name"));
    assertEquals(409, client.post("/api/v2/tenants", "{\"name\":\"team\"}").status());
    assertEquals(400, client.post("/api/v2/tenants", "{\"name\":\"t\"}").status());
    byte[] name = "{\"resource_name\":\"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(200, client.send("PATCH", "/api/v2/tenants/team", name).status());
    String databases = "/api/v2/tenants/team/databases";
    client.post(databases, "{\"name\":\"second\"}").ok();
    client.post(databases, "{\"name\":\"first\"}").ok();
    assertEquals(409, client.post(databases, "{\"name\":\"first\"}").status());
    assertEquals(400, client.post(databases, "{\"name\":\"a..b\"}").status());
    assertEquals("first", client.get(databases).text("/0/name"));
    assertEquals("second", client.get(databases + "?limit=1&offset=1").text("/0/name"));
    assertEquals("team", client.get(databases + "/first").text("/tenant"));
    client.delete(databases + "/first").ok();
    assertEquals(404, client.get(databases + "/first").status());
  }

  @Test
  void aCollectionIsToldAsChroma159TellsIt() throws Exception {
    JsonNode made =
        client
            .post(
                COLLECTIONS,
                """
                {"name": "docs", "metadata": {"a": 1, "b": 1.5, "c": "x", "d": true},
                 "configuration": {"hnsw": {"space": "cosine", "ef_search": 7},
                   "embedding_function": {"type": "known", "name": "default", "config": {}}}}""")
            .ok()
            .json();
    assertEquals("{\"a\":1,\"b\":1.5,\"c\":\"x\",\"d\":true}", made.at("/metadata").toString());
    assertEquals("cosine", made.at("/configuration_json/hnsw/space").asText());
    assertEquals(7, made.at("/configuration_json/hnsw/ef_search").asInt());
    assertTrue(made.at("/configuration_json/spann").isNull());
    assertEquals("default", made.at("/configuration_json/embedding_function/name").asText());
    String vectors = "/schema/keys/#embedding/float_list/vector_index/config";
    assertEquals("cosine", made.at(vectors + "/space").asText());
    assertEquals("default", made.at(vectors + "/embedding_function/name").asText());
    assertTrue(made.at("/dimension").isNull());
    assertEquals("default_database", made.at("/database").asText());
    assertEquals(made, client.get(COLLECTIONS + "/docs").json());
    String id = made.at("/id").asText();
    assertEquals(made, client.get(COLLECTIONS + "/by-id/" + id).json());
    assertEquals(made, client.get(COLLECTIONS).json().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': 'x-1'} | l2 | 100 | 16",
        "{'name': 'x-1', 'configuration': {}} | l2 | 100 | 16",
        "{'name': 'x-1', 'metadata': {'hnsw:space': 'ip', 'hnsw:M': 9}} | ip | 100 | 9",
        "{'name': 'x-1', 'metadata': {'hnsw:search_ef': 9}} | l2 | 9 | 16",
        "{'name': 'x-1', 'configuration': {'spann': {'space': 'cosine'}}} | cosine | 100 | 16",
        "{'name': 'x-1', 'configuration': {'spann': {}}} | l2 | 100 | 16",
        "{'name': 'x-1', 'metadata': {'hnsw:space': 'ip'}, 'configuration': {'hnsw': {'space': 'l2'}}} | ip | 100 | 16",
        "{'name': 'x-1', 'metadata': {'hnsw:space': 'ip'}, 'configuration': {'hnsw': {'space': 'cosine'}}} | cosine | 100 | 16",
        "{'name': 'x-1', 'metadata': {'hnsw:space': 'ip'}, 'configuration': {'spann': {}}} | l2 | 100 | 16",
        "{'name': 'x-1', 'metadata': {'hnsw:M': 9}, 'schema': {'defaults': {}, 'keys': {}}} | l2 | 100 | 9",
        "{'name': 'x-1', 'configuration': {'hnsw_configuration': {'space': 'ip', 'M': 3}}} | ip | 100 | 3",
        "{'name': 'x-1', 'schema': {'defaults': {}, 'keys': {'#embedding': {'float_list': {'vector_index': {'config': {'space': 'ip', 'hnsw': {'ef_search': 5}}}}}}}} | ip | 5 | 16",
        "{'name': 'x-1', 'schema': {'keys': {}, 'defaults': {'float_list': {'vector_index': {'config': {'space': 'ip'}}}}}} | l2 | 100 | 16",
        "{'name': 'x-1', 'schema': {'defaults': {}, 'keys': {}}} | l2 | 100 | 16",
      })
  void theConfigurationIsTakenFromWhereItIsGiven(
      String body, String space, int efSearch, int maxNeighbors) throws Exception {
    JsonNode hnsw =
        client
            .post(COLLECTIONS, body.replace('\'', '"'))
            .ok()
            .json()
            .at("/configuration_json/hnsw");
    assertEquals(space, hnsw.at("/space").asText());
    assertEquals(efSearch, hnsw.at("/ef_search").asInt());
    assertEquals(maxNeighbors, hnsw.at("/max_neighbors").asInt());
  }

  @Test
  void theSchemaNamesTheMetadataThatRecordsHaveHad() throws Exception {
    String docs = COLLECTIONS + "/" + client.collection("docs");
    client
        .post(
            docs + "/add",
            """
            {"ids": ["a"], "embeddings": [[1]], "metadatas": [{"n": 1, "s": "x", "l": [true]}]}""")
        .ok();
    JsonNode keys = client.get(COLLECTIONS + "/docs").json().at("/schema/keys");
    assertTrue(keys.at("/n/int/int_inverted_index/enabled").asBoolean());
    assertTrue(keys.at("/s/string/string_inverted_index/enabled").asBoolean());
    assertFalse(keys.at("/s/string/fts_index/enabled").asBoolean());
    assertTrue(keys.at("/l/bool/bool_inverted_index/enabled").asBoolean());
    assertTrue(keys.at("/#document/string/fts_index/enabled").asBoolean());
    assertEquals(1, client.get(COLLECTIONS + "/docs").json().at("/dimension").asInt());
  }

  @Test
  void getOrCreateFindsWhatIsThere() throws Exception {
    String id = client.collection("docs");
    String again =
        client.collection(
            COLLECTIONS, "{\"name\":\"docs\",\"get_or_create\":true,\"metadata\":{\"a\":1}}");
    assertEquals(id, again);
    assertTrue(client.get(COLLECTIONS + "/docs").json().at("/metadata").isNull());
    assertNotEquals(
        id, client.collection(COLLECTIONS, "{\"name\":\"new\",\"get_or_create\":true}"));
    assertEquals(2, client.get(DATABASE + "/collections_count").json().asInt());
  }

  @Test
  void listsArePagedById() throws Exception {
    for (int i = 0; i < 4; i++) {
      client.collection("docs" + i);
    }
    List<String> all = client.get(COLLECTIONS).json().findValuesAsText("id").stream().toList();
    assertEquals(all.stream().sorted().toList(), all);
    assertEquals(
        all.subList(1, 3),
        client.get(COLLECTIONS + "?limit=2&offset=1").json().findValuesAsText("id"));
    assertEquals(0, client.get(COLLECTIONS + "?limit=0").json().size());
  }

  @Test
  void aCollectionIsRenamedReconfiguredAndDeleted() throws Exception {
    String docs = COLLECTIONS + "/" + client.collection("docs");
    client.collection("taken");
    client.put(docs, "{}").ok();
    client.put(docs, "{\"new_name\":\"papers\",\"new_metadata\":{\"a\":1}}").ok();
    client.put(docs, "{\"new_configuration\":{\"hnsw\":{\"ef_search\":33}}}").ok();
    client
        .put(
            docs,
            """
            {"new_configuration": {"embedding_function": {"type": "legacy"}}}""")
        .ok();
    JsonNode papers = client.get(COLLECTIONS + "/papers").json();
    assertEquals(33, papers.at("/configuration_json/hnsw/ef_search").asInt());
    assertEquals("legacy", papers.at("/configuration_json/embedding_function/type").asText());
    assertEquals("{\"a\":1}", papers.at("/metadata").toString());
    assertEquals(404, client.get(COLLECTIONS + "/docs").status());
    assertEquals(409, client.put(docs, "{\"new_name\":\"taken\"}").status());
    client.delete(COLLECTIONS + "/papers").ok();
    assertEquals(404, client.get(docs + "/count").status());
    assertEquals(404, client.put(docs, "{\"new_name\":\"again\"}").status());
  }

  @Test
  void aDatabaseThatIsNotThereHasNoCollections() throws Exception {
    String nowhere = "/api/v2/tenants/default_tenant/databases/nowhere";
    assertEquals(0, client.get(nowhere + "/collections").json().size());
    assertEquals(0, client.get(nowhere + "/collections_count").json().asInt());
    ApiClient.Reply refused = client.post(nowhere + "/collections", "{\"name\":\"docs\"}");
    assertEquals(400, refused.status());
    assertEquals("Database [nowhere] does not exist", refused.text("/message"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /fork                        | {\"new_name\":\"x\"} | 501",
        "POST | /fork                        | {}                   | 422",
        "GET  | /fork_count                  |                      | 501",
        "POST | /search                      | {\"searches\":[]}    | 501",
        "POST | /search                      | {}                   | 422",
        "POST | /search                      | {\"searches\":5}     | 422",
        "GET  | /indexing_status             |                      | 501",
        "POST | /functions/attach            | {}                   | 501",
        "GET  | /functions/f                 |                      | 404",
        "POST | /attached_functions/f/detach | {}                   | 501",
      })
  void whatIsNotThereSaysSo(String method, String route, String body, int status) throws Exception {
    String docs = COLLECTIONS + "/" + client.collection("docs");
    byte[] bytes = body == null ? null : body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ApiClient.Reply reply = client.send(method, docs + route, bytes);
    assertEquals(status, reply.status(), reply.json()::toString);
    assertFalse(reply.text("/message").isEmpty());
  }

  @Test
  void resetNeedsToBeAllowed() throws Exception {
    client.collection("docs");
    assertTrue(client.post("/api/v2/reset", "").ok().json().asBoolean());
    assertEquals(0, client.get(COLLECTIONS).json().size());
    server.close();
    try (EmbeddedServer strict = EmbeddedServer.startWithoutReset(folder)) {
      ApiClient.Reply refused = ApiClient.of(strict).post("/api/v2/reset", "");
      assertEquals(403, refused.status());
      assertEquals("Reset is disabled by config", refused.text("/message"));
    }
  }

  @Test
  void namesInPathsAreDecodedOnce() throws Exception {
    client.post("/api/v2/tenants", "{\"name\":\"a b+c\"}").ok();
    assertEquals("a b+c", client.get("/api/v2/tenants/a%20b+c").ok().text("/name"));
    assertEquals(200, client.get("/api/v2/tenants/%64efault_tenant").status());
    assertEquals(400, client.get("/api/v2/tenants/a%2520b+c").status()); // by Jetty
    assertEquals(200, client.get(COLLECTIONS + "/").status());
  }
}
