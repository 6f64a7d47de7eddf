package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.ConfigException;
import io.chromaauth.RbacAuthorization;
import io.chromaauth.TokenAuthentication;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host's own paths and actions beside Chroma's (section 5 of the design). */
class HostRoutesTest {
  private static final String ROUTES =
      """
      - {method: [GET, HEAD], path: /orders, action: orders:read}
      - {method: POST, path: /orders, action: orders:write}
      - {method: GET, path: '/orders/{order}', action: orders:read}
      - {method: GET, path: /orders/latest/lines, action: orders:read}
      - {method: '*', path: '/me/**', action: identity}
      - {method: GET, path: /, action: public}
      - {method: [GET, POST], path: /hello, action: public}
      - {method: GET, path: '/assets/**', action: public}
      - {method: GET, path: '/t/{tenant}', action: orders:read}
      - {method: GET, path: '/t/{tenant}/{database}', action: orders:read}
      - {method: GET, path: '/t/{tenant}/{database}/{collection}', action: orders:read}
      - {method: GET, path: '/r/{tenant}/**', action: orders:read}
      - {method: GET, path: '/p/{tenant}', action: public}
      - {method: GET, path: '/a%20b/{x}', action: identity}
      """;

  private static final String RULES =
      """
      roles_mapping:
        clerk: {actions: ["orders:read"]}
        boss: {actions: ["orders:*"]}
        of_acme: {actions: ["orders:read"], tenant: acme}
        barred: {actions: ["orders:*"], deny: [{actions: ["orders:read"], tenant: globex}]}
      users:
      - {id: root, role: admin}
      - {id: alice, role: clerk}
      - {id: dora, role: clerk}
      - {id: pat, role: clerk}
      - {id: rita, role: reader}
      - {id: mike, role: clerk}
      - {id: gerd, role: boss}
      - {id: carl, role: boss}
      - {id: ulla, role: of_acme}
      """;

  @TempDir Path directory;
  private Path routes = Path.of("");
  private ChromaAuthFilter filter = Team.filter();

  @BeforeEach
  void start() {
    routes = write("routes.yaml", ROUTES);
    filter = filter(RULES);
  }

  @ParameterizedTest
  @CsvSource({
    // root: admin; rita: reader; idle: no role; all of them without bounds
    "root, GET, /orders, 200",
    "root, HEAD, /orders, 200",
    "root, POST, /orders, 200",
    "root, GET, /orders/, 200",
    "root, GET, /orders/5, 200",
    "root, HEAD, /orders/5, 200",
    "root, GET, /orders/latest, 200",
    "root, GET, /orders/latest/lines, 200",
    "root, GET, /orders/5/lines, 404",
    "root, DELETE, /orders, 405",
    "root, POST, /orders/5, 405",
    "root, GET, /orders//5, 400",
    "root, GET, /orders/%2e, 400",
    "root, GET, /Orders, 404",
    "root, GET, /order, 404",
    "root, GET, /other, 404",
    "root, GET, /t, 404",
    "root, GET, /t/a/b/c/d, 404",
    "rita, GET, /orders, 403",
    "rita, POST, /orders, 403",
    "idle, GET, /orders, 403",
    "idle, GET, /me, 200",
    "idle, HEAD, /me, 200",
    "idle, PATCH, /me/x/y/z, 200",
    "idle, GET, /me/, 200",
    "idle, GET, /mee, 404",
    "idle, GET, /a%20b/c, 200",
    "idle, GET, /a%20b/c/d, 404",
    // strangers
    "'', GET, /orders, 401",
    "'', DELETE, /orders, 401",
    "'', GET, /me, 401",
    "'', GET, /other, 401",
    "'', GET, /t/acme, 401",
    // public
    "'', GET, /, 200",
    "'', HEAD, /, 200",
    "'', POST, /, 401",
    "root, POST, /, 405",
    "'', GET, /hello, 200",
    "'', POST, /hello, 200",
    "'', DELETE, /hello, 401",
    "'', GET, /hello/x, 401",
    "'', GET, /assets, 200",
    "'', GET, /assets/js/app.js, 200",
    "'', HEAD, /assets/js/app.js, 200",
    "'', PUT, /assets/js/app.js, 401",
    "'', GET, /assets/../orders, 400",
    "'', GET, /assets/%2e%2e/orders, 400",
    "'', GET, /assets;/x, 400",
    "'', GET, /p/acme, 200",
    "alice, GET, /p/globex, 200",
    // Chroma's own are what they were
    "'', GET, /api/v2/heartbeat, 200",
    "root, GET, /api/v2/tenants/acme, 200",
    "'', GET, /api/v2/tenants/acme, 401",
    "rita, POST, /api/v2/reset, 403",
  })
  void aLineSaysWhoMayComeAndWhatIsNotNamedStaysClosed(
      String user, String method, String target, int status) throws IOException, ServletException {
    Call call = Call.of(method, target);
    assertEquals(status, (user.isEmpty() ? call : call.as(user)).through(filter).status());
  }

