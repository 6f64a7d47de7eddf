package io.chromaauth.demo.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What attackers tried at the objects of Chroma and its like, before the real Chroma 1.5.9: each
 * row of the list of threats as one test.
 */
@ClientTest
@ExtendWith(GuardedChromas.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreatsOfObjectsTest {
  private static final String OVERWRITE =
      "CHROMA_OVERWRITE_SINGLETON_TENANT_DATABASE_ACCESS_FROM_AUTH";
  private static final String DEFAULTS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int PATIENCE_MS = 10_000;
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

  private GuardedChromas.Servers servers;
  private GuardedChroma server;

  @BeforeAll
  void start(GuardedChromas.Servers shared) {
    servers = shared;
    server = servers.of("1.5.9");
  }

  @BeforeEach
  void forgetWhatPassed() {
    server.passage().take();
  }

  // CVE-2026-45830
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT  |                              | {\"new_metadata\":{\"a\":1}}",
        "POST | /add                         | {\"ids\":[\"x\"],\"embeddings\":[[1,2]]}",
        "POST | /update                      | {\"ids\":[\"a\"],\"embeddings\":[[1,2]]}",
        "POST | /upsert                      | {\"ids\":[\"a\"],\"embeddings\":[[1,2]]}",
        "POST | /get                         | {}",
        "POST | /delete                      | {\"ids\":[\"x\"]}",
        "POST | /query                       | {\"query_embeddings\":[[1,2]]}",
        "POST | /search                      | {\"searches\":[{}]}",
        "POST | /fork                        | {\"new_name\":\"docs-fork\"}",
        "POST | /functions/attach            | {\"output_collection\":\"docs-out\"}",
        "POST | /attached_functions/f/detach | {}",
        "GET  | /count                       | ",
        "GET  | /indexing_status             | ",
        "GET  | /fork_count                  | ",
        "GET  | /functions/f                 | ",
      })
  void aForeignUuidBelowTheOwnPathIsNotFound(
      String method, @Nullable String rest, @Nullable String body) throws Exception {
    String path = "C/THEIRS" + (rest == null ? "" : rest);
    HttpResponse<String> answer = server.send("d-bound", method, path, body);
    assertEquals(404, answer.statusCode());
    assertEquals(
        server.full(
            "{\"error\":\"NotFoundError\",\"message\":\"Collection [THEIRS] does not exist\"}"),
        answer.body());
    assertEquals(List.of(), let());
  }

  @Test
  void chromaItselfServesAForeignUuid() throws Exception {
    assertEquals("1", body("admin", "GET", "C/THEIRS/count", null), "else nothing is shown here");
  }

  // CVE-2026-45831
  @Test
  void anActionInOneTenantIsNoneInAnother() throws Exception {
    String add = "{\"ids\":[\"x\"],\"embeddings\":[[1,2]]}";
    refuses(403, "d-bound", "POST", "C2/THEIRS/add", add);
    refuses(403, "d-bound", "POST", "C2/MINE/add", add);
    assertEquals("1", body("other", "GET", "C2/THEIRS/count", null));
  }

  // CVE-2026-45832
  @ParameterizedTest
  @CsvSource({
    "tenant=acme&tenant=rival&database=main, 400",
    "tenant=rival&tenant=acme&database=main, 400",
    "tenant=acme&database=main&database=x, 400",
    "tenant=acme&%74enant=rival&database=main, 400",
    "tenant=&database=main, 400",
    "tenant&database=main, 400",
    "tenant=rival&database=main, 403",
    "tenant=rival, 403",
    "database=main, 403",
    "'', 403",
  })
  void aDoubledOrForeignTenantOfApi1IsRefused(String query, int status) throws Exception {
    refuses(status, "d-bound", "GET", "V1/collections?" + query, null);
    refuses(status, "d-bound", "POST", "V1/collections?" + query, "{\"name\":\"abc\"}");
    refuses(status, "d-bound", "GET", "V1/count_collections?" + query, null);
  }

  // CVE-2026-45829, CVE-2026-45833
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'abc','configuration':{'trust_remote_code':true}}",
        "{'name':'abc','configuration':{'a':[{'b':{'trust_remote_code':null}}]}}",
        "{'name':'abc','configuration':{'\\u0074rust_remote_cod\\u0065':1}}",
        "{'name':'abc','\\u0063onfiguration':{'trust_remote_code':1}}",
        "{'name':'abc','configuration_json':{'x':{'trust_remote_code':false}}}",
        "{'name':'abc','schema':{'x':{'trust_remote_code':false}}}",
      })
  void codeFromTheNetworkIsNotConfigured(String body) throws Exception {
    String json = body.replace('\'', '"');
    refuses(422, "admin", "POST", "C", json);
    refuses(422, "admin", "PUT", "C/MINE", json.replace("configuration\"", "new_configuration\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'abc','configuration':{'trust_remote_code':1},'configuration':{}}",
        "{'name':'abc','configuration':{},'configur\\u0061tion':{'trust_remote_code':1}}",
        "{'name':'abc','configuration':{'a':{'trust_remote_code':1},'a':{}}}",
      })
  void aDoubledKeyIsNoWayRoundTheGuard(String body) throws Exception {
    refuses(400, "admin", "POST", "C", body.replace('\'', '"'));
  }

  @Test
  void metadataOfTheSameNameIsLetThrough() throws Exception {
    String json = "{\"new_metadata\":{\"trust_remote_code\":true}}";
    assertEquals(200, server.send("admin", "PUT", "C/MINE", json).statusCode());
    assertEquals(1, let().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
  void aStrangersBodyIsNotWaitedFor(String expectation) throws Exception {
    String head =
        "POST " + server.full("C") + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    String start = begin(head + expectation + "Content-Length: 4096\r\n\r\n{\"configuration\":");
    assertTrue(start.startsWith("HTTP/1.1 401 "), start);
    assertEquals(List.of(), server.passage().take());
  }

  /**
   * It is taken for the body that it is, and the client's next request on that connection is not
   * lost.
   */
  @ParameterizedTest
  @ValueSource(strings = {"Authorization: none", "Authorization: Bearer d-bound-token"})
  void aBodyThatComesAfterItsRefusalIsNoRequest(String credentials) throws Exception {
    URI url = server.url();
    String smuggled = "\r\n\r\nGET /api/v2/tenants/rival HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      String head =
          "POST " + server.full("C2") + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4096\r\n";
      socket.getOutputStream().write((head + credentials + "\r\n\r\n{").getBytes(UTF_8));
      byte[] first = new byte[64];
      int read = socket.getInputStream().readNBytes(first, 0, 12);
      assertTrue(new String(first, 0, read, UTF_8).startsWith("HTTP/1.1 40"));
      String rest = smuggled + " ".repeat(4095 - smuggled.length());
      String next = "GET /api/v2/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((rest + next).getBytes(UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertEquals(2, all.split("HTTP/1\\.1 ", -1).length, all);
      assertTrue(all.contains("HTTP/1.1 200 "), all);
    }
    assertEquals(1, server.passage().take().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rival:main:theirs",
        "rival%3amain%3atheirs",
        "rival%3Amain:theirs",
        "acme:main:docs-a",
        "acme%3Amain%3Adocs-a"
      })
  void aResourceNameIsNotForTheBounded(String crn) throws Exception {
    for (String who : List.of("d-bound", "pattern", "by-role", "other", "twin-basic")) {
      refuses(403, who, "GET", "/api/v2/collections/" + crn, null);
    }
  }

  @Test
  void aCollectionNamedLikeAnothersUuidIsNotThatOne() throws Exception {
    String theirs = server.id("THEIRS");
    String made = body("d-bound", "POST", "C", "{\"name\":\"" + theirs + "\"}");
    String id = made.replaceFirst("(?s).*?\"id\":\"([^\"]*)\".*", "$1");
    assertTrue(id.length() == 36 && !id.equals(theirs), made);
    try {
      assertEquals(404, server.send("d-bound", "GET", "C/THEIRS/count", null).statusCode());
      assertEquals(404, server.send("d-bound", "POST", "C/THEIRS/get", "{}").statusCode());
      assertEquals("0", body("d-bound", "GET", "C/" + id + "/count", null));
      assertTrue(body("d-bound", "GET", "C/THEIRS", null).contains(id), "by name it is one's own");
    } finally {
      assertEquals(200, server.send("d-bound", "DELETE", "C/THEIRS", null).statusCode());
    }
    assertEquals("1", body("other", "GET", "C2/THEIRS/count", null), "only one's own was deleted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | C             | {\"name\":\"other\"}",
        "POST | C             | {\"name\":\"secret-a\",\"get_or_create\":true}",
        "POST | C             | {\"n\\u0061me\":\"secret-a\",\"get_or_create\":true}",
        "POST | C             | {\"name\":\"DOCS-b\"}",
        "POST | C             | {\"get_or_create\":true}",
        "PUT  | C/MINE        | {\"new_name\":\"other\"}",
        "PUT  | C/MINE        | {\"new_n\\u0061me\":\"other\"}",
        "POST | C/MINE/fork   | {\"new_name\":\"other\"}",
        "POST | C/MINE/fork   | {}",
        "POST | C/MINE/functions/attach | {\"output_collection\":\"other\"}",
      })
  void aNameInABodyMustFitThePattern(String method, String path, String body) throws Exception {
    refuses(403, "pattern", method, path, body);
  }

  @Test
  void aBodyTooLargeToInspectIsRefused() throws Exception {
    try (TestGateway small = server.gateway(Map.of("CHROMA_AUTH_INSPECT_LIMIT", "1KiB"))) {
      String body = "{\"name\":\"docs-b\",\"metadata\":{\"x\":\"" + "y".repeat(2000) + "\"}}";
      assertEquals(413, server.send(small.url(), "pattern", "POST", "C", body).statusCode());
      assertEquals(413, server.send(small.url(), "admin", "PUT", "C/MINE", body).statusCode());
    }
    assertEquals(List.of(), server.passage().take());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"name\":\"docs-b\",\"name\":\"other\"} | ",
        "{\"name\":\"docs-b\",\"n\\u0061me\":\"other\"} | ",
        "{\"name\":\"docs-b\"}{\"name\":\"other\"} | ",
        "[{\"name\":\"docs-b\"}] | ",
        "{\"name\":[\"docs-b\"]} | ",
        "{\"name\":\"docs-b\",\"get_or_create\":\"true\"} | ",
        "{\"name\":\"docs-b\",\"get_or_create\":1} | ",
        "{'name':'docs-b'} | ",
        "{\"name\":\"docs-b\"/**/} | ",
        "{\"name\":\"docs-b\"} | Content-Encoding: gzip",
        "{\"name\":\"docs-b\"} | Content-Encoding: identity, br",
        "{\"name\":\"docs-b\"} | Content-Type: application/json; charset=utf-16",
        "{\"name\":\"docs-b\"} | Content-Type: application/json; charset=iso-8859-1",
      })
  void jsonThatServersReadDifferentlyIsRefused(String body, @Nullable String header)
      throws Exception {
    byte[] bytes = body.getBytes(UTF_8);
    String answer = exchange("pattern", "POST " + server.full("C"), header, bytes);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertEquals(List.of(), server.passage().take());
  }

  @Test
  void compressedAndMalformedTextIsRefused() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write("{\"name\":\"docs-b\"}".getBytes(UTF_8));
    }
    String create = "POST " + server.full("C");
    for (byte[] body :
        List.of(
            zipped.toByteArray(),
            "\uFEFF{\"name\":\"docs-b\"}".getBytes(UTF_8),
            "{\"name\":\"docs-b\"}".getBytes(StandardCharsets.UTF_16LE),
            "{\"name\":\"docs-\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))) {
      String answer = exchange("pattern", create, null, body);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
    String gzip = exchange("pattern", create, "Content-Encoding: gzip", zipped.toByteArray());
    assertTrue(gzip.startsWith("HTTP/1.1 400 "), gzip);
    assertEquals(List.of(), server.passage().take());
  }

  @Test
  void aChunkedBodyIsReadAsAnyOther() throws Exception {
    String chunk = "{\"name\":\"other\",\"get_or_create\":true}";
    String chunked = Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n0\r\n\r\n";
    String start =
        begin(
            "POST "
                + server.full("C")
                + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: "
                + GuardedChroma.credentials("pattern")
                + "\r\n\r\n"
                + chunked);
    assertTrue(start.startsWith("HTTP/1.1 403 "), start);
    assertEquals(List.of(), server.passage().take());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5.9", "0.6.3"})
  void listsAndCountsShowWhatIsOnesOwn(String version) throws Exception {
    server = servers.of(version);
    try {
      assertEquals(List.of("docs-a"), names("pattern", "C"));
      assertEquals("1", body("pattern", "GET", "T1/databases/main/collections_count", null));
      assertEquals(List.of(), names("pattern", "C2"));
      assertEquals("0", body("pattern", "GET", "T2/databases/main/collections_count", null));
      assertEquals(List.of("docs-a"), names("denied", "C"));
      assertEquals("1", body("denied", "GET", "T1/databases/main/collections_count", null));
      assertEquals(List.of("docs-a"), names("pattern", "V1/collections?tenant=acme&database=main"));
      assertEquals(List.of("docs-a", "secret-a"), names("d-bound", "C"));
      assertEquals("2", body("d-bound", "GET", "T1/databases/main/collections_count", null));
      assertEquals(List.of("main"), names("d-bound", "T1/databases"));
      assertEquals(List.of("main"), names("by-role", "T1/databases"));
    } finally {
      server = servers.of("1.5.9");
    }
  }

  @Test
  void nothingTellsAForeignCollectionFromOneThatIsNot() throws Exception {
    for (String who : List.of("d-bound", "pattern", "denied", "by-role", "twin-basic")) {
      HttpResponse<String> foreign = server.send(who, "GET", "C/THEIRS/count", null);
      HttpResponse<String> none = server.send(who, "GET", "C/UNKNOWN/count", null);
      assertEquals(404, foreign.statusCode());
      assertEquals(none.statusCode(), foreign.statusCode());
      assertEquals(none.body().replace(GuardedChroma.UNKNOWN, server.id("THEIRS")), foreign.body());
      assertEquals(
          new TreeSet<>(none.headers().map().keySet()),
          new TreeSet<>(foreign.headers().map().keySet()));
    }
    HttpResponse<String> outside = server.send("pattern", "GET", "C/SECRET/count", null);
    HttpResponse<String> none = server.send("pattern", "GET", "C/UNKNOWN/count", null);
    assertEquals(none.statusCode(), outside.statusCode());
    assertEquals(none.body().replace(GuardedChroma.UNKNOWN, server.id("SECRET")), outside.body());
  }

  @Test
  void aNameOutsideIsRefusedWhetherItIsThereOrNot() throws Exception {
    String there = body("pattern", "GET", "C/secret-a", null);
    assertEquals(there, body("pattern", "GET", "C/secret-none", null));
    assertEquals(
        body("d-bound", "GET", "T2", null), body("d-bound", "GET", "/api/v2/tenants/none", null));
    assertEquals(List.of(), server.passage().take());
  }

  @Test
  void onlyWhoMayResetResets() throws Exception {
    for (String who : List.of("reader", "writer", "d-bound", "pattern", "denied", "by-role")) {
      refuses(403, who, "POST", "/api/v2/reset", null);
      refuses(403, who, "POST", "/api/v1/reset", null);
    }
    refuses(401, "nobody", "POST", "/api/v2/reset", null);
    server.send("resetter", "POST", "/api/v2/reset", null);
    assertEquals(List.of("/api/v2/reset"), let());
    refuses(403, "resetter", "GET", "C", null);
  }

  @Test
  void theDefaultsBecomeTheUsersOwnPlaceAndNothingElseDoes() throws Exception {
    try (TestGateway overwriting = server.gateway(Map.of(OVERWRITE, "TRUE"))) {
      URI url = overwriting.url();
      String own = server.full("C");
      assertEquals(200, server.send(url, "single", "GET", DEFAULTS, null).statusCode());
      assertEquals(
          200, server.send(url, "single", "GET", DEFAULTS + "/MINE/count", null).statusCode());
      assertEquals(List.of(own, own + server.full("/MINE/count")), let());
      server.send(url, "single", "GET", "V1/collections", null);
      assertEquals(List.of("/api/v1/collections?database=main&tenant=acme"), let());
      for (String explicit :
          List.of(
              "C2",
              "C2/THEIRS/count",
              "/api/v2/tenants/rival/databases/default_database/collections",
              "/api/v2/tenants/default_tenant/databases/other/collections",
              "V1/collections?tenant=rival",
              "V1/collections?database=other")) {
        assertEquals(403, server.send(url, "single", "GET", explicit, null).statusCode(), explicit);
      }
      for (String contradiction :
          List.of(
              DEFAULTS + "?tenant=rival", DEFAULTS + "?tenant=acme", "C?tenant=default_tenant")) {
        assertEquals(400, server.send(url, "single", "GET", contradiction, null).statusCode());
      }
      String create = "{\"name\":\"default_database\"}";
      assertEquals(
          403, server.send(url, "single", "POST", "T1/databases", create).statusCode(), "a body");
      assertEquals(List.of(), let());
    }
  }

  /** Two places are no singleton; somebody without bounds keeps Chroma's defaults. */
  @Test
  void whoHasSeveralPlacesOrAllKeepsTheDefaults() throws Exception {
    try (TestGateway overwriting = server.gateway(Map.of(OVERWRITE, "TRUE"))) {
      URI url = overwriting.url();
      assertEquals(403, server.send(url, "d-bound", "GET", DEFAULTS, null).statusCode());
      assertEquals(200, server.send(url, "admin", "GET", DEFAULTS, null).statusCode());
      assertEquals(List.of(DEFAULTS), let());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PYTHON_1_5_9", "PYTHON_0_6_3"})
  void aPythonClientThatAsksForTheDefaultsLandsInItsOwnPlace(
      ClientProgram client, @TempDir Path folder) throws Exception {
    GuardedChroma before = servers.of(client.server());
    try (TestGateway overwriting = before.gateway(Map.of(OVERWRITE, "TRUE"))) {
      before.passage().take();
      Map<String, String> environment =
          Map.of(
              "CHROMA_URL",
              overwriting.url().toString(),
              "CHROMA_SCHEME",
              "bearer",
              "CHROMA_CREDENTIALS",
              "single-token");
      ClientProgram.Outcome outcome = client.run("flow", folder, environment);
      assertEquals(0, outcome.exitCode(), outcome.output());
    }
    List<String> uris =
        before.passage().take().stream()
            .map(Passage.Passed::uri)
            .filter(uri -> uri.contains("/tenants/"))
            .toList();
    assertTrue(uris.size() > 20, uris.toString());
    for (String uri : uris) {
      assertTrue(uri.matches("/api/v2/tenants/acme(/databases/main(/.*)?)?(\\?.*)?"), uri);
      assertFalse(uri.contains("default_"), uri);
    }
  }

  /** The answer is this refusal, and nothing reached Chroma. */
  private void refuses(int status, String who, String method, String path, @Nullable String body)
      throws Exception {
    HttpResponse<String> answer = server.send(who, method, path, body);
    String what = who + " " + method + " " + path + " " + body + ": " + answer.body();
    assertEquals(status, answer.statusCode(), what);
    assertEquals(List.of(), server.passage().take(), what);
  }

  private String body(String who, String method, String path, @Nullable String body)
      throws Exception {
    return server.send(who, method, path, body).body();
  }

  private List<String> names(String who, String path) throws Exception {
    return NAME.matcher(body(who, "GET", path, null))
        .results()
        .map((MatchResult name) -> name.group(1))
        .sorted() // the servers' orders differ
        .toList();
  }

  /** The URIs of what was let through since the last call. */
  private List<String> let() {
    return server.passage().take().stream()
        .filter(passed -> !passed.isLookUp())
        .map(Passage.Passed::uri)
        .toList();
  }

  private String exchange(String who, String methodAndPath, @Nullable String header, byte[] body)
      throws IOException {
    String type =
        header != null && header.startsWith("Content-Type")
            ? ""
            : "Content-Type: application/json\r\n";
    String head =
        methodAndPath
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + GuardedChroma.credentials(who)
            + "\r\n"
            + type
            + (header == null ? "" : header + "\r\n")
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.getBytes(UTF_8));
    all.write(body);
    return begin(all.toByteArray());
  }

  private String begin(String sent) throws IOException {
    return begin(sent.getBytes(UTF_8));
  }

  /** Sends this and nothing more; how the answer begins. */
  private String begin(byte[] sent) throws IOException {
    URI url = server.url();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(sent);
      byte[] start = socket.getInputStream().readNBytes(16);
      return new String(start, UTF_8);
    }
  }
}
