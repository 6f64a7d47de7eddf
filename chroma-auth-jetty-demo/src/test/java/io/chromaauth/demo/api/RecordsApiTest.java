package io.chromaauth.demo.api;

import static io.chromaauth.demo.api.ApiClient.COLLECTIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsApiTest {
  private static final String RECORDS =
      """
      {"ids": ["a", "b", "c", "d"],
       "embeddings": [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]],
       "metadatas": [{"n": 1, "s": "x", "t": ["p", "q"]}, {"n": 2.5, "s": "y", "b": true},
                     {"n": 3, "s": "x", "b": false}, null],
       "documents": ["red apple", "green apple", "", null],
       "uris": ["http://a", null, null, null]}""";

  @TempDir Path folder;

  private EmbeddedServer server;
  private ApiClient client;
  private String docs;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedServer.start(folder);
    client = ApiClient.of(server);
    docs = COLLECTIONS + "/" + client.collection("docs");
    assertEquals(201, client.post(docs + "/add", RECORDS).status());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aGetAnswersByColumns() throws Exception {
    String include = "\"include\":[\"embeddings\",\"metadatas\",\"documents\",\"uris\"]";
    ApiClient.Reply all = client.post(docs + "/get", "{" + include + ",\"ids\":[\"b\",\"a\"]}");
    assertEquals(
        """
        {"ids":["a","b"],"embeddings":[[1.0,0.0,0.0],[0.0,1.0,0.0]],\
        "documents":["red apple","green apple"],"uris":["http://a",null],\
        "metadatas":[{"n":1,"s":"x","t":["p","q"]},{"n":2.5,"s":"y","b":true}],\
        "include":["embeddings","metadatas","documents","uris"]}""",
        all.ok().json().toString());
    assertEquals(
        """
        {"ids":["a"],"embeddings":null,"documents":null,"uris":null,"metadatas":null,"include":[]}""",
        client.post(docs + "/get", "{\"limit\":1,\"include\":[]}").json().toString());
    assertEquals("application/json", all.raw().headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  void aQueryAnswersByColumnsForEachEmbedding() throws Exception {
    ApiClient.Reply found =
        client.post(
            docs + "/query",
            """
            {"query_embeddings": [[1, 0, 0], [0, 1, 0]], "n_results": 2,
             "include": ["distances", "embeddings", "uris"]}""");
    assertEquals(
        """
        {"ids":[["a","d"],["b","d"]],\
        "embeddings":[[[1.0,0.0,0.0],[1.0,1.0,0.0]],[[0.0,1.0,0.0],[1.0,1.0,0.0]]],\
        "documents":null,"uris":[["http://a",null],[null,null]],"metadatas":null,\
        "distances":[[0.0,1.0],[0.0,1.0]],"include":["distances","embeddings","uris"]}""",
        found.ok().json().toString());
  }

  @Test
  void aQueryOfAnEmptyCollectionFindsNothing() throws Exception {
    String empty = COLLECTIONS + "/" + client.collection("empty");
    String query = "{\"query_embeddings\":[[1,2]]}";
    assertEquals(
        """
        {"ids":[[]],"embeddings":null,"documents":[[]],"uris":null,"metadatas":[[]],\
        "distances":[[]],"include":["documents","metadatas","distances"]}""",
        client.post(empty + "/query", query).ok().json().toString());
    assertEquals(
        0, client.post(docs + "/query", "{\"query_embeddings\":[]}").json().at("/ids").size());
    String none = "{\"query_embeddings\":[[1,0,0]],\"n_results\":0}";
    assertEquals("[[]]", client.post(docs + "/query", none).json().at("/ids").toString());
  }

  @Test
  void distancesBeyondAllNumbersAreNull() throws Exception {
    String far = COLLECTIONS + "/" + client.collection("far");
    client.post(far + "/add", "{\"ids\":[\"x\"],\"embeddings\":[[3e38]]}").ok();
    ApiClient.Reply found = client.post(far + "/query", "{\"query_embeddings\":[[-3e38]]}");
    assertEquals("[[null]]", found.ok().json().at("/distances").toString());
  }

  // the answers of Chroma 1.5.9
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'where': {'n': 1} | a",
        "'where': {'n': 1.0} | a",
        "'where': {'n': {'$eq': 2.5}} | b",
        "'where': {'n': {'$gt': 1}} | b c",
        "'where': {'n': {'$gte': 2.5}} | b c",
        "'where': {'n': {'$lt': 3}} | a b",
        "'where': {'n': {'$lte': 1.5}} | a",
        "'where': {'n': {'$ne': 1}} | b c d",
        "'where': {'zz': {'$ne': 'x'}} | a b c d",
        "'where': {'b': true} | b",
        "'where': {'b': 1} | ``",
        "'where': {'n': true} | ``",
        "'where': {'s': {'$in': ['x', 'z']}} | a c",
        "'where': {'s': {'$nin': ['x', 'z']}} | b d",
        "'where': {'n': {'$in': [1, 3]}} | a c",
        "'where': {'b': {'$in': [true, false]}} | b c",
        "'where': {'$and': [{'s': 'x'}, {'n': {'$gt': 1}}]} | c",
        "'where': {'$or': [{'n': 1}, {'s': 'y'}]} | a b",
        "'where': {'$and': []} | a b c d",
        "'where': {'$or': []} | ``",
        "'where': {'t': {'$contains': 'p'}} | a",
        "'where': {'t': {'$not_contains': 'p'}} | b c d",
        "'where': {'t': 'p'} | ``",
        "'where': {'s': {'$contains': 'x'}} | ``",
        "'where': {'#document': {'$contains': 'apple'}} | a b",
        "'where': {'#document': {'$not_contains': 'red'}} | b c d",
        "'where': {'#document': {'$regex': 'r.d'}} | a",
        "'where': {'#document': {'$not_regex': 'r.d'}} | b c d",
        "'where': {'#document': {'$gt': 5}} | ``",
        "'where': null | a b c d",
        "'where_document': {'$contains': 'apple'} | a b",
        "'where_document': {'$contains': 'APPLE'} | ``",
        "'where_document': {'$contains': ''} | a b c",
        "'where_document': {'$not_contains': 'apple'} | c d",
        "'where_document': {'$not_contains': ''} | d",
        "'where_document': {'$regex': '^red'} | a",
        "'where_document': {'$regex': '(?i)APPLE'} | a b",
        "'where_document': {'$not_regex': '^red'} | b c d",
        "'where_document': {'$and': [{'$contains': 'apple'}, {'$contains': 'red'}]} | a",
        "'where_document': {'$or': [{'$contains': 'red'}, {'$regex': 'n a'}]} | a b",
        "'where': {'s': 'x'}, 'where_document': {'$contains': 'red'} | a",
        "'ids': ['a', 'b'], 'where': {'s': 'x'} | a",
        "'ids': [] | ``",
        "'limit': 2, 'offset': 1 | b c",
      })
  void filtersSelectAsChromaDoes(String conditions, String ids) throws Exception {
    String body = "{" + conditions.replace('\'', '"') + ",\"include\":[]}";
    List<String> found = client.post(docs + "/get", body).ok().texts("/ids");
    assertEquals(ids.isEmpty() ? List.of() : List.of(ids.split(" ")), found);
    if (!conditions.contains("limit")) {
      String query = "{\"query_embeddings\":[[0,0,0]]," + body.substring(1);
      List<String> nearest = client.post(docs + "/query", query).ok().texts("/ids/0");
      assertEquals(found, nearest.stream().sorted().toList());
    }
  }

  @Test
  void base64AndNumbersAreTheSame() throws Exception {
    client.post(docs + "/upsert", "{\"ids\":[\"e\"],\"embeddings\":[\"AACAPwAAAEAAAEBA\"]}").ok();
    client
        .post(
            docs + "/update", "{\"ids\":[\"a\",\"b\"],\"embeddings\":[null,\"AACAPwAAAEAAAEBA\"]}")
        .ok();
    String body = "{\"ids\":[\"b\",\"e\"],\"include\":[\"embeddings\"]}";
    assertEquals(
        "[[1.0,2.0,3.0],[1.0,2.0,3.0]]",
        client.post(docs + "/get", body).json().at("/embeddings").toString());
  }

  @Test
  void recordsAreUpdatedAndUpserted() throws Exception {
    client
        .post(
            docs + "/update",
            """
            {"ids": ["a", "nobody"], "metadatas": [{"s": null, "k": "v"}, {"q": 1}],
             "documents": ["new", "none"], "uris": ["http://b", null]}""")
        .ok();
    client
        .post(
            docs + "/upsert",
            "{\"ids\":[\"d\",\"e\"],\"embeddings\":[[5,5,5],[6,6,6]],\"documents\":[\"dd\",null]}")
        .ok();
    ApiClient.Reply all =
        client.post(docs + "/get", "{\"include\":[\"documents\",\"metadatas\",\"uris\"]}");
    assertEquals(List.of("a", "b", "c", "d", "e"), all.texts("/ids"));
    assertEquals(
        "{\"n\":1,\"t\":[\"p\",\"q\"],\"k\":\"v\"}", all.json().at("/metadatas/0").toString());
    assertEquals(List.of("new", "green apple", "", "dd", "null"), all.texts("/documents"));
    assertEquals("http://b", all.text("/uris/0"));
    assertTrue(all.json().at("/metadatas/4").isNull());
  }

  @Test
  void deletingTellsHowManyThereWere() throws Exception {
    assertEquals(0, deleted("{}"));
    assertEquals(1, deleted("{\"ids\":[\"a\",\"nobody\"]}"));
    assertEquals(0, deleted("{\"ids\":[],\"where\":{\"s\":\"x\"}}"));
    assertEquals(1, deleted("{\"where\":{\"n\":{\"$gt\":1}},\"limit\":1}"));
    assertEquals(1, deleted("{\"where_document\":{\"$contains\":\"\"}}"));
    assertEquals(1, client.get(docs + "/count").json().asInt());
  }

  private int deleted(String body) throws Exception {
    return client.post(docs + "/delete", body).ok().json().at("/deleted").asInt();
  }

  @Test
  void textsComeBackAsTheyWere() throws Exception {
    String odd = "\\u0000 \\\" \\\\ \\n é \\ud83d\\ude00 %_";
    client
        .post(
            docs + "/add",
            "{\"ids\":[\""
                + odd
                + "\"],\"embeddings\":[[1,2,3]],\"documents\":[\""
                + odd
                + "\"],"
                + "\"metadatas\":[{\""
                + odd
                + "\":\""
                + odd
                + "\"}]}")
        .ok();
    ApiClient.Reply found =
        client.post(
            docs + "/get",
            "{\"ids\":[\""
                + odd
                + "\"],\"where\":{\""
                + odd
                + "\":\""
                + odd
                + "\"},"
                + "\"where_document\":{\"$contains\":\""
                + odd
                + "\"}}");
    String expected = "\u0000 \" \\ \n é \uD83D\uDE00 %_";
    assertEquals(List.of(expected), found.texts("/ids"));
    assertEquals(List.of(expected), found.texts("/documents"));
    assertEquals(expected, found.json().at("/metadatas/0").get(expected).asText());
  }

  @Test
  void largeBatchesAndDocumentsAreTaken() throws Exception {
    StringBuilder body = new StringBuilder("{\"ids\":[");
    StringBuilder vectors = new StringBuilder("],\"embeddings\":[");
    for (int i = 0; i < 6_000; i++) {
      body.append(i == 0 ? "" : ",").append("\"r").append(i).append('"');
      vectors.append(i == 0 ? "" : ",").append("[").append(i).append(",1,2]");
    }
    client.post(docs + "/add", body.append(vectors).append("]}").toString()).ok();
    assertEquals(6_004, client.get(docs + "/count").json().asInt());
    String large = "needle" + "x".repeat(25_000_000);
    client
        .post(
            docs + "/add",
            "{\"ids\":[\"large\"],\"embeddings\":[[1,2,3]],\"documents\":[\"" + large + "\"]}")
        .ok();
    String contains = "{\"where_document\":{\"$contains\":\"needlex\"},\"include\":[]}";
    assertEquals(List.of("large"), client.post(docs + "/get", contains).texts("/ids"));
  }
}
