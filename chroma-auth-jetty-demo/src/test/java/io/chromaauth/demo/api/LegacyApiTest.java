package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API v1, and API v2 as Python clients up to 0.6.3 want it. */
class LegacyApiTest {
  private static final String V1 = "/api/v1/collections";
  private static final String COLLECTION_BEFORE_1 =
      """
      {"id":"ID","name":"docs","configuration_json":{"hnsw_configuration":{"space":"cosine",\
      "ef_construction":100,"ef_search":100,"num_threads":2,"M":16,"resize_factor":1.2,\
      "batch_size":100,"sync_threshold":1000,"_type":"HNSWConfigurationInternal"},\
      "_type":"CollectionConfigurationInternal"},"metadata":{"hnsw:space":"cosine"},\
      "dimension":null,"tenant":"default_tenant","database":"default_database",\
      "log_position":0,"version":0}""";
  private static final String CREATE =
      "{\"name\":\"docs\",\"metadata\":{\"hnsw:space\":\"cosine\"}}";

  @TempDir Path folder;

  private EmbeddedServer server;
  private ApiClient client;
  private ApiClient before1;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedServer.start(folder);
    client = ApiClient.of(server);
    before1 = ApiClient.before1(server);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void collectionsAreToldWithoutAnythingThatOldClientsRefuse() throws Exception {
    ApiClient.Reply made = before1.post(ApiClient.COLLECTIONS, CREATE);
    String expected = COLLECTION_BEFORE_1.replace("ID", made.text("/id"));
    assertEquals(expected, made.json().toString());
    assertEquals(expected, client.get(V1 + "/docs").json().toString());
    assertEquals(expected, before1.get(ApiClient.COLLECTIONS).json().get(0).toString());
    assertTrue(client.get(ApiClient.COLLECTIONS + "/docs").json().has("schema"));
    assertEquals(
        "{\"name\":\"default_tenant\"}",
        client.get("/api/v1/tenants/default_tenant").json().toString());
  }

  @Test
  void errorsHaveTheNamesThatOldClientsKnow() throws Exception {
    before1.post(ApiClient.COLLECTIONS, CREATE).ok();
    assertEquals(
        "UniqueConstraintError", before1.post(ApiClient.COLLECTIONS, CREATE).text("/error"));
    assertEquals("ChromaError", client.post(ApiClient.COLLECTIONS, CREATE).text("/error"));
    assertEquals("InvalidCollection", before1.get(ApiClient.COLLECTIONS + "/nope").text("/error"));
    assertEquals("NotFoundError", client.get(ApiClient.COLLECTIONS + "/nope").text("/error"));
    assertEquals("InvalidArgumentError", before1.post(ApiClient.COLLECTIONS, "{}").text("/error"));
  }

  @Test
  void listsHaveOnlyWhatPythonClientsOf04Take() throws Exception {
    String id = client.post(V1, CREATE).ok().text("/id");
    assertEquals(
        "[{\"id\":\"ID\",\"name\":\"docs\",\"metadata\":{\"hnsw:space\":\"cosine\"},\"tenant\":\"default_tenant\",\"database\":\"default_database\"}]"
            .replace("ID", id),
        ApiClient.python04(server).get(V1).json().toString());
    assertTrue(client.get(V1).json().get(0).has("configuration_json"));
  }

  @Test
  void emptyNewMetadataIsNone() throws Exception {
    String id = client.post(V1, CREATE).ok().text("/id");
    client.put(V1 + "/" + id, "{\"new_name\":\"papers\",\"new_metadata\":{}}").ok();
    assertEquals("cosine", client.get(V1 + "/papers").text("/metadata/hnsw:space"));
    String v2 = ApiClient.COLLECTIONS + "/" + id;
    assertEquals(400, client.put(v2, "{\"new_metadata\":{}}").status());
  }