  @ParameterizedTest
  @CsvSource({
    // alice: tenant acme; dora: database docs too; pat: collections docs-* too; mike: the last only
    "alice, /t/acme, 200",
    "alice, /t/%61cme, 200",
    "alice, /t/acme/, 200",
    "alice, /t/globex, 403",
    "alice, /t/ACME, 403",
    "alice, /t/acme%20, 403",
    "alice, /t/default_tenant, 403",
    "alice, /t/acme/any, 200",
    "alice, /t/globex/any, 403",
    "alice, /t/acme/any/x, 200",
    "alice, /r/acme/whatever/else, 200",
    "alice, /r/acme, 200",
    "alice, /r/globex/acme, 403",
    "dora, /t/acme, 403",
    "dora, /t/acme/docs, 200",
    "dora, /t/acme/other, 403",
    "dora, /t/acme/docs/x, 200",
    "pat, /t/acme/docs, 403",
    "pat, /t/acme/docs/docs-a, 200",
    "pat, /t/acme/docs/private, 403",
    "pat, /t/globex/docs/docs-a, 403",
    "mike, /t/any/any/docs-a, 200",
    "mike, /t/any/any/private, 403",
    "mike, /t/any, 403",
    // a bound level that the path does not name is refused
    "alice, /orders, 403",
    "alice, /orders/5, 403",
    "dora, /orders, 403",
    "mike, /orders, 403",
    // whose role is bounded
    "ulla, /t/acme, 200",
    "ulla, /t/globex, 403",
    "ulla, /orders, 403",
    // what the host's query says is the host's
    "alice, /t/acme?tenant=globex, 200",
    "alice, /t/acme?tenant=acme&tenant=globex, 200",
    "alice, /t/acme?tenant=&database, 200",
    "alice, /t/globex?tenant=acme, 403",
    "alice, /orders?tenant=acme, 403",
  })
  void namesInThePathAreHeldAgainstTheBounds(String user, String target, int status)
      throws IOException, ServletException {
    for (String method : List.of("GET", "HEAD")) {
      assertEquals(status, Call.of(method, target).as(user).through(filter).status(), method);
    }
  }

