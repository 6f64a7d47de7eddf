package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chromaauth.ConfigException;
import io.chromaauth.settings.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the routes file, with the one line that tells its breach. */
class HostRoutesFaultsTest {
  private static final String PATH =
      ", expected a path that begins with /, of plain segments, {placeholders}, a last /**";
  private static final String METHOD = ", expected methods in capitals, each once, or '*' alone";
  private static final String ACTION =
      ", expected an action such as orders:read, public or identity";
  private static final String TEXT = ", expected a text that is not empty";
  private static final String KEYS = ", expected one of action, method, path";
  private static final String UNIQUE = ", expected paths that nothing else matches";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"documents", "keys", "methods", "paths", "actions"})
  void whatIsNotRightIsToldWithItsLineAndKey(String title, String yaml, String fault)
      throws IOException {
    assertEquals(List.of("routes.yaml" + fault), faults(yaml), title);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        arguments("empty", "", ": found an empty document, expected a YAML mapping"),
        arguments("a mapping", "routes: []\n", ":1 (top level): found a mapping, expected a list"),
        arguments("a text", "orders\n", ":1 (top level): found a text, expected a list"),
        arguments("an item as text", "- GET /x\n", ":1 ([0]): found a text, expected a mapping"),
        arguments(
            "an item as list", "- [GET, /x]\n", ":1 ([0]): found a list, expected a mapping"));
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        arguments(
            "wrong key",
            "- {method: GET, path: /x, action: public, acton: y}\n",
            ":1 ([0]): found 'acton'" + KEYS + "; fix: did you mean 'action'?"),
        arguments(
            "no method",
            "- {path: /x, action: public}\n",
            ":1 ([0].method): found nothing, expected a method such as GET, a list of them, or"
                + " '*'"),
        arguments(
            "no path",
            "- {method: GET, action: public}\n",
            ":1 ([0].path): found nothing, expected a path such as /orders/{order}"),
        arguments(
            "no action",
            "# hosts\n- {method: GET, path: /y, action: public}\n- {method: GET, path: /x}\n",
            ":3 ([1].action): found nothing" + ACTION));
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        arguments("lower case", method("get"), ":1 ([0].method): found 'get'" + METHOD),
        arguments(
            "two in a text", method("'GET, PUT'"), ":1 ([0].method): found 'GET, PUT'" + METHOD),
        arguments(
            "a letter too much",
            method("A" + "B".repeat(20)),
            ":1 ([0].method): found 'A" + "B".repeat(20) + "'" + METHOD),
        arguments("twice", method("[GET, PUT, GET]"), ":1 ([0].method): found 'GET'" + METHOD),
        arguments("any among others", method("['*', GET]"), ":1 ([0].method): found '*'" + METHOD),
        arguments("empty", method(""), ":1 ([0].method): found an empty value" + TEXT),
        arguments(
            "empty in a list", method("[GET, '']"), ":1 ([0].method): found an empty value" + TEXT),
        arguments("a mapping", method("{GET: x}"), ":1 ([0].method): found a mapping" + TEXT),
        arguments(
            "HEAD alone",
            method("HEAD"),
            ":1 ([0].method): found HEAD, expected GET, which HEAD goes with"),
        arguments(
            "HEAD without GET",
            method("[HEAD, POST]"),
            ":1 ([0].method): found HEAD, expected GET, which HEAD goes with"));
  }

  static Stream<Arguments> paths() {
    return Stream.of(
        badPath("orders"),
        badPath("'orders/x'"),
        badPath("/orders/"),
        badPath("//orders"),
        badPath("/orders//x"),
        badPath("//"),
        badPath("/./x"),
        badPath("/x/.."),
        badPath("/a;b"),
        badPath("'/a b'"),
        badPath("/a%2Fb"),
        badPath("/a%2e"),
        badPath("/a%zz"),
        badPath("/é"),
        badPath("'/a?b=c'"),
        badPath("'/a#b'"),
        badPath("'/a\\b'"),
        badPath("/a*"),
        badPath("'/*'"),
        badPath("'/**/x'"),
        badPath("'/a/**/b/**'"),
        badPath("'/a/***'"),
        badPath("'/{}'"),
        badPath("'/{a'"),
        badPath("'/a}'"),
        badPath("'/{a}b'"),
        badPath("'/{1}'"),
        badPath("'/{a-b}'"),
        badPath("'/a\"b'"),
        arguments("empty path", path("''"), ":1 ([0].path): found an empty value" + TEXT),
        arguments("a list of paths", path("[/x]"), ":1 ([0].path): found a list" + TEXT),
        arguments(
            "tenant twice",
            path("'/{tenant}/{tenant}'"),
            ":1 ([0].path): found {tenant} twice, expected each once"),
        arguments(
            "collection twice",
            path("'/{tenant}/{database}/{collection}/{collection}'"),
            ":1 ([0].path): found {collection} twice, expected each once"),
        orphan("/x/{database}"),
        orphan("/x/{collection}"),
        orphan("/x/{tenant}/{collection}"),
        orphan("/x/{database}/{collection}"));
  }

  static Stream<Arguments> actions() {
    return Stream.of(
        badAction("read"),
        badAction("'orders:'"),
        badAction("':read'"),
        badAction("'orders:read:all'"),
        badAction("'orders:*'"),
        badAction("'*'"),
        badAction("'orders:le sen'"),
        badAction("PUBLIC"),
        badAction("anonymous"),
        arguments("empty", action(""), ":1 ([0].action): found an empty value" + TEXT),
        arguments("a list", action("[public]"), ":1 ([0].action): found a list" + TEXT));
  }

  private static Arguments badPath(String path) {
    String plain = path.startsWith("'") ? path.substring(1, path.length() - 1) : path;
    return arguments(plain, path(path), ":1 ([0].path): found '" + plain + "'" + PATH);
  }

  private static Arguments orphan(String path) {
    return arguments(
        path,
        path("'" + path + "'"),
        ":1 ([0].path): found '"
            + path
            + "', expected {database} beside {tenant}, {collection} beside both; fix: call it"
            + " otherwise: {name}");
  }

  private static Arguments badAction(String action) {
    String plain = action.replace("'", "");
    return arguments(plain, action(action), ":1 ([0].action): found '" + plain + "'" + ACTION);
  }

  private static String method(String method) {
    return "- {method: " + method + ", path: /x, action: public}\n";
  }

  private static String path(String path) {
    return "- {method: GET, path: " + path + ", action: public}\n";
  }

  private static String action(String action) {
    return "- {method: GET, path: /x, action: " + action + "}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/openapi.json | GET /openapi.json",
        "/docs | GET /docs",
        "/docs/x | GET /docs/{file}",
        "/docs/** | GET /docs",
        "/docs/{x} | GET /docs/{file}",
        "/redoc | GET /redoc",
        "/{x} | GET /openapi.json",
        "/{tenant} | GET /openapi.json",
        "/** | GET /openapi.json",
        "/{x}/can-i | GET /docs/{file}",
        "/auth/{x} | POST /auth/can-i",
        "/auth/** | POST /auth/can-i",
        "/auth/can-i/** | POST /auth/can-i",
        "/api/v1 | * /api/v1/**",
        "/api/v1/x | * /api/v1/**",
        "/api/v1/heartbeat | * /api/v1/**",
        "/api/v2 | * /api/v2/**",
        "/api/v2/anything/else | * /api/v2/**",
        "/api/{version}/x | * /api/v1/**",
        "/api/** | * /api/v1/**",
        "/{a}/{b}/{c} | * /api/v1/**",
      })
  void aLineThatReachesWhatIsDecidedOnAlreadyIsRefused(String path, String other)
      throws IOException {
    String yaml = "- {method: '*', path: '" + path + "', action: public}\n";
    assertEquals(
        List.of(
            "routes.yaml:1 ([0].path): found '"
                + path
                + "', which can match what "
                + other
                + " decides on already"
                + UNIQUE),
        faults(yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /x | GET /x",
        "GET /x | '*' /x",
        "'*' /x | PUT /x",
        "GET /x/{a} | PUT /x/y",
        "GET /x/{a} | GET /x/{b}",
        "GET /x/{tenant} | PUT /x/{b}",
        "GET /x/** | PUT /x",
        "GET /x/** | GET /x/y/z",
        "GET /x/y/z | PUT /x/{a}/**",
        "GET / | GET /",
        "GET /%61 | GET /a",
      })
  void aLineThatReachesWhatAnotherDecidesOnIsRefused(String one, String two) throws IOException {
    List<String> first = List.of(one.split(" ", -1));
    List<String> second = List.of(two.split(" ", -1));
    String yaml = "# both\n" + line(first) + line(second);
    assertEquals(
        List.of(
            "routes.yaml:3 ([1].path): found '"
                + second.get(1)
                + "', which can match paths of routes.yaml:2 [0].path '"
                + first.get(1)
                + "'"
                + UNIQUE),
        faults(yaml));
  }

  private static String line(List<String> words) {
    return "- {method: " + words.get(0) + ", path: '" + words.get(1) + "', action: public}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /x | PUT /x",
        "GET /x/{a} | PUT /x/{b}",
        "GET /x/** | PUT /x/**",
        "GET /x | GET /x/{a}",
        "GET /x | GET /X",
        "GET /x/{a} | GET /x/{a}/y",
        "GET / | GET /x",
        "GET /docs/a/b | GET /docs/a/c",
        "GET /api | GET /api/v3",
        "GET /api/v3/** | POST /auth/login",
        "GET /auth/can-i/x | GET /auth",
      })
  void linesThatNeverMeetStart(String one, String two) throws IOException {
    String yaml = line(List.of(one.split(" ", -1))) + line(List.of(two.split(" ", -1)));
    build(yaml);
  }

  @Test
  void belowAPrefixItIsThatPlaceWhichIsTaken() throws IOException {
    for (String free : List.of("/api/v2/x", "/docs", "/auth/can-i", "/chroma", "/chroma/api/v3")) {
      build(path(free), Names.PATH_PREFIX, "/chroma");
    }
    for (String taken :
        List.of("/chroma/api/v2/x", "/chroma/docs", "/chroma/auth/{x}", "/chroma/**")) {
      String fault = faults(path("'" + taken + "'"), Names.PATH_PREFIX, "/chroma").get(0);
      assertEquals(
          "routes.yaml:1 ([0].path): found '" + taken + "', which can match what",
          fault.substring(0, fault.indexOf(" what ") + 5));
    }
  }

  @Test
  void allFaultsOfAFileAreToldAtOnce() throws IOException {
    String yaml =
        """
        - {method: get, path: orders, action: read}
        - {method: HEAD, path: /docs, action: public}
        - {path: '/x/{database}'}
        """;
    assertEquals(
        List.of(
            "routes.yaml:1 ([0].method): found 'get'" + METHOD,
            "routes.yaml:1 ([0].path): found 'orders'" + PATH,
            "routes.yaml:2 ([1].method): found HEAD, expected GET, which HEAD goes with",
            "routes.yaml:3 ([2].method): found nothing, expected a method such as GET, a list of"
                + " them, or '*'",
            "routes.yaml:3 ([2].action): found nothing" + ACTION),
        faults(yaml).stream().filter(f -> !f.contains("decides on")).toList());
  }

  @Test
  void aFileThatIsNotThereIsToldAtTheSetting() {
    Path missing = directory.resolve("none.yaml");
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> Team.filter(Names.ROUTES_FILE, missing.toString()));
    assertEquals(1, e.faults().size(), e::toString);
    assertEquals("test", e.faults().get(0).where(), e::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "[GET, HEAD]", "[HEAD, GET]", "'*'", "[GET, POST, OPTIONS]"})
  void theseMethodsAreFine(String method) throws IOException {
    build(method(method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/x",
        "/x.html",
        "/a%20b",
        "/~x/@y:z",
        "/x/{order}/lines/{line_2}",
        "/x/{id}/{id}",
        "/x/{tenant}",
        "/x/{tenant}/{database}/{collection}/y",
        "/x/{collection}/{database}/{tenant}",
        "/x/{tenant}/**",
        "/x/**"
      })
  void thesePathsAreFine(String path) throws IOException {
    build(path("'" + path + "'"));
  }

  private ChromaAuthFilter build(String yaml, String... settings) throws IOException {
    Path file = Files.writeString(directory.resolve("routes.yaml"), yaml);
    return ChromaAuthFilter.builder().settings(Team.settings(settings)).routes(file).build();
  }

  private List<String> faults(String yaml, String... settings) {
    ConfigException e = assertThrows(ConfigException.class, () -> build(yaml, settings));
    return e.faults().stream().map(f -> f.toString().replace(directory + "/", "")).toList();
  }
}