  @Test
  void aWrongDimensionIsSaidInTheWordsOfTheClientsTime() throws Exception {
    String id = client.post(V1, CREATE).ok().text("/id");
    String add = ApiClient.COLLECTIONS + "/" + id + "/add";
    client.post(add, "{\"ids\":[\"a\"],\"embeddings\":[[1,2,3]]}").ok();
    String wrong = "{\"ids\":[\"b\"],\"embeddings\":[[1,2,3,4]]}";
    ApiClient.Reply reply = before1.post(add, wrong);
    assertEquals("InvalidDimensionException", reply.text("/error"));
    assertEquals(
        "Embedding dimension 4 does not match collection dimensionality 3", reply.text("/message"));
    reply = client.post(add, wrong);
    assertEquals("InvalidArgumentError", reply.text("/error"));
    assertEquals(
        "Collection expecting embedding with dimension of 3, got 4", reply.text("/message"));
  }

  @Test
  void databasesAreNamedInTheQuery() throws Exception {
    assertEquals(
        "null", client.post("/api/v1/tenants", "{\"name\":\"team\"}").ok().json().toString());
    client.post("/api/v1/databases?tenant=team", "{\"name\":\"data\"}").ok();
    assertEquals("team", client.get("/api/v1/databases/data?tenant=team").ok().text("/tenant"));
    assertEquals(404, client.get("/api/v1/databases/data").status());
    client.post(V1 + "?tenant=team&database=data", CREATE).ok();
    assertEquals(1, client.get(V1 + "?tenant=team&database=data").json().size());
    assertEquals(
        1, client.get("/api/v1/count_collections?tenant=team&database=data").json().asInt());
    assertEquals(0, client.get(V1).json().size());
    assertEquals(404, client.get(V1 + "/docs").status());
    client.delete(V1 + "/docs?tenant=team&database=data").ok();
  }

  @Test
  void recordsAreNamedByUuidAlone() throws Exception {
    String id = client.post(V1, CREATE).ok().text("/id");
    String docs = V1 + "/" + id;
    ApiClient.Reply added =
        client.post(
            docs + "/add",
            "{\"ids\":[\"a\",\"b\"],\"embeddings\":[[1,0],[0,1]],\"metadatas\":[{\"n\":1},{\"n\":2}]}");
    assertEquals(201, added.status());
    assertEquals("true", added.json().toString());
    assertEquals(
        "null",
        client
            .post(docs + "/update", "{\"ids\":[\"a\"],\"documents\":[\"x\"]}")
            .ok()
            .json()
            .toString());
    assertEquals(
        "null",
        client
            .post(docs + "/upsert", "{\"ids\":[\"c\"],\"embeddings\":[[1,1]]}")
            .ok()
            .json()
            .toString());
    assertEquals(
        """
        {"ids":["a","b","c"],"embeddings":null,"documents":["x",null,null],"uris":null,\
        "metadatas":[{"n":1},{"n":2},null],"data":null,"included":["documents","metadatas"]}""",
        client
            .post(docs + "/get", "{\"where\":{},\"where_document\":{},\"ids\":null}")
            .ok()
            .json()
            .toString());
    String query =
        "{\"query_embeddings\":[[1,0]],\"n_results\":1,\"where\":{},\"include\":[\"distances\",\"data\"]}";
    ApiClient.Reply found = client.post(docs + "/query", query).ok();
    assertEquals("[[\"a\"]]", found.json().at("/ids").toString());
    assertEquals(List.of("distances"), found.texts("/included"));
    assertEquals(
        "null", client.post(docs + "/delete", "{\"where\":{\"n\":2}}").ok().json().toString());
    assertEquals(2, client.get(docs + "/count").json().asInt());
    client.put(docs, "{\"new_name\":\"papers\"}").ok();
    assertEquals(id, client.get(V1 + "/papers").text("/id"));
    String unknown = V1 + "/11111111-1111-4111-8111-111111111111/count";
    assertEquals("InvalidCollection", client.get(unknown).text("/error"));
  }

  @Test
  void theServerIsAskedThroughV1() throws Exception {
    assertTrue(client.get("/api/v1").ok().json().has("nanosecond heartbeat"));
    assertEquals("1.0.0", client.get("/api/v1/version").json().asText());
    assertEquals(
        5461, client.get("/api/v1/pre-flight-checks").json().at("/max_batch_size").asInt());
    assertTrue(client.post("/api/v1/reset", "").ok().json().asBoolean());
    assertEquals(404, client.get("/api/v1/nope").status());
  }
}