  @Test
  void thePathOfAHostIsNeverRewritten() throws IOException, ServletException {
    ChromaAuthFilter overwriting =
        ChromaAuthFilter.builder()
            .settings(Team.settings(Names.AUTHZ_CONFIG, RULES, Names.OVERWRITE, "TRUE"))
            .routes(routes)
            .build();
    assertEquals(403, Call.get("/t/default_tenant").as("alice").through(overwriting).status());
    HttpServletRequest seen = Call.get("/t/acme?tenant=x").as("alice").through(overwriting).seen();
    assertEquals("tenant=x", seen.getQueryString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Basic !!!", "Nonsense", ""})
  void onAPublicPathWrongCredentialsAreIgnored(String credentials)
      throws IOException, ServletException {
    HttpServletRequest seen =
        Call.get("/hello").header("Authorization", credentials).through(filter).seen();
    assertNull(seen.getUserPrincipal());
    assertNull(
        Call.get("/hello")
            .as("root")
            .header("X-Chroma-Token", "x")
            .through(filter)
            .seen()
            .getRemoteUser());
  }

  @Test
  void aPublicPathsBodyIsNotRead() throws IOException, ServletException {
    assertEquals(200, Call.post("/hello").broken().through(filter).status());
    assertEquals(200, Call.post("/hello").json("{").through(filter).status());
  }

  @Test
  void aForeignPageIsRefusedOnAHostsPathsToo() throws IOException, ServletException {
    for (String path : List.of("/hello", "/orders")) {
      Call call = Call.post(path).as("root").header("Origin", "http://evil.example");
      assertEquals(403, call.through(filter).status());
    }
  }

  @Test
  void whoseActionItIsTheApplicationIsTold() throws IOException, ServletException {
    assertEquals("root", Call.get("/orders").as("root").through(filter).seen().getRemoteUser());
    assertEquals("idle", Call.get("/me/x").as("idle").through(filter).seen().getRemoteUser());
  }

  @ParameterizedTest
  @CsvSource({
    "/orders, 'GET, HEAD, POST'",
    "/orders/5, 'GET, HEAD'",
    "/hello, 'GET, HEAD, POST'",
    "/assets/x, 'GET, HEAD'",
  })
  void anotherMethodIsToldWhichThereAre(String path, String allow)
      throws IOException, ServletException {
    Outcome outcome = Call.of("DELETE", path).as("idle").through(filter);
    assertEquals(405, outcome.status());
    assertEquals(allow, outcome.header("Allow"));
  }

  @Test
  void aWildcardOfTheHostsActionsAndTheBuiltInAdminHaveThem() throws IOException, ServletException {
    // gerd and carl are bounded to acme, and may do what names it
    for (String user : List.of("gerd", "carl", "root")) {
      assertEquals(200, Call.get("/t/acme").as(user).through(filter).status());
    }
    assertEquals(403, Call.post("/orders").as("gerd").through(filter).status());
  }

  @Test
  void aDenialOfAHostsActionHolds() throws IOException, ServletException {
    ChromaAuthFilter denying =
        filter(RULES.replace("{id: root, role: admin}", "{id: root, role: barred}"));
    assertEquals(200, Call.get("/t/acme").as("root").through(denying).status());
    assertEquals(403, Call.get("/t/globex").as("root").through(denying).status());
    assertEquals(403, Call.get("/orders").as("root").through(denying).status());
    assertEquals(200, Call.post("/orders").as("root").through(denying).status());
  }

  @Test
  void aMisspeltActionDoesNotStartAndTheNearestIsNamed() {
    Path rules =
        write(
            "rules.yaml",
            RULES.replace(
                "clerk: {actions: [\"orders:read\"]}", "clerk: {actions: [\"orders:raed\"]}"));
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Team.filter(
                    Names.ROUTES_FILE,
                    routes.toString(),
                    Names.AUTHZ_CONFIG,
                    Files.readString(rules)));
    assertEquals(
        "test CHROMA_SERVER_AUTHZ_CONFIG:2 (roles_mapping.clerk.actions[0]): found 'orders:raed',"
            + " expected an action of Chroma such as collection:get, or collection:*; fix: did you"
            + " mean 'orders:read'?",
        e.getMessage());
  }

  @Test
  void withoutTheLineTheActionIsNone() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> Team.filter(Names.AUTHZ_CONFIG, RULES));
    assertTrue(String.valueOf(e.getMessage()).contains("'orders:read'"), e::toString);
  }

  @Test
  void theSettingNamesTheFileAsTheBuilderDoes() throws IOException, ServletException {
    ChromaAuthFilter bySetting =
        Team.filter(Names.ROUTES_FILE, routes.toString(), Names.AUTHZ_CONFIG, RULES);
    assertEquals(200, Call.get("/orders").as("root").through(bySetting).status());
    assertTrue(
        bySetting.summary().details().contains("the host's own paths: 14 from " + routes),
        bySetting.summary()::toString);
    assertTrue(filter.summary().details().contains("the host's own paths: 14 from " + routes));
  }

  @Test
  void theSettingBesideTheBuilderIsRefused() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                ChromaAuthFilter.builder()
                    .settings(Team.settings(Names.ROUTES_FILE, routes.toString()))
                    .routes(routes)
                    .build());
    assertEquals(
        "test (CHROMA_AUTH_ROUTES_FILE): found it beside routes(...) in code, expected one of them",
        e.faults().get(0).toString());
  }

  @Test
  void aMissingFileOfTheBuilderIsToldAsSuch() {
    ChromaAuthFilter.Builder builder =
        ChromaAuthFilter.builder().settings(Team.settings()).routes(directory.resolve("none"));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertTrue(String.valueOf(e.getMessage()).startsWith("routes(...): found "), e::toString);
  }

  @Test
  void rulesInCodeAreToldTheActionsInCode() throws IOException, ServletException {
    Path users =
        write(
            "users.yaml",
            "users:\n- {id: root, tokens: [root-token]}\n- {id: rita, tokens: [rita-token]}\n");
    Path rules =
        write(
            "rules.yaml",
            """
        roles_mapping: {clerk: {actions: ["orders:read"]}}
        users: [{id: root, role: clerk}, {id: rita, role: admin}]
        """);
    AuthzAction read = AuthzAction.of("orders:read");
    AuthzAction write = AuthzAction.of("orders:write");
    ChromaAuthFilter inCode =
        ChromaAuthFilter.builder()
            .authentication(TokenAuthentication.users(users))
            .authorization(RbacAuthorization.of(rules, read, write))
            .routes(routes)
            .build();
    assertEquals(200, Call.get("/orders").as("root").through(inCode).status());
    assertEquals(403, Call.post("/orders").as("root").through(inCode).status());
    assertEquals(200, Call.post("/orders").as("rita").through(inCode).status());
    assertThrows(ConfigException.class, () -> RbacAuthorization.of(rules));
    assertThrows(ConfigException.class, () -> RbacAuthorization.of(rules, write));
  }

  @Test
  void aHostsPathsAreExplainedAsChromasAre() {
    assertEquals(
        new Explanation(Explanation.Outcome.ALLOWED, 0, null, "public path"),
        filter.explain("idle", Question.parse("GET /hello")));
    assertEquals(
        new Explanation(Explanation.Outcome.ALLOWED, 0, null, "any identity"),
        filter.explain("idle", Question.parse("PUT /me/x")));
    Explanation refused = filter.explain("alice", Question.parse("GET /t/globex"));
    assertEquals(403, refused.status());
    assertEquals(AuthzAction.of("orders:read"), refused.action());
    Question.OfAction ofAction =
        new Question.OfAction(AuthzAction.of("orders:read"), AuthzResource.of("acme", null, null));
    assertEquals(Explanation.Outcome.ALLOWED, filter.explain("alice", ofAction).outcome());
    assertEquals(404, filter.explain("root", Question.parse("GET /nothing")).status());
  }

  @Test
  void aLineForCanITakesThatPathOver() throws IOException, ServletException {
    write("routes.yaml", "- {method: [GET, POST], path: /auth/can-i, action: identity}\n");
    ChromaAuthFilter taken = filter("{roles_mapping: {}, users: []}");
    assertTrue(
        Call.post("/auth/can-i").as("idle").json("{}").through(taken).reachedTheApplication());
    assertTrue(Call.get("/auth/can-i").as("idle").through(taken).reachedTheApplication());
    assertEquals(401, Call.post("/auth/can-i").through(taken).status());
    write("routes.yaml", "- {method: GET, path: /auth/can-i, action: public}\n");
    ChromaAuthFilter other = filter("{roles_mapping: {}, users: []}");
    assertEquals(405, Call.post("/auth/can-i").as("idle").json("{}").through(other).status());
  }

  @Test
  void thatPathBelowAPrefixIsTakenOverBelowIt() throws IOException, ServletException {
    write("routes.yaml", "- {method: POST, path: /chroma/auth/can-i, action: identity}\n");
    ChromaAuthFilter taken =
        ChromaAuthFilter.builder()
            .settings(Team.settings(Names.PATH_PREFIX, "/chroma"))
            .routes(routes)
            .build();
    Outcome outcome = Call.post("/chroma/auth/can-i").as("idle").json("{}").through(taken);
    assertTrue(outcome.reachedTheApplication());
    assertEquals(404, Call.post("/auth/can-i").as("idle").json("{}").through(taken).status());
  }

  @Test
  void anEntryOfIgnorePathsMayNameAHostsPath() throws IOException, ServletException {
    ChromaAuthFilter opened =
        ChromaAuthFilter.builder()
            .settings(
                Team.settings(
                    Names.AUTHZ_CONFIG,
                    RULES,
                    Names.IGNORE_PATHS,
                    "{\"/orders\": [\"GET\"], \"/hello\": [\"GET\"]}"))
            .routes(routes)
            .build();
    assertEquals(200, Call.get("/orders").through(opened).status());
    assertEquals(401, Call.post("/orders").through(opened).status());
    List<String> warnings = opened.summary().warnings();
    assertTrue(
        warnings.contains("OPEN to everybody by CHROMA_SERVER_AUTH_IGNORE_PATHS: GET /orders"),
        warnings::toString);
    assertTrue(warnings.stream().noneMatch(w -> w.contains("/hello")), "public by its own line");
  }

  private ChromaAuthFilter filter(String rules) {
    return ChromaAuthFilter.builder()
        .settings(Team.settings(Names.AUTHZ_CONFIG, rules))
        .routes(routes)
        .build();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
