package io.chromaauth.demo.api;

import static io.chromaauth.demo.api.ApiClient.COLLECTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection's schema, as clients of 1.5.9 send it. */
class SchemaApiTest {
  private static final String VECTORS = "/float_list/vector_index/config";
  private static final String USUAL_FUNCTION = "{'name': 'default', 'type': 'known', 'config': {}}";
  private static final String OWN_FUNCTION =
      "{'name': 'mine', 'type': 'known', 'config': {'d': 4}}";

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

  private ApiClient.Reply create(String configuration, String schema) throws Exception {
    String body =
        "{'name': 'docs', 'configuration': " + configuration + ", 'schema': " + schema + "}";
    return client.post(COLLECTIONS, body.replace('\'', '"'));
  }

  private static String configuration(String space, String function) {
    return "{'hnsw': {'space': '"
        + space
        + "'}, 'spann': null, 'embedding_function': "
        + function
        + "}";
  }

  /** What clients send: both the defaults and the embeddings name the space and the function. */
  private static String schema(String space, String function, String more) {
    String vectors =
        "'float_list': {'vector_index': {'enabled': ENABLED, 'config': {'space': '"
            + space
            + "', 'embedding_function': "
            + function
            + more
            + "}}}";
    return "{'defaults': {'string': {'fts_index': {'enabled': false, 'config': {}},"
        + " 'string_inverted_index': {'enabled': true, 'config': {}}}, "
        + vectors.replace("ENABLED", "false")
        + "}, 'keys': {'#embedding': {"
        + vectors.replace("ENABLED", "true")
        + "}}}";
  }

  private static void assertSettings(JsonNode made, String space, String function) {
    for (String at :
        new String[] {"/schema/keys/#embedding" + VECTORS, "/schema/defaults" + VECTORS}) {
      assertEquals(space, made.at(at + "/space").asText());
      assertEquals(function, made.at(at + "/embedding_function/name").asText());
      assertEquals(100, made.at(at + "/hnsw/ef_search").asInt());
      assertFalse(made.at(at).has("spann"));
    }
    assertEquals(space, made.at("/configuration_json/hnsw/space").asText());
    assertEquals(function, made.at("/configuration_json/embedding_function/name").asText());
  }

  @Test
  void ofSchemaAndConfigurationTheOneThatSaysSomethingWins() throws Exception {
    String usual = configuration("l2", USUAL_FUNCTION);
    JsonNode made = create(usual, schema("cosine", OWN_FUNCTION, "")).ok().json();
    assertSettings(made, "cosine", "mine");
    client.delete(COLLECTIONS + "/docs").ok();
    made =
        create(configuration("cosine", OWN_FUNCTION), schema("l2", USUAL_FUNCTION, "")).ok().json();
    assertSettings(made, "cosine", "mine");
    client.delete(COLLECTIONS + "/docs").ok();
    String spann = ", 'spann': {'search_nprobe': 16}";
    assertSettings(create(usual, schema("ip", OWN_FUNCTION, spann)).ok().json(), "ip", "mine");
    client.delete(COLLECTIONS + "/docs").ok();
    assertSettings(create(usual, schema("l2", USUAL_FUNCTION, "")).ok().json(), "l2", "default");
  }

  @Test
  void notBothCanSaySomething() throws Exception {
    ApiClient.Reply reply =
        create(configuration("cosine", OWN_FUNCTION), schema("ip", OWN_FUNCTION, ""));
    assertEquals(400, reply.status());
    assertEquals(
        "Failed to reconcile schema: Cannot set both collection config and schema simultaneously",
        reply.text("/message"));
  }

  @Test
  void anIndexThatIsOffSaysSomething() throws Exception {
    String off = "{'string_inverted_index': {'enabled': false}}";
    String schema = "{'defaults': {}, 'keys': {'tag': {'string': " + off + "}}}";
    assertEquals(400, create("{'hnsw': {'ef_search': 7}}", schema).status());
    create("{'hnsw': {'ef_search': 7}}", schema.replace("'tag': ", "'#document': ")).ok();
  }

  @ParameterizedTest
  @CsvSource({"defaults, keys", "keys, defaults"})
  void bothPartsMustBeThere(String given, String missing) throws Exception {
    ApiClient.Reply reply = create("null", "{'" + given + "': {}}");
    assertEquals(422, reply.status());
    assertTrue(reply.text("/message").endsWith("schema: missing field `" + missing + "`"));
  }

