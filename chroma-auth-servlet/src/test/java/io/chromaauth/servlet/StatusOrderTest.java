package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.AuthnResult;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3 of the design: a request that offends against two steps gets the earlier answer. */
class StatusOrderTest {
  private static final String LIMIT = "CHROMA_AUTH_INSPECT_LIMIT";
  private static final String EVIL = "http://evil.example";
  private static final String BY_ID = Team.V2 + "/" + Team.DOCS_A;
  private static final String TOO_LONG = "{\"name\":\"" + "x".repeat(200) + "\"}";
  private static final String GUARDED =
      "{\"name\":\"docs-x\",\"configuration\":{\"trust_remote_code\":true}}";

  @ParameterizedTest
  @MethodSource("calls")
  void theEarlierStepAnswers(String what, int status, Call call)
      throws IOException, ServletException {
    Outcome outcome = call.through(Team.filter(LIMIT, "200"));
    assertEquals(status, outcome.status(), what);
    assertEquals(
        status == 200 && !what.contains("filter answers"), outcome.reachedTheApplication());
    assertNotNull(outcome.header("X-Request-Id"));
    if (!outcome.reachedTheApplication()) {
      assertEquals("application/json", outcome.response().contentType());
    }
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        // 1 before 2
        arguments(
            "cross-site, ambiguous path",
            403,
            Call.post("/api/v2/..;/reset").header("Origin", EVIL)),
        arguments("cross-site, stranger", 403, Call.post("/api/v2/reset").header("Origin", EVIL)),
        arguments(
            "cross-site with valid credentials",
            403,
            Call.post("/api/v2/reset").as("root").header("Origin", EVIL)),
        arguments(
            "cross-site by Sec-Fetch-Site",
            403,
            Call.post("/api/v2/reset").as("root").header("Sec-Fetch-Site", "cross-site")),
        arguments(
            "cross-site, Origin: null",
            403,
            Call.post("/api/v2/reset").as("root").header("Origin", "null")),
        arguments(
            "cross-site, unknown route",
            403,
            Call.post("/nothing").as("root").header("Origin", EVIL)),
        // 2 before 3
        arguments("ambiguous path, stranger", 400, Call.get("/api/v2/../x")),
        arguments(
            "ambiguous path, wrong credentials",
            400,
            Call.get("/api/v2//x").header("Authorization", "Bearer wrong")),
        arguments("ambiguous path, good credentials", 400, Call.get("/api/v2/%2e/x").as("root")),
        arguments("ambiguous public path", 400, Call.get("/api/v2/heartbeat;x")),
        // public: without identity, whatever is sent
        arguments("public", 200, Call.get("/api/v2/heartbeat")),
        arguments("public, HEAD", 200, Call.of("HEAD", "/api/v2/version")),
        arguments(
            "public, wrong credentials",
            200,
            Call.get("/api/v2/heartbeat").header("Authorization", "Bearer wrong")),
        arguments(
            "public, two credentials",
            200,
            Call.get("/api/v2/heartbeat").as("root").header("X-Chroma-Token", "wrong")),
        arguments("public, a doubled query", 200, Call.get("/api/v2/heartbeat?tenant=a&tenant=b")),
        arguments("public path, other method, stranger", 401, Call.post("/api/v2/heartbeat")),
        arguments(
            "public path, other method, known", 405, Call.post("/api/v2/heartbeat").as("root")),
        // 3 before 4: a stranger gets 401 whatever path, method, query or body
        arguments("stranger, unknown route", 401, Call.get("/nothing")),
        arguments("stranger, root", 401, Call.get("/")),
        arguments("stranger, wrong method", 401, Call.of("DELETE", "/api/v2/reset")),
        arguments("stranger, strange method", 401, Call.of("FOO", "/api/v2/reset")),
        arguments("stranger, preflight", 401, Call.of("OPTIONS", "/api/v2/tenants/acme")),
        arguments("stranger, bad query", 401, Call.get("/api/v2/tenants/a?tenant=b")),
        arguments("stranger, bad id", 401, Call.get(Team.V2 + "/x/count")),
        arguments("stranger, bad body", 401, Call.post(Team.V2).broken()),
        arguments("stranger, long body", 401, Call.post(Team.V2).json(TOO_LONG)),
        arguments("stranger, guarded body", 401, Call.post(Team.V2).json(GUARDED)),
        arguments("stranger, identity", 401, Call.get("/api/v2/auth/identity")),
        arguments("stranger, docs", 401, Call.get("/docs")),
        arguments(
            "wrong credentials",
            401,
            Call.get("/api/v2/tenants/acme").header("Authorization", "Bearer wrong")),
        arguments(
            "the public path in the query",
            401,
            Call.get("/api/v2/tenants/acme?x=/api/v2/heartbeat")),
        arguments(
            "a probe's user agent",
            401,
            Call.get("/api/v2/tenants/acme").header("User-Agent", "kube-probe/1.30")),
        arguments(
            "a forwarded path",
            401,
            Call.get("/api/v2/tenants/acme").header("X-Forwarded-Uri", "/api/v2/heartbeat")),
        arguments(
            "an underscored token header",
            401,
            Call.get("/api/v2/tenants/acme").header("X_Chroma_Token", "root-token")),
        arguments(
            "two credentials, unknown route",
            400,
            Call.get("/nothing").as("root").header("X-Chroma-Token", "alice-token")),
        arguments(
            "two Authorization lines, wrong method",
            400,
            Call.of("PUT", "/api/v2/reset").as("root").as("alice")),
        // 4 before 5
        arguments("unknown route, no role", 404, Call.get("/nothing").as("idle")),
        arguments("unknown route, bad query", 404, Call.get("/nothing?tenant=").as("root")),
        arguments("other case, not forwarded", 404, Call.post("/API/V2/reset").as("root")),
        arguments("wrong method, no role", 405, Call.of("PUT", "/api/v2/reset").as("idle")),
        arguments(
            "wrong method, bad query",
            405,
            Call.of("PUT", "/api/v2/tenants/acme?tenant=b").as("root")),
        arguments("wrong method, bad id", 405, Call.get(Team.V2 + "/x/add").as("root")),
        arguments(
            "a method override is none",
            405,
            Call.post("/api/v2/tenants/acme").as("root").header("X-HTTP-Method-Override", "GET")),
        // 5: names before role
        arguments("bad query, no role", 400, Call.get("/api/v2/tenants/acme?tenant=b").as("idle")),
        arguments("bad id, no role", 400, Call.get(Team.V2 + "/x/count").as("idle")),
        arguments(
            "bad id, out of bounds",
            400,
            Call.get("/api/v2/tenants/globex/databases/d/collections/x/count").as("alice")),
        // 5 before 6: nothing has been read
        arguments("no role, unreadable body", 403, Call.post(Team.V2).as("idle").broken()),
        arguments("no role, long body", 403, Call.post(Team.V2).as("idle").json(TOO_LONG)),
        arguments(
            "no role, encoded body",
            403,
            Call.post(Team.V2).as("rita").json("{}").header("Content-Encoding", "gzip")),
        arguments(
            "out of bounds, unreadable body",
            403,
            Call.post("/api/v2/tenants/globex/databases").as("alice").broken()),
        arguments(
            "bounded, everybody's, unreadable body",
            403,
            Call.post("/api/v2/tenants").as("alice").broken()),
        arguments("no role, guarded body", 403, Call.post(Team.V2).as("rita").json(GUARDED)),
        // 6: 413 before 400 before 422 before 403
        arguments(
            "long and encoded body",
            413,
            Call.post(Team.V2).as("root").json(TOO_LONG).header("Content-Encoding", "gzip")),
        arguments(
            "long and malformed body",
            413,
            Call.post(Team.V2).as("root").json("x".repeat(201)).chunked()),
        arguments(
            "encoded and guarded body",
            400,
            Call.post(Team.V2).as("root").json(GUARDED).header("Content-Encoding", "gzip")),
        arguments(
            "malformed and guarded body", 400, Call.post(Team.V2).as("root").json(GUARDED + "x")),
        arguments("a body that breaks off", 400, Call.post(Team.V2).as("root").broken().json("{}")),
        arguments(
            "guarded, out of pattern",
            422,
            Call.post(Team.V2).as("pat").json(GUARDED.replace("docs-x", "other"))),
        arguments(
            "guarded rename, unknown id",
            422,
            Call.of("PUT", Team.V2 + "/" + Team.UNKNOWN)
                .as("pat")
                .json("{\"new_configuration\":{\"a\":{\"trust_remote_code\":1}}}")),
        // 6 before 7
        arguments(
            "renamed out of pattern, unknown id",
            403,
            Call.of("PUT", Team.V2 + "/" + Team.UNKNOWN).as("pat").json("{\"new_name\":\"x\"}")),
        arguments(
            "long body, unknown id",
            413,
            Call.of("PUT", Team.V2 + "/" + Team.UNKNOWN).as("pat").json(TOO_LONG)),
        arguments(
            "bad body, unknown id",
            400,
            Call.of("PUT", Team.V2 + "/" + Team.UNKNOWN).as("pat").json("[]")),
        // 7
        arguments("unknown id", 404, Call.get(Team.V2 + "/" + Team.UNKNOWN + "/count").as("alice")),
        arguments(
            "foreign id, no role",
            403,
            Call.get(Team.V2 + "/" + Team.FOREIGN + "/count").as("carl")),
        // 8
        arguments("all is well", 200, Call.get(BY_ID + "/count").as("pat")),
        arguments(
            "data routes' bodies are not read",
            200,
            Call.post(BY_ID + "/add").as("pat").broken().header("Content-Encoding", "gzip")),
        arguments(
            "an unbounded identity names any id",
            200,
            Call.get(Team.V2 + "/" + Team.UNKNOWN + "/count").as("rita")),
        arguments("docs need an identity and no role", 200, Call.get("/docs").as("idle")),
        arguments(
            "pre-flight needs an identity and no role",
            200,
            Call.get("/api/v2/pre-flight-checks").as("idle")),
        arguments(
            "identity: the filter answers", 200, Call.get("/api/v2/auth/identity").as("idle")));
  }

  @Test
  void aProviderThatFailsIs503BeforeAnyRoute() throws IOException, ServletException {
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(
                headers -> {
                  throw new IllegalStateException("password s3cr3t");
                })
            .build();
    try (Logged log = Logged.by("chroma.auth")) {
      for (Call call : List.of(Call.get("/nothing"), Call.get("/api/v2/tenants/a?tenant=b"))) {
        Outcome outcome = call.through(filter);
        assertUnavailable(outcome);
        assertFalse(outcome.body().contains("s3cr3t"));
      }
      assertEquals(200, Call.get("/api/v2/heartbeat").through(filter).status());
      assertEquals(400, Call.get("/a/..").through(filter).status());
      assertFalse(log.everything().contains("s3cr3t"), log.everything());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a host's class need not be null-marked
  void aProviderThatReturnsNullIs503() throws IOException, ServletException {
    ChromaAuthFilter filter = ChromaAuthFilter.builder().authentication(headers -> null).build();
    assertUnavailable(Call.get("/api/v2/tenants/a").through(filter));
  }

  @Test
  @SuppressWarnings("NullAway") // a host's class need not be null-marked
  void anAuthorizationProviderThatFailsIs503AndLetsNobodyThrough()
      throws IOException, ServletException {
    ChromaAuthFilter throwing =
        ChromaAuthFilter.builder()
            .authentication(headers -> known("u"))
            .authorization(
                (identity, action, resource) -> {
                  throw new IllegalStateException("rules are gone");
                })
            .build();
    assertUnavailable(Call.get("/api/v2/tenants/a").through(throwing));
    ChromaAuthFilter withoutAnswer =
        ChromaAuthFilter.builder()
            .authentication(headers -> known("u"))
            .authorization((identity, action, resource) -> null)
            .build();
    assertUnavailable(Call.get("/api/v2/tenants/a").through(withoutAnswer));
  }

  @Test
  void oneSnapshotOfTheRulesIsAskedNoMoreThanNeeded() throws IOException, ServletException {
    AtomicInteger authentications = new AtomicInteger();
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .authentication(
                headers -> {
                  authentications.incrementAndGet();
                  return known("u");
                })
            .authorization((identity, action, resource) -> new Decision.Allowed("all"))
            .build();
    Call.post(Team.V2).json("{\"name\":\"a\",\"get_or_create\":true}").through(filter);
    assertEquals(1, authentications.get());
  }

  @Test
  void theResolverIsNotAskedBeforeEverythingElseIsRight() throws IOException, ServletException {
    AtomicInteger asked = new AtomicInteger();
    CollectionResolver resolver =
        (id, tenant, database) -> {
          asked.incrementAndGet();
          return new CollectionResolver.Found(AuthzResource.of("acme", "docs", "docs-a"));
        };
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder().settings(Team.settings()).resolver(resolver).build();
    List<Call> refused =
        List.of(
            Call.get(BY_ID + "/count"),
            Call.get(BY_ID + "/count").as("idle"),
            Call.get(BY_ID + "/count").as("carl"),
            Call.get(BY_ID + "/count?tenant=x").as("alice"),
            Call.get(BY_ID.replace("acme", "globex") + "/count").as("alice"),
            Call.of("PUT", BY_ID).as("pat").json("{\"new_name\":\"x\"}"),
            Call.post(BY_ID + "/fork").as("pat").json("{\"new_name\":\"x\"}"));
    for (Call call : refused) {
      assertTrue(call.through(filter).status() >= 400);
    }
    assertEquals(0, asked.get());
    assertEquals(200, Call.get(BY_ID + "/count").as("root").through(filter).status());
    assertEquals(0, asked.get());
    assertEquals(200, Call.get(BY_ID + "/count").as("alice").through(filter).status());
    assertEquals(1, asked.get());
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v2/reset, POST",
    "PUT, /api/v2/tenants/a, 'GET, HEAD, PATCH'",
    "GET, /api/v2/tenants, POST",
    "OPTIONS, /api/v2/heartbeat, 'GET, HEAD'",
    "TRACE, /api/v1/collections, 'GET, HEAD, POST'",
    "get, /api/v2/tenants/a, 'GET, HEAD, PATCH'"
  })
  void aWrongMethodIsToldTheRightOnes(String method, String path, String allow)
      throws IOException, ServletException {
    Outcome outcome = Call.of(method, path).as("root").through(Team.filter());
    assertEquals(405, outcome.status());
    assertEquals(allow, outcome.header("Allow"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "native-0.6"})
  void compatibilityChangesTheAnswerToStrangersAlone(String compat)
      throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter("CHROMA_AUTH_COMPAT", compat);
    boolean standard = compat.equals("standard");
    Outcome stranger = Call.get("/api/v2/tenants/acme").through(filter);
    assertEquals(standard ? 401 : 403, stranger.status());
    assertEquals(standard ? 1 : 0, stranger.response().values("WWW-Authenticate").size());
    Outcome wrong = Call.get("/x").header("Authorization", "Bearer x").through(filter);
    assertEquals(standard ? 401 : 403, wrong.status());
    assertEquals(403, Call.get("/api/v2/tenants/x").as("alice").through(filter).status());
    assertEquals(400, Call.get("/x").as("root").as("root").through(filter).status());
    assertEquals(404, Call.get("/x").as("root").through(filter).status());
    assertEquals(200, Call.get("/api/v2/heartbeat").through(filter).status());
  }

  @Test
  void bothHeadersCarryATokenAndEqualOnesAreOne() throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter();
    Call byHeader = Call.get("/api/v2/tenants/acme").header("x-chroma-token", "alice-token");
    assertEquals(200, byHeader.through(filter).status());
    Call twice =
        Call.get("/api/v2/tenants/acme").as("alice").header("X-Chroma-Token", "alice-token");
    assertEquals(200, twice.through(filter).status());
  }

  @Test
  void aRefusalTellsTheClientNothingOfTheRules() throws IOException, ServletException {
    Outcome outcome = Call.get("/api/v2/tenants/acme").as("idle").through(Team.filter());
    assertEquals("{\"error\":\"AuthError\",\"message\":\"Forbidden\"}", outcome.body());
    assertNull(outcome.header("WWW-Authenticate"));
  }

  private static void assertUnavailable(Outcome outcome) {
    assertFalse(outcome.reachedTheApplication());
    assertEquals(503, outcome.status());
    assertNotNull(outcome.header("Retry-After"));
    assertTrue(outcome.body().startsWith("{\"error\":\"InternalError\","), outcome.body());
  }

  private static AuthnResult known(String user) {
    return new AuthnResult.Authenticated(UserIdentity.of(user, "own"));
  }
}
