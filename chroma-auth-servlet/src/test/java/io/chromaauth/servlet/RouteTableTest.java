package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.AuthzAction;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTableTest {
  private static final String ID = "0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f";
  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "PROPFIND",
          "FOO",
          "get",
          "Post",
          "QUERY",
          "");

  private final List<Route> routes = ChromaRoutes.all();
  private final RouteTable table = new RouteTable(routes);

  @ParameterizedTest
  @MethodSource("routes")
  void eachRouteMatchesItsOwnRowAndNoOther(Route route) {
    RequestPath path = sample(route);
    assertEquals(new RouteTable.Found(route), table.match(route.method(), path));
    List<Route> fitting =
        routes.stream()
            .filter(other -> other.method().equals(route.method()))
            .filter(other -> fits(other.template(), path.segments()))
            .toList();
    assertEquals(List.of(route), fitting);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void anyOtherMethodOfAKnownPathIsToldWhichAreAllowed(Route route) {
    RequestPath path = sample(route);
    TreeSet<String> allowed = new TreeSet<>();
    routes.stream()
        .filter(other -> shape(other).equals(shape(route)))
        .forEach(other -> allowed.add(other.method()));
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    for (String method : METHODS) {
      RouteTable.Result result = table.match(method, path);
      if (allowed.contains(method)) {
        assertInstanceOf(RouteTable.Found.class, result, method);
      } else {
        assertEquals(new RouteTable.WrongMethod(String.join(", ", allowed)), result, method);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void headIsTheGetOfTheSamePath(Route route) {
    RequestPath path = sample(route);
    RouteTable.Result get = table.match("GET", path);
    assertEquals(get, table.match("HEAD", path));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /api",
    "GET, /api/v3",
    "GET, /API/v2",
    "POST, /API/V2/reset",
    "GET, /api/v2/Tenants",
    "GET, /api/v2/heartbeat%20",
    "GET, /api/v2/heartbeat/x",
    "GET, /api/v2/tenants/t/databases/d/collections/by-id/" + ID + "/x",
    "POST, /api/v2/tenants/t/databases/d/collections/" + ID + "/",
    "POST, /api/v2/tenants/t/databases/d/collections/" + ID + "/Add",
    "POST, /api/v2/tenants/t/databases/d/collections/" + ID + "/peek",
    "GET, /api/v2/tenants/t/databases/d/collections%20",
    "GET, /api/v2/tenants/t/databases/d/functions",
    "GET, /api/v1/nothing",
    "GET, /api/v1/auth/identity",
    "GET, /api/v2/collections",
    "GET, /docs/a/b",
    "GET, /metrics",
    "GET, /logger",
    "GET, /console",
    "GET, /favicon.ico"
  })
  void whatNobodyNamedIsNoRoute(String method, String path) {
    if (path.endsWith("/" + ID + "/")) {
      // one final slash is dropped: the path is a known one, and POST is not its method
      assertInstanceOf(RouteTable.WrongMethod.class, table.match(method, RequestPath.parse(path)));
      return;
    }
    assertEquals(RouteTable.Missing.NO_ROUTE, table.match(method, RequestPath.parse(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /collections/by-id, /collections/{collection}",
    "DELETE, /collections/by-id, /collections/{collection}",
    "PUT, /collections/by-id, /collections/{id}",
    "GET, /collections/by%2Did, /collections/{collection}",
    "GET, /collections/by-id/" + ID + ", /collections/by-id/{id}",
    // Chroma's own router takes the literal first as well: this is a look-up of the id "count"
    "GET, /collections/by-id/count, /collections/by-id/{id}",
    "GET, /collections/by-id/indexing_status, /collections/by-id/{id}"
  })
  void aCollectionMayBeCalledById(String method, String path, String template) {
    String database = "/api/v2/tenants/t/databases/d";
    RouteTable.Result result = table.match(method, RequestPath.parse(database + path));
    Route route = assertInstanceOf(RouteTable.Found.class, result).route();
    assertEquals(
        "/api/v2/tenants/{tenant}/databases/{database}" + template,
        "/" + String.join("/", route.template()));
  }

  @Test
  void aLiteralGoesBeforeAPlaceholderForEveryMethodAsInChromasRouter() {
    String collection = "/api/v2/tenants/t/databases/d/collections/";
    assertEquals(
        new RouteTable.WrongMethod("POST"),
        table.match("GET", RequestPath.parse(collection + ID + "/functions/attach")));
    assertEquals(
        new RouteTable.WrongMethod("GET, HEAD"),
        table.match("POST", RequestPath.parse(collection + "by-id/add")));
  }

  @Test
  void aStarInThePathIsNoWildcard() {
    assertEquals(
        RouteTable.Missing.NO_ROUTE, table.match("GET", RequestPath.parse("/api/v2/*/acme")));
    assertEquals(RouteTable.Missing.NO_ROUTE, table.match("GET", RequestPath.parse("/**")));
  }

  @Test
  void aPlaceholderOfTheTableIsNoNameOfASegment() {
    RouteTable own = new RouteTable(List.of(Route.of("GET", "/a/{tenant}/b")));
    assertInstanceOf(
        RouteTable.Found.class, own.match("GET", RequestPath.of(List.of("a", "{tenant}", "b"))));
    assertEquals(
        RouteTable.Missing.NO_ROUTE, own.match("GET", RequestPath.of(List.of("{a}", "x", "b"))));
  }

  @Test
  void twoRoutesForTheSameMethodAndPathAreRefused() {
    Route one = Route.of("GET", "/a/{tenant}");
    Route two = Route.of("GET", "/a/{database}");
    assertThrows(IllegalArgumentException.class, () -> new RouteTable(List.of(one, two)));
  }

  @Test
  void aRouteThatNeedsAnActionHasOneAndNoOtherHas() {
    Route plain = Route.of("GET", "/a");
    assertThrows(IllegalArgumentException.class, plain::requires);
    assertThrows(
        IllegalArgumentException.class,
        () -> plain.requires(AuthzAction.ADD).access(Route.Access.PUBLIC));
  }

  @Test
  void belowAPrefixOnlyThePrefixedPathIsARoute() {
    RouteTable below =
        new RouteTable(routes.stream().map(r -> r.below(List.of("a", "b"))).toList());
    assertInstanceOf(
        RouteTable.Found.class, below.match("GET", RequestPath.parse("/a/b/api/v2/heartbeat")));
    for (String path : List.of("/api/v2/heartbeat", "/a/api/v2/heartbeat", "/a/b", "/b/a/api/v2")) {
      assertEquals(RouteTable.Missing.NO_ROUTE, below.match("GET", RequestPath.parse(path)), path);
    }
  }

  static List<Route> routes() {
    return ChromaRoutes.all();
  }

  /** A path of the route, with names that no literal of the table has. */
  static RequestPath sample(Route route) {
    List<String> segments = new ArrayList<>();
    for (String part : route.template()) {
      segments.add(part.equals("{id}") ? ID : part.startsWith("{") ? "x" + segments.size() : part);
    }
    return RequestPath.of(segments);
  }

  /** The template with nothing said of what its placeholders mean. */
  private static List<String> shape(Route route) {
    return route.template().stream().map(part -> part.startsWith("{") ? "{}" : part).toList();
  }

  private static boolean fits(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      if (!template.get(i).startsWith("{") && !template.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }
}