  @Test
  void sparseVectorsAreRefused() throws Exception {
    ApiClient.Reply reply =
        create(
            "null",
            "{'defaults': {}, 'keys': {'sp': {'sparse_vector': {'sparse_vector_index': {'enabled': true}}}}}");
    assertEquals(400, reply.status());
    assertEquals("InvalidArgumentError", reply.text("/error"));
    assertEquals(
        "Failed to reconcile schema: Invalid schema input: Sparse vector indexing is not enabled in"
            + " local",
        reply.text("/message"));
    String usual = "{'sparse_vector': {'sparse_vector_index': {'enabled': true}}}";
    reply = create("null", "{'defaults': " + usual + ", 'keys': {}}");
    assertEquals(400, reply.status());
    assertTrue(reply.text("/message").contains("cannot be enabled by default"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'tag': 'x'} | 'tag' with type 'Str'",
        "{'tag': {'$ne': 'x'}} | 'tag' with type 'Str'",
        "{'tag': {'$in': ['x']}} | 'tag' with type 'Str'",
        "{'tag': {'$contains': 'x'}} | 'tag' with type 'Str'",
        "{'$or': [{'b': 'x'}, {'$and': [{'tag': 'x'}, {'b': 'x'}]}]} | 'tag' with type 'Str'",
        "{'a': 1} | 'a' with type 'Int'",
        "{'tag': 1.5} | 'tag' with type 'Float'",
        "{'a': true} | 'a' with type 'Bool'"
      })
  void whatIsNotIndexedCantBeFilteredBy(String where, String what) throws Exception {
    String off = "{'enabled': false}";
    String schema =
        "{'defaults': {'int': {'int_inverted_index': OFF}, 'float': {'float_inverted_index': OFF},"
            + " 'bool': {'bool_inverted_index': OFF}}, 'keys': {'tag': {'string':"
            + " {'string_inverted_index': OFF}, 'int': {'int_inverted_index': {'enabled': true}}}}}";
    String docs = filled(schema.replace("OFF", off));
    for (String route : new String[] {"get", "query", "delete"}) {
      ApiClient.Reply reply = selected(docs, route, "'where': " + where);
      assertEquals(400, reply.status());
      assertEquals("InvalidArgumentError", reply.text("/error"));
      assertEquals(
          "Cannot filter using metadata key " + what + " because indexing is disabled",
          reply.text("/message"));
    }
    assertEquals(1, selected(docs, "get", "'where': {'b': 'x'}").ok().json().at("/ids").size());
    assertEquals(
        1, selected(docs, "get", "'where': {'tag': {'$ne': 1}}").ok().json().at("/ids").size());
    assertEquals(1, client.get(docs + "/count").json().asInt());
  }

  private String filled(String schema) throws Exception {
    String docs = COLLECTIONS + "/" + create("null", schema).ok().text("/id");
    String add =
        "{'ids': ['a'], 'embeddings': [[1]], 'documents': ['doc'], 'metadatas': [{'tag': 'x', 'b': 'x'}]}";
    client.post(docs + "/add", add.replace('\'', '"')).ok();
    return docs;
  }

  private ApiClient.Reply selected(String docs, String route, String condition) throws Exception {
    String query = route.equals("query") ? "'query_embeddings': [[1]], " : "";
    return client.post(docs + "/" + route, ("{" + query + condition + "}").replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'where_document': {'$contains': 'doc'}",
        "'where_document': {'$not_contains': 'doc'}",
        "'where_document': {'$regex': 'doc'}",
        "'where': {'#document': {'$contains': 'doc'}}"
      })
  void documentsThatAreNotIndexedCantBeSearched(String condition) throws Exception {
    String docs =
        filled(
            "{'defaults': {}, 'keys': {'#document': {'string': {'fts_index': {'enabled': false}}}}}");
    for (String route : new String[] {"get", "query", "delete"}) {
      ApiClient.Reply reply = selected(docs, route, condition);
      assertEquals(400, reply.status());
      assertEquals(
          "Cannot filter using full-text search because FTS indexing is disabled",
          reply.text("/message"));
    }
  }

  @Test
  void newNamesHaveTheDefaults() throws Exception {
    filled("{'defaults': {'string': {'string_inverted_index': {'enabled': false}}}, 'keys': {}}");
    JsonNode keys = client.get(COLLECTIONS + "/docs").json().at("/schema/keys");
    assertFalse(keys.at("/tag/string/string_inverted_index/enabled").asBoolean(true));
    assertFalse(keys.at("/tag/string/fts_index/enabled").asBoolean(true));
    assertTrue(keys.at("/#document/string/fts_index/enabled").asBoolean());
  }
}
