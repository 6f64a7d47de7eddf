package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The way of one request as one table, over real HTTP: every row breaks the rule of one step and of
 * later ones, and gets the answer of the first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusOrderTest {
  private static final String MINE = "11111111-1111-4111-8111-111111111111";
  private static final String THEIRS = "22222222-2222-4222-8222-222222222222";
  private static final String USERS =
      """
      users:
        - {id: root, tokens: [root-token]}
        - {id: ann, tokens: [ann-token], tenant: t1, databases: [d1]}
        - {id: rita, tokens: [rita-token]}
        - {id: idle, tokens: [idle-token]}
      """;
  private static final String RULES =
      """
      roles_mapping: {}
      users:
        - {id: root, role: admin}
        - {id: ann, role: admin}
        - {id: rita, role: reader}
      """;

  private StubChroma upstream;
  private TestGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    upstream = new StubChroma();
    upstream.owns("t1", "d1", "mine", MINE);
    upstream.owns("t2", "d1", "theirs", THEIRS);
    Path users = Files.writeString(folder.resolve("users.yaml"), USERS);
    Path rules = Files.writeString(folder.resolve("authz.yaml"), RULES);
    Map<String, String> settings =
        Map.of(
            "CHROMA_SERVER_AUTHN_PROVIDER",
            "chromadb.auth.token_authn.TokenAuthenticationServerProvider",
            "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
            users.toString(),
            "CHROMA_SERVER_AUTHZ_PROVIDER",
            "chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider",
            "CHROMA_SERVER_AUTHZ_CONFIG_FILE",
            rules.toString(),
            "CHROMA_AUTH_INSPECT_LIMIT",
            "1KiB");
    gateway = TestGateway.start(settings, upstream.url());
  }

  @AfterAll
  void stop() {
    gateway.close();
    upstream.close();
  }

  // who: a token's owner, nobody, or wrong; T1 = /api/v2/tenants/t1, C =
  // T1/databases/d1/collections
  @ParameterizedTest(name = "{0} {1} {2} {3} -> {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        // 1 cross-site, before path, credentials and route
        "nobody | POST   | /api/v2/../x           | Origin: http://evil.example | {}  | 403",
        "root   | POST   | /api/v2/reset          | Origin: null                | {}  | 403",
        "root   | POST   | /api/v2/reset          | Sec-Fetch-Site: cross-site  |     | 403",
        "root   | GET    | T1                     | Origin: http://evil.example |     | 200",
        // 2 path, before credentials
        "nobody | GET    | /api/v2/tenants/%2e%2e |     |     | 400",
        "wrong  | GET    | /api/v2//tenants       |     |     | 400",
        "nobody | GET    | /api/v2/tenants;x/t1   |     |     | 400",
        // public, with any credentials
        "nobody | GET    | /api/v2/heartbeat      |     |     | 200",
        "wrong  | HEAD   | /api/v2/version        |     |     | 200",
        "wrong  | GET    | /api/v2/heartbeat/     |     |     | 200",
        "nobody | POST   | /api/v2/heartbeat      |     |     | 401",
        // 3 credentials, before route, method, names and body
        "nobody | GET    | /nowhere               |     |     | 401",
        "wrong  | FOO    | T1                     |     |     | 401",
        "nobody | POST   | C?tenant=x             |     | {   | 401",
        "nobody | OPTIONS| C                      |     |     | 401",
        "root   | GET    | T1     | X-Chroma-Token: ann-token |     | 400",
        "root   | GET    | T1     | Authorization: Bearer x   |     | 400",
        "nobody | DELETE | /api/v2/tenants/default_tenant/databases/x |     |     | 401",
        "nobody | GET    | /api/v1/collections/MINE/count |     |     | 401",
        // 4 route, before roles
        "idle   | GET    | /nowhere               |     |     | 404",
        "idle   | GET    | /API/v2/tenants/t1     |     |     | 404",
        "idle   | PATCH  | C                      |     |     | 405",
        "idle   | GET    | /api/v2/auth/identity  |     |     | 200",
        "idle   | GET    | /api/v2/pre-flight-checks |  |     | 200",
        // 5 names, role and bounds, before the body
        "idle   | GET    | T1?tenant=t2           |     |     | 400",
        "idle   | GET    | T1?tenant=t1&tenant=t1 |     |     | 400",
        "idle   | POST   | C/no-uuid/add          |     | {   | 400",
        "idle   | POST   | C                      |     | {   | 403",
        "rita   | POST   | C                      |     | {   | 403",
        "rita   | POST   | C/MINE/add             |     | {   | 403",
        "ann    | POST   | /api/v2/tenants/t2/databases |  | { | 403",
        "ann    | POST   | /api/v2/reset          |     |     | 403",
        "ann    | POST   | /api/v2/tenants        |     | {\"name\":\"t1\"} | 403",
        "ann    | GET    | /api/v2/collections/t1:d1:c |   |     | 403",
        // 6 body, then names again
        "ann    | POST   | C                      |     | {   | 400",
        "ann    | POST   | T1/databases           |     | {\"name\":\"d2\"} | 403",
        "root   | PUT    | C/THEIRS               |     | []  | 400",
        "root   | POST   | C                      |     | BIG | 413",
        "root   | POST   | C | | {\"name\":\"x\",\"configuration\":{\"trust_remote_code\":1}} | 422",
        // 7 owner
        "ann    | GET    | C/THEIRS/count         |     |     | 404",
        "ann    | GET    | C/33333333-3333-4333-8333-333333333333/count | | | 404",
        "ann    | POST   | /api/v1/collections/MINE/get |  | {} | 403",
        // 8 the application
        "ann    | GET    | C/MINE/count           |     |     | 200",
        "ann    | POST   | C                      |     | {\"name\":\"x\"} | 200",
        "root   | GET    | C/THEIRS/count         |     |     | 200",
        "rita   | GET    | C/MINE/count?q=1        |     |     | 200",
      })
  void theFirstStepThatRefusesAnswers(
      String who,
      String method,
      String path,
      @Nullable String headers,
      @Nullable String body,
      int status)
      throws Exception {
    upstream.takeRequests();
    RawHttp.Reply reply =
        RawHttp.send(url(), method + " " + full(path), with(who, headers), of(body));
    assertEquals(status, reply.status(), reply.head() + reply.body());
    assertTrue(reply.head().contains("X-Request-Id: "), reply.head());
    boolean answeredHere = status != 200 || path.endsWith("identity");
    assertEquals(answeredHere ? 0 : 1, upstream.takeRequests().size());
  }

  @Test
  void aStrangerIsToldWhatIsTakenAndNothingElse() throws Exception {
    RawHttp.Reply reply = RawHttp.send(url(), "GET " + full("T1"), "", "");
    assertTrue(
        reply.head().contains("WWW-Authenticate: Bearer realm=\"chroma\", ChromaToken realm"),
        reply.head());
    assertEquals("{\"error\":\"AuthError\",\"message\":\"Unauthorized\"}", reply.body());
    RawHttp.Reply wrong = RawHttp.send(url(), "GET " + full("T1"), with("wrong", ""), "");
    assertTrue(wrong.head().contains("error=\"invalid_token\""), wrong.head());
  }

  @Test
  void foreignAndUnknownCollectionsGetTheSameAnswer() throws Exception {
    upstream.takeLookUps();
    RawHttp.Reply foreign =
        RawHttp.send(url(), "GET " + full("C/THEIRS/count"), with("ann", ""), "");
    String unknownId = THEIRS.replace('2', '4');
    RawHttp.Reply unknown =
        RawHttp.send(
            url(), "GET " + full("C/THEIRS/count").replace(THEIRS, unknownId), with("ann", ""), "");
    assertEquals(foreign.body().replace(THEIRS, unknownId), unknown.body());
    assertTrue(upstream.takeLookUps().size() <= 2);
    assertEquals(List.of(), upstream.takeRequests());
  }

  @Test
  void theBindingOfACollectionIsLookedUpOnce() throws Exception {
    upstream.owns("t1", "d1", "warm", "55555555-5555-4555-8555-555555555555");
    upstream.takeLookUps();
    for (int i = 0; i < 3; i++) {
      String path = full("C/MINE/count").replace(MINE, "55555555-5555-4555-8555-555555555555");
      assertEquals(200, RawHttp.send(url(), "GET " + path, with("ann", ""), "").status());
    }
    assertEquals(1, upstream.takeLookUps().size());
  }

  private URI url() {
    return gateway.url();
  }

  private static String full(String path) {
    return path.replaceFirst("^T1", "/api/v2/tenants/t1")
        .replaceFirst("^C", "/api/v2/tenants/t1/databases/d1/collections")
        .replace("MINE", MINE)
        .replace("THEIRS", THEIRS);
  }

  private static String with(String who, @Nullable String headers) {
    String credentials = who.equals("nobody") ? "" : "Authorization: Bearer " + who + "-token";
    String more = headers == null ? "" : headers;
    return credentials + (credentials.isEmpty() || more.isEmpty() ? "" : "\r\n") + more;
  }

  private static String of(@Nullable String body) {
    return body == null ? "" : body.equals("BIG") ? "{\"x\":\"" + "y".repeat(2000) + "\"}" : body;
  }
}
