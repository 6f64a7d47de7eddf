package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every route for every kind of identity, before a real Chroma 1.5.9 and 0.6.3: what is answered,
 * and what reached Chroma. What is expected stands in two tables here, a route's kind and what
 * becomes of that kind, and is read from no code.
 */
@ClientTest
@ExtendWith(GuardedChromas.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableOverRealChromaTest {
  /**
   * What becomes of a kind of request. An identity's own bounds: other has tenant rival; d-bound,
   * twin and, by its role only, by-role have tenant acme and databases main and gone; pattern has
   * collections docs-*; denied is forbidden secret-* and bounded by nothing else. All these have
   * every action.
   *
   * <pre>
   * 401, 403  refused, and nothing reached Chroma
   * pass      Chroma's own answer to this one request, and nothing else reached it
   * find      the same after one look-up at most
   * 404       refused after one look-up at most; the request itself did not reach Chroma
   * list      answered by the gateway from one look-up
   * here      answered by the gateway, and nothing reached Chroma
   * </pre>
   */
  private static final String OUTCOMES =
      """
      kind            | nobody | reader | writer | admin | other | d-bound | pattern | denied | by-role | twin-basic | twin
      public          | pass   | pass   | pass   | pass  | pass  | pass    | pass    | pass   | pass    | pass       | pass
      known           | 401    | pass   | pass   | pass  | pass  | pass    | pass    | pass   | pass    | pass       | pass
      who am i        | 401    | here   | here   | here  | here  | here    | here    | here   | here    | here       | here
      everything      | 401    | 403    | 403    | pass  | 403   | 403     | 403     | 403    | 403     | 403        | 403
      get tenant      | 401    | pass   | pass   | pass  | 403   | pass    | pass    | pass   | pass    | pass       | pass
      get database    | 401    | pass   | pass   | pass  | 403   | pass    | pass    | pass   | pass    | pass       | pass
      list databases  | 401    | pass   | pass   | pass  | 403   | list    | pass    | pass   | list    | list       | list
      list names      | 401    | pass   | pass   | pass  | 403   | pass    | list    | list   | pass    | pass       | pass
      write database  | 401    | 403    | 403    | pass  | 403   | pass    | 403     | 403    | pass    | pass       | pass
      read name       | 401    | pass   | pass   | pass  | 403   | pass    | pass    | pass   | pass    | pass       | pass
      write name      | 401    | 403    | pass   | pass  | 403   | pass    | pass    | pass   | pass    | pass       | pass
      read secret     | 401    | pass   | pass   | pass  | 403   | pass    | 403     | 403    | pass    | pass       | pass
      write secret    | 401    | 403    | pass   | pass  | 403   | pass    | 403     | 403    | pass    | pass       | pass
      list rival         | 401    | pass   | pass   | pass  | pass  | 403     | list    | list   | 403     | 403        | 403
      read theirs     | 401    | pass   | pass   | pass  | pass  | 403     | 403     | pass   | 403     | 403        | 403
      write theirs    | 401    | 403    | pass   | pass  | pass  | 403     | 403     | pass   | 403     | 403        | 403
      read id         | 401    | pass   | pass   | pass  | 403   | find    | find    | find   | find    | find       | find
      write id        | 401    | 403    | pass   | pass  | 403   | find    | find    | find   | find    | find       | find
      attach id       | 401    | 403    | 403    | pass  | 403   | find    | find    | find   | find    | find       | find
      read id SECRET  | 401    | pass   | pass   | pass  | 403   | find    | 404     | 404    | find    | find       | find
      write id SECRET | 401    | 403    | pass   | pass  | 403   | find    | 404     | 404    | find    | find       | find
      attach id SECRET| 401    | 403    | 403    | pass  | 403   | find    | 404     | 404    | find    | find       | find
      read id THEIRS  | 401    | pass   | pass   | pass  | 403   | 404     | 404     | 404    | 404     | 404        | 404
      write id THEIRS | 401    | 403    | pass   | pass  | 403   | 404     | 404     | 404    | 404     | 404        | 404
      attach id THEIRS| 401    | 403    | 403    | pass  | 403   | 404     | 404     | 404    | 404     | 404        | 404
      read id UNKNOWN | 401    | pass   | pass   | pass  | 403   | 404     | 404     | 404    | 404     | 404        | 404
      write id UNKNOWN| 401    | 403    | pass   | pass  | 403   | 404     | 404     | 404    | 404     | 404        | 404
      attach id UNKNOWN | 401  | 403    | 403    | pass  | 403   | 404     | 404     | 404    | 404     | 404        | 404
      read v1 id      | 401    | pass   | pass   | pass  | 403   | 403     | 403     | 403    | 403     | 403        | 403
      write v1 id     | 401    | 403    | pass   | pass  | 403   | 403     | 403     | 403    | 403     | 403        | 403
      read crn        | 401    | pass   | pass   | pass  | 403   | 403     | 403     | 403    | 403     | 403        | 403
      """;

  /**
   * Requests of every route: the kind, the status with which Chroma 1.5.9 and 0.6.3 themselves
   * answer when it is let through (502: the server breaks off), the request, its body. C is acme's
   * collections, C2 rival's; those with ID are sent for a collection of one's own, one that
   * patterns exclude, another tenant's and an unknown one. What is created is there already and
   * what is deleted is not, so that every identity finds the same.
   */
  private static final String REQUESTS =
      """
      public         | 200 | 200 | GET /api/v2                                  |
      public         | 200 | 200 | GET /api/v2/heartbeat                        |
      public         | 200 | 200 | GET /api/v2/version                          |
      known          | 200 | 404 | GET /api/v2/healthcheck                      |
      known          | 200 | 200 | GET /api/v2/pre-flight-checks                |
      who am i       | 200 | 200 | GET /api/v2/auth/identity                    |
      who am i       | 200 | 200 | POST /auth/can-i                             | {"action":"collection:get"}
      everything     | 403 | 400 | POST /api/v2/reset                           |
      everything     | 409 | 409 | POST /api/v2/tenants                         | {"name":"acme"}
      everything     | 200 | 405 | PATCH T1                                     | {"resource_name":"res-1"}
      get tenant     | 200 | 200 | GET T1                                       |
      list databases | 200 | 200 | GET T1/databases                             |
      write database | 409 | 409 | POST T1/databases                            | {"name":"main"}
      get database   | 200 | 200 | GET T1/databases/main                        |
      write database | 404 | 404 | DELETE T1/databases/gone                     |
      list names     | 200 | 200 | GET T1/databases/main/collections_count      |
      list names     | 200 | 200 | GET C                                        |
      list rival     | 200 | 200 | GET T2/databases/main/collections_count      |
      list rival     | 200 | 200 | GET C2                                       |
      write name     | 409 | 409 | POST C                                       | {"name":"docs-a"}
      write name     | 200 | 200 | POST C                                       | {"name":"docs-a","get_or_create":true}
      write secret   | 409 | 409 | POST C                                       | {"name":"secret-a"}
      write secret   | 200 | 200 | POST C                                       | {"name":"secret-a","get_or_create":true}
      write theirs   | 409 | 409 | POST C2                                      | {"name":"theirs"}
      write theirs   | 200 | 200 | POST C2                                      | {"name":"theirs","get_or_create":true}
      read name      | 200 | 200 | GET C/docs-a                                 |
      read secret    | 200 | 200 | GET C/secret-a                               |
      read theirs    | 200 | 200 | GET C2/theirs                                |
      write name     | 404 | 400 | DELETE C/docs-gone                           |
      write secret   | 404 | 400 | DELETE C/secret-gone                         |
      write theirs   | 404 | 400 | DELETE C2/gone                               |
      read id        | 200 | 404 | GET C/by-id/ID                               |
      write id       | 200 | 200 | PUT C/ID                                     | {"new_metadata":{"a":1}}
      write id       | 201 | 201 | POST C/ID/add                                | {"ids":["a"],"embeddings":[[1,2]]}
      write id       | 200 | 200 | POST C/ID/update                             | {"ids":["a"],"embeddings":[[1,2]]}
      write id       | 200 | 200 | POST C/ID/upsert                             | {"ids":["a"],"embeddings":[[1,2]]}
      read id        | 200 | 200 | POST C/ID/get                                | {}
      write id       | 200 | 200 | POST C/ID/delete                             | {"ids":["gone"]}
      read id        | 200 | 200 | POST C/ID/query                              | {"query_embeddings":[[1,2]]}
      read id        | 501 | 404 | POST C/ID/search                             | {"searches":[{}]}
      read id        | 200 | 200 | GET C/ID/count                               |
      read id        | 500 | 404 | GET C/ID/indexing_status                     |
      write id       | 501 | 404 | POST C/ID/fork                               | {"new_name":"docs-fork"}
      read id        | 501 | 404 | GET C/ID/fork_count                          |
      attach id      | 501 | 404 | POST C/ID/functions/attach                   | {"name":"f","function_id":"none","output_collection":"docs-out"}
      read id        | 404 | 404 | GET C/ID/functions/f                         |
      attach id      | 501 | 404 | POST C/ID/attached_functions/f/detach        | {}
      read crn       | 502 | 404 | GET /api/v2/collections/acme:main:docs-a     |
      public         | 404 | 200 | GET /api/v1                                  |
      public         | 410 | 200 | GET /api/v1/heartbeat                        |
      public         | 410 | 200 | GET /api/v1/version                          |
      known          | 410 | 200 | GET /api/v1/pre-flight-checks                |
      everything     | 405 | 400 | POST /api/v1/reset                           |
      everything     | 405 | 409 | POST /api/v1/tenants                         | {"name":"acme"}
      get tenant     | 410 | 400 | GET V1/tenants/acme                          |
      write database | 405 | 409 | POST V1/databases?tenant=acme                | {"name":"main"}
      get database   | 410 | 400 | GET V1/databases/main?tenant=acme            |
      list names     | 410 | 400 | GET V1/collections?Q                         |
      list names     | 410 | 400 | GET V1/count_collections?Q                   |
      write name     | 405 | 409 | POST V1/collections?Q                        | {"name":"docs-a"}
      write name     | 405 | 200 | POST V1/collections?Q                        | {"name":"docs-a","get_or_create":true}
      write secret   | 405 | 409 | POST V1/collections?Q                        | {"name":"secret-a"}
      read name      | 410 | 400 | GET V1/collections/docs-a?Q                  |
      read secret    | 410 | 400 | GET V1/collections/secret-a?Q                |
      write name     | 410 | 400 | DELETE V1/collections/docs-gone?Q            |
      write secret   | 410 | 400 | DELETE V1/collections/secret-gone?Q          |
      write v1 id    | 410 | 200 | PUT V1/collections/MINE                      | {"new_metadata":{"a":1}}
      write v1 id    | 405 | 201 | POST V1/collections/MINE/add                 | {"ids":["a"],"embeddings":[[1,2]]}
      write v1 id    | 405 | 200 | POST V1/collections/MINE/update              | {"ids":["a"],"embeddings":[[1,2]]}
      write v1 id    | 405 | 200 | POST V1/collections/MINE/upsert              | {"ids":["a"],"embeddings":[[1,2]]}
      read v1 id     | 405 | 200 | POST V1/collections/MINE/get                 | {}
      write v1 id    | 405 | 200 | POST V1/collections/MINE/delete              | {"ids":["gone"]}
      read v1 id     | 405 | 200 | POST V1/collections/MINE/query               | {"query_embeddings":[[1,2]]}
      read v1 id     | 410 | 200 | GET V1/collections/MINE/count                |
      known          | 200 | 200 | GET /openapi.json                            |
      known          | 303 | 200 | GET /docs                                    |
      known          | 404 | 200 | GET /docs/oauth2-redirect                    |
      known          | 404 | 200 | GET /redoc                                   |
      """;

  private static final Pattern DESCRIBED =
      Pattern.compile("\"(/[^\"]*)\":\\{\"(get|post|put|patch|delete)\":");

  private GuardedChromas.Servers servers;

  @BeforeAll
  void start(GuardedChromas.Servers shared) {
    servers = shared;
  }

  static Stream<Arguments> everyRequest() {
    return GuardedChromas.VERSIONS.stream()
        .flatMap(version -> requests().map(request -> Arguments.of(version, request)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyRequest")
  void becomesWhatTheTableSays(String version, Row row) {
    assertAll(
        outcomes(row.kind()).entrySet().stream()
            .map(cell -> () -> check(version, row, row.method(), cell.getKey(), cell.getValue())));
  }

  static Stream<Arguments> everyRead() {
    return requests()
        .filter(row -> row.method().equals("GET") && !row.isOthers())
        .map(Arguments::of);
  }

  @ParameterizedTest(name = "HEAD {0}")
  @MethodSource("everyRead")
  void headIsDecidedAsGet(Row row) {
    assertAll(
        outcomes(row.kind()).entrySet().stream()
            .map(cell -> () -> check("1.5.9", row, "HEAD", cell.getKey(), cell.getValue())));
  }

  private void check(String version, Row row, String method, String who, String outcome)
      throws Exception {
    GuardedChroma server = servers.of(version);
    String path = server.full(row.path());
    server.passage().take();
    HttpResponse<String> answer = server.send(who, method, path, row.body());
    List<Passage.Passed> passed = server.passage().take();
    List<Passage.Passed> own = passed.stream().filter(p -> !p.isLookUp()).toList();
    int lookUps = passed.size() - own.size();
    String what = who + " " + method + " " + path + ": " + answer + " " + answer.body() + passed;
    switch (outcome) {
      case "401", "403", "404" -> {
        assertEquals(outcome, String.valueOf(answer.statusCode()), what);
        assertEquals(List.of(), own, what);
        assertTrue(lookUps <= (outcome.equals("404") ? 1 : 0), what);
      }
      case "pass", "find" -> {
        assertEquals(1, own.size(), what);
        assertEquals(path, own.get(0).uri(), what);
        assertEquals(own.get(0).status(), answer.statusCode(), what);
        assertTrue(row.isAnswered(version, answer.statusCode()), what);
        assertTrue(lookUps <= (outcome.equals("find") ? 1 : 0), what);
      }
      case "list", "here" -> {
        assertEquals(200, answer.statusCode(), what);
        assertEquals(List.of(), own, what);
        assertEquals(outcome.equals("list") ? 1 : 0, lookUps, what);
      }
      default -> throw new IllegalArgumentException(outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5.9", "0.6.3"})
  void aFirstLookUpAsksOnceAndIsRemembered(String version) throws Exception {
    GuardedChroma server = servers.of(version);
    server.passage().take();
    int described = server.passage().descriptions();
    try (TestGateway fresh = server.gateway()) {
      for (String who : List.of("d-bound", "twin", "by-role")) {
        assertEquals(200, server.send(fresh.url(), who, "GET", "C/MINE/count", null).statusCode());
      }
    }
    List<String> lookUps =
        server.passage().take().stream()
            .filter(Passage.Passed::isLookUp)
            .map(Passage.Passed::uri)
            .toList();
    String byId = server.full("C/by-id/MINE");
    String byListing = server.full("C") + "?limit=1000&offset=0";
    assertEquals(List.of(version.equals("1.5.9") ? byId : byListing), lookUps);
    assertEquals(1, server.passage().descriptions() - described);
  }

  /**
   * The server's own description: a route without a row would be one that nobody has thought of.
   */
  @ParameterizedTest
  @ValueSource(strings = {"1.5.9", "0.6.3"})
  void theTableHasEveryRouteOfTheServer(String version) throws Exception {
    String description = servers.of(version).chroma().send("GET", "/openapi.json", null).body();
    List<String> missing = new ArrayList<>();
    Matcher routes = DESCRIBED.matcher(description);
    int found = 0;
    while (routes.find()) {
      found++;
      String template = routes.group(2).toUpperCase(Locale.ROOT) + " " + routes.group(1);
      if (requests().noneMatch(row -> row.isAt(template))) {
        missing.add(template);
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(found > 25, description);
  }

  /** The rows, those by UUID once for each collection. */
  private static Stream<Row> requests() {
    return REQUESTS
        .lines()
        .map(Row::parse)
        .flatMap(
            row ->
                row.kind().endsWith(" id") && row.path().contains("ID")
                    ? Stream.of("MINE", "SECRET", "THEIRS", "UNKNOWN").map(row::about)
                    : Stream.of(row));
  }

  /** What becomes of a kind of request, by identity. */
  private static Map<String, String> outcomes(String kind) {
    List<String> names = cells(OUTCOMES.lines().findFirst().orElseThrow());
    List<String> cells =
        OUTCOMES
            .lines()
            .map(RouteTableOverRealChromaTest::cells)
            .filter(line -> line.get(0).equals(kind))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no outcomes of " + kind));
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (int i = 1; i < names.size(); i++) {
      outcomes.put(names.get(i), cells.get(i));
    }
    return outcomes;
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
  }

  /**
   * @param statuses Chroma's own, by version
   */
  record Row(
      String kind,
      String method,
      String path,
      @Nullable String body,
      Map<String, String> statuses) {
    static Row parse(String line) {
      List<String> cells = cells(line);
      int space = cells.get(3).indexOf(' ');
      String path =
          cells.get(3).substring(space + 1).replaceFirst("\\?Q$", "?tenant=acme&database=main");
      return new Row(
          cells.get(0),
          cells.get(3).substring(0, space),
          path,
          cells.get(4).isEmpty() ? null : cells.get(4),
          Map.of("1.5.9", cells.get(1), "0.6.3", cells.get(2)));
    }

    Row about(String id) {
      String named = id.equals("MINE") ? kind : kind + " " + id;
      return new Row(
          named, method, path.replace("ID", id), body, id.equals("MINE") ? statuses : Map.of());
    }

    /** Whether it is about another collection than the identities' own. */
    boolean isOthers() {
      return statuses.isEmpty();
    }

    boolean isAnswered(String version, int status) {
      String text = String.valueOf(status);
      return statuses.getOrDefault(version, text).equals(text);
    }

    /** Whether it is a request of a route such as {@code GET /api/v2/tenants/{tenant}}. */
    boolean isAt(String template) {
      String[] named = template.split("/", -1);
      String own = method + " " + path.replaceFirst("\\?.*", "").replaceFirst("^V1", "/api/v1");
      String[] asked =
          own.replaceFirst(" T[12]", " /api/v2/tenants/acme")
              .replaceFirst(" C2?(?=/|$)", " /api/v2/tenants/acme/databases/main/collections")
              .split("/", -1);
      if (named.length != asked.length) {
        return false;
      }
      for (int i = 0; i < named.length; i++) {
        if (!named[i].startsWith("{") && !named[i].equals(asked[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return method + " " + path + (body == null ? "" : " " + body);
    }
  }
}
