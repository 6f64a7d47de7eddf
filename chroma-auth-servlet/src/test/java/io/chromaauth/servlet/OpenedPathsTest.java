package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the API is mounted, and what the settings open there. */
class OpenedPathsTest {
  private static final String EVIL = "http://evil.example";

  private final ChromaAuthFilter filter = Team.filter();

  @ParameterizedTest
  @CsvSource({
    // as the container tells the context path, the request's own first part
    "'', /api/v2/tenants/acme, 200",
    "/ctx, /ctx/api/v2/tenants/acme, 200",
    "/a/b, /a/b/api/v2/tenants/acme, 200",
    "/ctx, /api/v2/tenants/acme, 400",
    "/ctx, /ctxx/api/v2/tenants/acme, 400",
    "/ctx, /ctx, 400",
    "/ctx, /ctx/, 404",
    "/ctx, /x/../ctx/api/v2/tenants/acme, 400",
    "/ctx, /ctx;x=y/api/v2/tenants/acme, 400",
    "/ctx, //ctx/api/v2/tenants/acme, 400",
    "/ctx, /CTX/api/v2/tenants/acme, 400",
    // Tomcat answers the part of the request URI that it took for the context path
    "/x/../ctx, /x/../ctx/api/v2/tenants/acme, 400",
    "/ctx;x=y, /ctx;x=y/api/v2/tenants/acme, 400",
    "//ctx, //ctx/api/v2/tenants/acme, 400",
    "/./ctx, /./ctx/api/v2/tenants/acme, 400",
    "/%2e/ctx, /%2e/ctx/api/v2/tenants/acme, 400"
  })
  void thePathIsWhatFollowsTheContextPathAsWritten(String context, String uri, int status)
      throws IOException, ServletException {
    assertEquals(status, Call.get(uri).below(context).as("alice").through(filter).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/chroma/api/v2/tenants/acme, 200",
    "/chroma/api/v2/tenants/globex, 403",
    "/chroma/api/v2/auth/identity, 200",
    "/chroma/api/v2/heartbeat, 200",
    "/api/v2/tenants/acme, 404",
    "/api/v2/heartbeat, 404",
    "/Chroma/api/v2/heartbeat, 404",
    "/chroma, 404"
  })
  void belowAPathPrefixNothingElseIsARoute(String path, int status)
      throws IOException, ServletException {
    ChromaAuthFilter below = Team.filter("CHROMA_AUTH_PATH_PREFIX", "/chroma");
    assertEquals(status, Call.get(path).as("alice").through(below).status());
  }

  @Test
  void aPathThatWasOpenedIsOpenWithLimitAndGuard() throws IOException, ServletException {
    ChromaAuthFilter opened =
        Team.filter(
            "CHROMA_SERVER_AUTH_IGNORE_PATHS",
            "{\"" + Team.V2 + "\": [\"POST\"], \"/api/v2/auth/identity\": [\"GET\"]}",
            "CHROMA_AUTH_INSPECT_LIMIT",
            "100");
    HttpServletRequest seen = Call.post(Team.V2).json("{\"name\":\"x\"}").through(opened).seen();
    assertEquals(Optional.empty(), RequestIdentity.of(seen));
    assertEquals("{\"name\":\"x\"}", new String(seen.getInputStream().readAllBytes(), UTF_8));
    String guarded = "{\"configuration\":{\"trust_remote_code\":true}}";
    assertEquals(422, Call.post(Team.V2).json(guarded).through(opened).status());
    String longer = "{\"name\":\"" + "x".repeat(100) + "\"}";
    assertEquals(413, Call.post(Team.V2).json(longer).through(opened).status());
    assertEquals(413, Call.post(Team.V2).json(longer).chunked().through(opened).status());
    assertEquals(400, Call.post(Team.V2).json("{").through(opened).status());
    assertEquals(400, Call.post(Team.V2).json(guarded + guarded).through(opened).status());
    assertEquals(
        403, Call.post(Team.V2).json("{}").header("Origin", EVIL).through(opened).status());
    assertEquals(401, Call.get(Team.V2).through(opened).status());
    assertEquals(401, Call.get("/api/v2/heartbeat").through(opened).status());
    assertTrue(Call.get("/api/v2/auth/identity").through(opened).reachedTheApplication());
  }

  @Test
  void whatWasOpenedIsNamedAndTheLogRemindedOfIt() throws IOException, ServletException {
    ChromaAuthFilter opened =
        Team.filter("CHROMA_SERVER_AUTH_IGNORE_PATHS", "{\"" + Team.V2 + "\": [\"POST\"]}");
    String warning = "OPEN to everybody by CHROMA_SERVER_AUTH_IGNORE_PATHS: POST " + Team.V2;
    assertTrue(opened.summary().warnings().contains(warning), opened.summary()::toString);
    assertTrue(opened.summary().details().contains("public: " + Team.V2));
    try (Logged log = Logged.by("chroma.auth")) {
      Call.get("/x").through(opened);
      Call.get("/x").through(opened);
      assertEquals(List.of(warning), log.lines(), "now and then, not with every request");
    }
  }

  @Test
  void withoutTheGuardTheKeyPassesAndTheBannerSaysSo() throws IOException, ServletException {
    ChromaAuthFilter unguarded = Team.filter("CHROMA_AUTH_BODY_GUARD", "off");
    String guarded = "{\"name\":\"docs-a\",\"configuration\":{\"trust_remote_code\":true}}";
    assertEquals(200, Call.post(Team.V2).as("alice").json(guarded).through(unguarded).status());
    assertEquals(403, Call.post(Team.V2).as("rita").json(guarded).through(unguarded).status());
    assertEquals(400, Call.post(Team.V2).as("alice").json("{").through(unguarded).status());
    assertTrue(unguarded.summary().warnings().toString().contains("the body guard is off"));
    assertEquals(422, Call.post(Team.V2).as("alice").json(guarded).through(filter).status());
  }

  @Test
  void aMalformedBodyOnAnOpenedPathIsNotCalledGuarded() throws IOException, ServletException {
    ChromaAuthFilter opened =
        Team.filter("CHROMA_SERVER_AUTH_IGNORE_PATHS", "{\"" + Team.V2 + "\": [\"POST\"]}");
    Outcome outcome = Call.post(Team.V2).json("{").through(opened);
    assertFalse(outcome.body().contains("trust_remote_code"), outcome.body());
  }
}
