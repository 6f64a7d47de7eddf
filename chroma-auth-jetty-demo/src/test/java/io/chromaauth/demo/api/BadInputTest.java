package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets Chroma's error, never a 500, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private EmbeddedServer server;
  private ApiClient client;
  private String docs;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = EmbeddedServer.start(folder);
    client = ApiClient.of(server);
    docs = ApiClient.COLLECTIONS + "/" + client.collection("docs");
    client
        .post(
            docs + "/add",
            """
            {"ids": ["a"], "embeddings": [[1, 2, 3]], "metadatas": [{"n": 1}], "documents": ["x"]}""")
        .ok();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  // as Chroma 1.5.9 answers, apart from its places in the text
  @ParameterizedTest(name = "{0} {1} -> {2} {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // ids
        "add | {'ids': ['b','c'], 'embeddings': [[1,2,3]]} | 400 | Inv | Inconsistent number of IDs",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'documents': []} | 400 | Inv | Inconsistent",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': []} | 400 | Inv | Inconsistent",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'uris': ['u','v']} | 400 | Inv | Inconsistent",
        "add | {'ids': ['b',''], 'embeddings': [[1,2,3],[1,2,3]]} | 400 | Inv | Empty ID, ID must",
        "add | {'ids': [5], 'embeddings': [[1,2,3]]} | 422 | Chr | ids[0]: invalid type: integer `5`",
        "add | {'ids': 'b', 'embeddings': [[1,2,3]]} | 422 | Chr | ids: invalid type: string \"b\"",
        "add | {'embeddings': [[1,2,3]]} | 422 | Chr | missing field `ids`",
        "add | {'ids': ['b'], 'ids': ['c'], 'embeddings': [[1,2,3]]} | 422 | Chr | duplicate field `ids`",
        "add | {'ids': ['\\ud800'], 'embeddings': [[1,2,3]]} | 400 | Inv | unexpected end of hex escape",
        // embeddings
        "add | {'ids': ['b'], 'embeddings': [[1,2]]} | 400 | Inv | with dimension of 3, got 2",
        "add | {'ids': ['b','c'], 'embeddings': [[1,2,3],[1]]} | 400 | Inv | Inconsistent dimensions",
        "add | {'ids': ['b'], 'embeddings': [[]]} | 400 | Inv | at least 1 dimension",
        "add | {'ids': ['b'], 'embeddings': ['']} | 400 | Inv | at least 1 dimension",
        "add | {'ids': ['b'], 'embeddings': [[NaN,2,3]]} | 400 | Inv | expected value",
        "add | {'ids': ['b'], 'embeddings': [[Infinity,2,3]]} | 400 | Inv | expected value",
        "add | {'ids': ['b'], 'embeddings': [[1e999,2,3]]} | 400 | Inv | number out of range",
        "add | {'ids': ['b'], 'embeddings': [[1e39,2,3]]} | 400 | Inv | NaN or Infinity",
        "add | {'ids': ['b'], 'embeddings': ['AADAfwAAAEAAAEBA']} | 400 | Inv | embedding index 0: NaN",
        "add | {'ids': ['b'], 'embeddings': ['AACAPwAAAEAAAEB']} | 400 | Inv | Invalid padding",
        "add | {'ids': ['b'], 'embeddings': ['AACA']} | 400 | Inv | Invalid byte length: 3 bytes",
        "add | {'ids': ['b'], 'embeddings': ['!!']} | 400 | Inv | Invalid base64 string",
        "add | {'ids': ['b'], 'embeddings': [['x',2,3]]} | 422 | Chr | enum EmbeddingsPayload",
        "add | {'ids': ['b'], 'embeddings': [null]} | 422 | Chr | enum EmbeddingsPayload",
        "add | {'ids': ['b'], 'embeddings': null} | 422 | Chr | enum EmbeddingsPayload",
        "add | {'ids': ['b'], 'embeddings': 5} | 422 | Chr | enum EmbeddingsPayload",
        "add | {'ids': ['b','c'], 'embeddings': [[1,2,3],'AACA']} | 422 | Chr | enum EmbeddingsPayload",
        "add | {'ids': ['b']} | 422 | Chr | missing field `embeddings`",
        "upsert | {'ids': ['a','b'], 'embeddings': [[1,2,3],[1,2]]} | 400 | Inv | Inconsistent dim",
        "upsert | {'ids': ['a']} | 422 | Chr | missing field `embeddings`",
        "update | {'ids': ['a'], 'embeddings': [[1,2]]} | 400 | Inv | with dimension of 3, got 2",
        "update | {'ids': ['a'], 'embeddings': 5} | 422 | Chr | enum UpdateEmbeddingsPayload",
        "update | {} | 422 | Chr | missing field `ids`",
        // metadata and documents
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'x': null}]} | 422 | Chr | metadatas[0].x",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'x': {}}]} | 422 | Chr | enum MetadataValue",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'x': [1,'a']}]} | 422 | Chr | enum MetadataValue",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'x': [[1]]}]} | 422 | Chr | enum MetadataValue",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'x': 1e999}]} | 400 | Inv | number out of range",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'': 1}]} | 400 | Inv | Invalid metadata at index 0",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'#x': 1}]} | 400 | Inv | Invalid metadata at index 0",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': ['x']} | 422 | Chr | expected a map",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': {}} | 422 | Chr | expected a sequence",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'documents': [5]} | 422 | Chr | documents[0]: invalid type",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]], 'metadatas': [{'x': {'#type': 'sparse_vector'}}]} | 501 | Chr | Sparse vector",
        "update | {'ids': ['a'], 'metadatas': [{'x': [null]}]} | 422 | Chr | enum UpdateMetadataValue",
        // what is no JSON, or no object
        "add | | 400 | Inv | EOF while parsing a value",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3] | 400 | Inv | EOF while parsing",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]]} x | 400 | Inv | trailing characters",
        "add | {'ids': ['b'], 'embeddings': [[1,2,3]]}{} | 400 | Inv | trailing characters",
        "add | {ids: []} | 400 | Inv | expected value",
        "add | [] | 422 | Chr | invalid type: sequence, expected struct AddCollectionRecordsPayload",
        "get | 5 | 422 | Chr | invalid type: integer `5`, expected struct GetRequestPayload",
        "get | null | 422 | Chr | invalid type: null",
        // where
        "get | {'where': {}} | 400 | Inv | Invalid where clause",
        "get | {'where': 'x'} | 400 | Inv | Invalid where clause",
        "get | {'where': []} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': 1, 'm': 2}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$bad': 1}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$gt': 'x'}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$gt': 1, '$lt': 2}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': null}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': [1]}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': 18446744073709551615}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$in': []}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$in': 1}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$in': [1, 'x']}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$in': [1, 2.5]}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$contains': [1]}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'n': {'$regex': 'x'}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'$and': {'n': 1}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'$or': [5]}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'$not': {'n': 1}}} | 400 | Inv | Invalid where clause",
        "get | {'where': {'#document': 'x'}} | 400 | Inv | because indexing is disabled",
        "get | {'where': {'#document': {'$in': ['x']}}} | 400 | Inv | because indexing is disabled",
        "get | {'where': {'#document': {'$contains': 5}}} | 400 | Inv | Invalid where clause",
        "delete | {'where': {'n': {'$bad': 1}}} | 400 | Inv | Invalid where clause",
        "query | {'query_embeddings': [[1,2,3]], 'where': {'n': {'$bad': 1}}} | 400 | Inv | Invalid where",
        // where_document
        "get | {'where_document': {}} | 400 | Inv | Invalid where document clause",
        "get | {'where_document': 'x'} | 400 | Inv | Invalid where document clause",
        "get | {'where_document': {'$contains': 5}} | 400 | Inv | Invalid where document clause",
        "get | {'where_document': {'$bad': 'x'}} | 400 | Inv | Invalid where document clause",
        "get | {'where_document': {'$and': 5}} | 400 | Inv | Invalid where document clause",
        "get | {'where_document': {'$or': [5]}} | 400 | Inv | Invalid where document clause",
        "get | {'where_document': {'$regex': '('}} | 400 | Inv | Regex syntax errror",
        "get | {'where_document': {'$not_regex': '(a)\\\\1'}} | 400 | Inv | Regex syntax errror",
        "get | {'where_document': {'$regex': '((a{999}){999}){999}'}} | 400 | Inv | exceeds size limit",
        // numbers and includes
        "get | {'limit': -1} | 422 | Chr | limit: invalid value: integer `-1`, expected u32",
        "get | {'limit': 1.5} | 422 | Chr | invalid type: floating point `1.5`",
        "get | {'offset': '1'} | 422 | Chr | offset: invalid type: string \"1\"",
        "get | {'limit': 99999999999999999999} | 422 | Chr | limit: invalid value",
        "get | {'include': ['bad']} | 422 | Chr | include[0]: unknown variant `bad`",
        "get | {'include': ['data']} | 422 | Chr | include[0]: unknown variant `data`",
        "get | {'include': 'documents'} | 422 | Chr | include: invalid type",
        "get | {'include': null} | 422 | Chr | include: invalid type: null",
        "query | {'query_embeddings': [[1,2]]} | 400 | Inv | with dimension of 3, got 2",
        "query | {'query_embeddings': [[]]} | 400 | Inv | with dimension of 3, got 0",
        "query | {'query_embeddings': [[1,2,3],[1]]} | 400 | Inv | Inconsistent dimensions",
        "query | {'query_embeddings': [[1e39,2,3]]} | 400 | Inv | NaN or Infinity",
        "query | {'query_embeddings': [['x']]} | 422 | Chr | query_embeddings[0][0]: invalid type: string",
        "query | {'query_embeddings': ['AACA']} | 422 | Chr | query_embeddings[0]: invalid type: string",
        "query | {'query_embeddings': 5} | 422 | Chr | query_embeddings: invalid type: integer `5`",
        "query | {'n_results': 1} | 422 | Chr | missing field `query_embeddings`",
        "query | {'query_embeddings': [[1,2,3]], 'n_results': -1} | 422 | Chr | n_results: invalid value",
        "query | {'query_embeddings': [[1,2,3]], 'n_results': 4294967296} | 422 | Chr | n_results: invalid value",
        // delete
        "delete | {'ids': []} | 400 | Inv | Either ids or where must be specified",
        "delete | {'ids': ['a'], 'limit': 1} | 400 | Inv | limit can only be specified when",
        "delete | {'limit': 1} | 400 | Inv | limit can only be specified when",
      })
  void isRefusedAndChangesNothing(
      String route, String body, int status, String error, String message) throws Exception {
    String json = body == null ? "" : body.replace('\'', '"');
    ApiClient.Reply reply = client.post(docs + "/" + route, json);
    assertEquals(status, reply.status(), reply.json()::toString);
    assertTrue(reply.text("/error").startsWith(error), reply.json()::toString);
    assertTrue(reply.text("/message").contains(message), reply.json()::toString);
    assertEquals(1, client.get(docs + "/count").json().asInt());
    assertEquals("x", client.post(docs + "/get", "{}").text("/documents/0"));
  }

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 422 | missing field `name`",
        "[] | 422 | expected struct CreateCollectionPayload",
        "{'name': 5} | 422 | name: invalid type: integer `5`, expected a string",
        "{'name': ''} | 400 | Validation error: name: Expected a name containing 3-512",
        "{'name': 'ab'} | 400 | Got: ab",
        "{'name': '-abc'} | 400 | Got: -abc",
        "{'name': 'abc.'} | 400 | Got: abc.",
        "{'name': 'a b'} | 400 | Got: a b",
        "{'name': 'é-abc'} | 400 | Got: é-abc",
        "{'name': 'a..b'} | 400 | two consecutive periods",
        "{'name': '1.2.3.4'} | 400 | not a valid ip address",
        "{'name': 'docs'} | 409 | Collection [docs] already exists",
        "{'name': 'new', 'get_or_create': 'x'} | 422 | expected a boolean",
        "{'name': 'new', 'metadata': {}} | 400 | Metadata cannot be empty",
        "{'name': 'new', 'metadata': []} | 422 | metadata: invalid type: sequence, expected a map",
        "{'name': 'new', 'metadata': {'': 1}} | 400 | Metadata key cannot be empty",
        "{'name': 'new', 'metadata': {'$a': 1}} | 400 | cannot start with '#' or '$': $a",
        "{'name': 'new', 'metadata': {'a': null}} | 422 | metadata.a: data did not match",
        "{'name': 'new', 'metadata': {'hnsw:space': 'bad'}} | 400 | Failed to parse hnsw parameters",
        "{'name': 'new', 'metadata': {'hnsw:M': 'x'}} | 400 | Failed to parse hnsw parameters",
        "{'name': 'new', 'metadata': {'hnsw:what': 1}} | 400 | Failed to parse hnsw parameters",
        "{'name': 'new', 'metadata': {'hnsw:M': 'x'}, 'configuration': {'hnsw': {'space': 'ip'}}} | 400 | Failed to parse hnsw parameters",
        "{'name': 'new', 'metadata': {'hnsw:M': 9}, 'schema': {'defaults': {}, 'keys': {'#embedding': {'float_list': {'vector_index': {'config': {'space': 'ip'}}}}}}} | 400 | Cannot set both",
        "{'name': 'new', 'configuration': 5} | 422 | expected struct CollectionConfiguration",
        "{'name': 'new', 'configuration': {'hnsw': 5}} | 422 | configuration.hnsw: invalid type",
        "{'name': 'new', 'configuration': {'hnsw': {'space': 'bad'}}} | 422 | unknown variant `bad`",
        "{'name': 'new', 'configuration': {'hnsw': {'space': 5}}} | 400 | expected value",
        "{'name': 'new', 'configuration': {'hnsw': {'x': 5}}} | 422 | unknown field `x`",
        "{'name': 'new', 'configuration': {'hnsw': {'ef_search': -1}}} | 422 | expected usize",
        "{'name': 'new', 'configuration': {'hnsw': {'ef_search': 'x'}}} | 422 | expected usize",
        "{'name': 'new', 'configuration': {'hnsw': {'resize_factor': 'x'}}} | 422 | expected f64",
        "{'name': 'new', 'configuration': {'hnsw': {}, 'spann': {}}} | 400 | Multiple vector index",
        "{'name': 'new', 'configuration': {'embedding_function': 5}} | 422 | internally tagged enum",
        "{'name': 'new', 'configuration': {'embedding_function': {}}} | 422 | missing field `type`",
        "{'name': 'new', 'configuration': {'embedding_function': {'type': 'known'}}} | 422 | missing field `name`",
        "{'name': 'new', 'schema': 5} | 422 | schema: invalid type: integer `5`, expected struct Schema",
      })
  void noCollectionIsMadeOf(String body, int status, String message) throws Exception {
    ApiClient.Reply reply = client.post(ApiClient.COLLECTIONS, body.replace('\'', '"'));
    assertEquals(status, reply.status(), reply.json()::toString);
    assertTrue(reply.text("/message").contains(message), reply.json()::toString);
    assertEquals(1, client.get(ApiClient.DATABASE + "/collections_count").json().asInt());
  }

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'new_name': 'x'} | 400 | Validation error: new_name: Expected a name",
        "{'new_name': 5} | 422 | new_name: invalid type",
        "{'new_metadata': {}} | 400 | new_metadata: Metadata cannot be empty",
        "{'new_metadata': 5} | 422 | expected a map",
        "{'new_configuration': 5} | 422 | expected struct UpdateCollectionConfiguration",
        "{'new_configuration': {'hnsw': {'space': 'ip'}}} | 422 | unknown field `space`",
      })
  void noCollectionIsChangedBy(String body, int status, String message) throws Exception {
    ApiClient.Reply before = client.get(ApiClient.COLLECTIONS + "/docs");
    ApiClient.Reply reply = client.put(docs, body.replace('\'', '"'));
    assertEquals(status, reply.status(), reply.json()::toString);
    assertTrue(reply.text("/message").contains(message), reply.json()::toString);
    assertEquals(before.json(), client.get(ApiClient.COLLECTIONS + "/docs").json());
  }

  @ParameterizedTest(name = "{0} {1} -> {2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | C/nope                            | 404 | Collection [nope] does not exist",
        "GET    | C/by-id/nope                      | 400 | Invalid collection ID format",
        "GET    | C/nope/count                      | 400 | not a valid UUIDv4",
        "GET    | C/1-1-1-1-1/count                 | 400 | not a valid UUIDv4",
        "GET    | C/11111111-1111-4111-8111-111111111111/count | 404 | does not exist.",
        "GET    | C?limit=-1                        | 400 | limit: invalid digit found in string",
        "GET    | C?limit=                          | 400 | cannot parse integer from empty string",
        "GET    | C?limit=99999999999               | 400 | number too large to fit",
        "GET    | C?limit=1&limit=2                 | 400 | duplicate field `limit`",
        "GET    | C?limit=%zz                       | 400 | ",
        "DELETE | C/nope                            | 404 | Collection [nope] does not exist",
        "GET    | /api/v2/tenants/nope              | 404 | Tenant [nope] not found",
        "GET    | /api/v2/tenants/x/databases/nope  | 404 | Database [nope] not found",
        "DELETE | /api/v2/tenants/x/databases/nope  | 404 | Database [nope] not found",
        "GET    | /api/v2/nope                      | 404 | no such route",
        "GET    | /                                 | 404 | no such route",
        "PATCH  | C                                 | 405 | GET, HEAD, POST",
        "GET    | /api/v2/collections/abc           | 400 | CRN must be in the format",
        "GET    | /api/v2/collections/a:b:c         | 501 | unsupported",
      })
  void pathsAndQueriesAreCheckedToo(String method, String path, int status, String message)
      throws Exception {
    String full = path.replaceFirst("^C", ApiClient.COLLECTIONS);
    if (full.contains("%zz")) {
      assertEquals(400, rawStatus(method, full));
      return;
    }
    ApiClient.Reply reply = client.send(method, full, null);
    assertEquals(status, reply.status(), reply.json()::toString);
    assertTrue(reply.text("/message").contains(message), reply.json()::toString);
  }

  private int rawStatus(String method, String path) throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(server.url().getHost(), server.url().getPort())) {
      String request =
          method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      String head = new String(answer, java.nio.charset.StandardCharsets.UTF_8);
      return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }
  }

  @Test
  void invalidUtf8IsRefused() throws Exception {
    byte[] body =
        "{\"ids\":[\"x\"],\"embeddings\":[[1,2,3]]}"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    body[9] = (byte) 0xFF;
    ApiClient.Reply reply = client.send("POST", docs + "/add", body);
    assertEquals(400, reply.status(), reply.json()::toString);
    assertEquals(1, client.get(docs + "/count").json().asInt());
  }

  @Test
  void aBodyThatIsTooDeepIsRefused() throws Exception {
    String deep = "{\"where\":" + "{\"$and\":[".repeat(200) + "]}".repeat(200) + "}";
    ApiClient.Reply reply = client.post(docs + "/get", deep);
    assertEquals(400, reply.status());
    assertTrue(reply.text("/message").contains("recursion limit exceeded"));
  }

  @Test
  void aMillionIdsAreNoTrouble() throws Exception {
    String ids =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    ApiClient.Reply got = client.post(docs + "/get", "{\"ids\":" + ids + "}");
    assertEquals("[]", got.ok().json().at("/ids").toString());
    ApiClient.Reply added = client.post(docs + "/add", "{\"ids\":" + ids + ",\"embeddings\":[]}");
    assertEquals(400, added.status());
    assertEquals(1, client.get(docs + "/count").json().asInt());
  }
}
