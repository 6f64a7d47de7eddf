package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.servlet.Route.Access;
import io.chromaauth.servlet.Route.Body;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The route table beside what was measured, and beside Chroma 1.5.9's own description. */
class ChromaRoutesTest {
  private static final UUID ID = UUID.fromString("0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f");

  /** Where the design does not do what Chroma did: neither names what could be bound. */
  private static final Set<String> NAME_NOTHING =
      Set.of("PATCH /api/v2/tenants/{tenant}", "GET /api/v2/collections/{crn}");

  private static final Set<String> PUBLIC =
      Set.of(
          "GET /api/v1",
          "GET /api/v1/heartbeat",
          "GET /api/v1/version",
          "GET /api/v2",
          "GET /api/v2/heartbeat",
          "GET /api/v2/version");

  private static final Set<String> IDENTITY =
      Set.of(
          "GET /api/v1/pre-flight-checks",
          "GET /api/v2/pre-flight-checks",
          "GET /api/v2/healthcheck",
          "GET /docs",
          "GET /docs/oauth2-redirect",
          "GET /openapi.json",
          "GET /redoc");

  private static final Map<String, Body> BODIES =
      Map.ofEntries(
          Map.entry("POST /api/v1/tenants", Body.TENANT),
          Map.entry("POST /api/v1/databases", Body.DATABASE),
          Map.entry("POST /api/v1/collections", Body.COLLECTION),
          Map.entry("PUT /api/v1/collections/{collection}", Body.RENAME),
          Map.entry("POST /api/v2/tenants", Body.TENANT),
          Map.entry("POST /api/v2/tenants/{tenant}/databases", Body.DATABASE),
          Map.entry(below("POST", ""), Body.COLLECTION),
          Map.entry(below("PUT", "/{collection}"), Body.RENAME),
          Map.entry(below("POST", "/{collection}/fork"), Body.FORK),
          Map.entry(below("POST", "/{collection}/functions/attach"), Body.ATTACH),
          Map.entry(below("POST", "/{collection}/attached_functions/{name}/detach"), Body.DETACH));

  private final RouteTable table = new RouteTable(ChromaRoutes.all());

  @ParameterizedTest
  @CsvFileSource(resources = "routes.csv", nullValues = "none")
  void eachMeasuredRouteHasItsActionAndItsNames(
      String method,
      String template,
      @Nullable String action,
      @Nullable String tenant,
      @Nullable String database,
      @Nullable String collection) {
    String row = method + " " + template;
    boolean byId = "id".equals(collection);
    RequestPath path = path(template, byId);
    Route route = assertInstanceOf(RouteTable.Found.class, table.match(method, path), row).route();
    assertEquals(access(row, action), route.access(), row);
    assertEquals(actions(action), route.actions(), row);
    assertEquals(BODIES.getOrDefault(row, Body.NOTHING), route.body(), row);
    if (action != null) {
      String query =
          ("query".equals(tenant) ? "tenant=t9" : "")
              + ("query".equals(database) ? "&database=d9" : "");
      ResourceNames names = ResourceNames.of(route, path, Query.parse(query));
      assertNotNull(names, row);
      AuthzResource resource =
          NAME_NOTHING.contains(row)
              ? AuthzResource.NONE
              : AuthzResource.of(named(tenant, "t"), named(database, "d"), named(collection, "c"));
      assertEquals(resource, names.resource(), row);
      assertEquals(byId ? ID : null, names.id(), row);
    }
  }

  @Test
  void nothingIsARouteThatWasNotMeasured() throws IOException {
    Set<Route> measured = new HashSet<>();
    for (String line : lines("routes.csv")) {
      List<String> cells = List.of(line.split(",", -1));
      RequestPath path = path(cells.get(1), cells.get(5).equals("id"));
      if (table.match(cells.get(0), path) instanceof RouteTable.Found found) {
        measured.add(found.route());
      }
    }
    Set<Route> beyond = new HashSet<>(ChromaRoutes.all());
    beyond.removeAll(measured);
    assertEquals(Set.of(), beyond);
  }

  @Test
  void noActionOfChromaIsLeftWithoutARoute() {
    Set<AuthzAction> left = new HashSet<>(AuthzAction.known());
    ChromaRoutes.all().forEach(route -> left.removeAll(route.actions()));
    assertEquals(Set.of(AuthzAction.EXPLAIN, AuthzAction.CONSOLE, AuthzAction.METRICS), left);
  }

  @Test
  void theBodyDecidesBetweenCreatingAndGettingOrCreating() {
    List<AuthzAction> both =
        List.of(AuthzAction.CREATE_COLLECTION, AuthzAction.GET_OR_CREATE_COLLECTION);
    List<Route> routes =
        ChromaRoutes.all().stream().filter(r -> r.body() == Body.COLLECTION).toList();
    assertEquals(2, routes.size());
    routes.forEach(route -> assertEquals(both, route.actions()));
    ChromaRoutes.all().stream()
        .filter(r -> r.body() != Body.COLLECTION && r.access() == Access.ACTION)
        .forEach(route -> assertEquals(1, route.actions().size(), route::toString));
  }

  @Test
  void everyPlaceholderIsAKnownOne() {
    Set<String> known =
        Set.of(
            Route.TENANT,
            Route.DATABASE,
            Route.COLLECTION,
            Route.ID,
            "{function}",
            "{crn}",
            "{file}");
    ChromaRoutes.all().stream()
        .flatMap(route -> route.template().stream())
        .filter(segment -> segment.contains("{") || segment.contains("}"))
        .forEach(placeholder -> assertEquals(Set.of(placeholder), both(known, placeholder)));
  }

  @Test
  void everyOperationOfChroma159IsDecidedOnPurpose() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    expected.put("heartbeat", "public");
    expected.put("version", "public");
    expected.put("healthcheck", "identity");
    expected.put("pre_flight_checks", "identity");
    expected.put("get_user_identity", "answered by the filter");
    expected.put("reset", "system:reset");
    expected.put("create_tenant", "tenant:create_tenant");
    expected.put("get_tenant", "tenant:get_tenant");
    expected.put("update_tenant", "tenant:update_tenant");
    expected.put("list_databases", "db:list_databases");
    expected.put("create_database", "db:create_database");
    expected.put("get_database", "db:get_database");
    expected.put("delete_database", "db:delete_database");
    expected.put("list_collections", "db:list_collections");
    expected.put("count_collections", "db:count_collections");
    expected.put("create_collection", "db:create_collection or db:get_or_create_collection");
    expected.put("get_collection", "collection:get_collection");
    expected.put("get_collection_by_id", "collection:get_collection");
    expected.put("get_collection_by_crn", "collection:get_collection_by_crn");
    expected.put("update_collection", "collection:update_collection");
    expected.put("delete_collection", "collection:delete_collection");
    expected.put("collection_add", "collection:add");
    expected.put("collection_update", "collection:update");
    expected.put("collection_upsert", "collection:upsert");
    expected.put("collection_get", "collection:get");
    expected.put("collection_delete", "collection:delete");
    expected.put("collection_query", "collection:query");
    expected.put("collection_search", "collection:search");
    expected.put("collection_count", "collection:count");
    expected.put("indexing_status", "collection:count");
    expected.put("fork_collection", "collection:fork_collection");
    expected.put("fork_count", "collection:get_collection");
    expected.put("attach_function", "collection:create_attached_function");
    expected.put("get_attached_function", "collection:get_collection");
    expected.put("detach_function", "collection:remove_attached_function");
    assertEquals(expected, decisions(operations()));
  }

  private Map<String, String> decisions(List<Operation> operations) {
    Map<String, String> decisions = new TreeMap<>();
    for (Operation operation : operations) {
      // 1.5.9 says collection_id also where it looks up by name: a UUID fits both
      String path =
          operation.path().replaceAll("\\{collection_id}", ID.toString()).replaceAll("[{}]", "");
      RouteTable.Result result = table.match(operation.method(), RequestPath.parse(path));
      decisions.put(operation.id(), decision(result));
    }
    return decisions;
  }

  private static String decision(RouteTable.Result result) {
    if (!(result instanceof RouteTable.Found found)) {
      return "no route";
    }
    return switch (found.route().access()) {
      case PUBLIC -> "public";
      case IDENTITY -> "identity";
      case WHO_AM_I, CAN_I -> "answered by the filter";
      case HOST_PUBLIC -> "of a host";
      case ACTION ->
          String.join(" or ", found.route().actions().stream().map(AuthzAction::wireName).toList());
    };
  }

  private record Operation(String method, String path, String id) {}

  /** The operations of {@code paths}, read token by token: there is no more of Jackson here. */
  private static List<Operation> operations() throws IOException {
    List<Operation> operations = new ArrayList<>();
    try (InputStream json = resource("openapi-1.5.9.json");
        JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean paths = parser.currentName().equals("paths");
        parser.nextToken();
        if (!paths) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String path = parser.currentName();
          parser.nextToken();
          readPath(parser, path, operations);
        }
      }
    }
    return operations;
  }

  private static void readPath(JsonParser parser, String path, List<Operation> operations)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String method = parser.currentName().toUpperCase(Locale.ROOT);
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean id = parser.currentName().equals("operationId");
        parser.nextToken();
        if (id) {
          operations.add(new Operation(method, path, parser.getText()));
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static Access access(String row, @Nullable String action) {
    if (action != null) {
      return Access.ACTION;
    }
    if (row.equals("GET /api/v2/auth/identity")) {
      return Access.WHO_AM_I;
    }
    if (PUBLIC.contains(row)) {
      return Access.PUBLIC;
    }
    assertEquals(Set.of(row), both(IDENTITY, row), "an identity is enough");
    return Access.IDENTITY;
  }

  private static List<AuthzAction> actions(@Nullable String action) {
    if (action == null) {
      return List.of();
    }
    AuthzAction one = AuthzAction.of(action);
    return one.equals(AuthzAction.CREATE_COLLECTION)
        ? List.of(one, AuthzAction.GET_OR_CREATE_COLLECTION)
        : List.of(one);
  }

  private static RequestPath path(String template, boolean byId) {
    String path =
        template
            .replace("{tenant}", "t1")
            .replace("{database}", "d1")
            .replace("{collection}", byId ? ID.toString() : "c1")
            .replaceAll("[{}]", "");
    return RequestPath.parse(path);
  }

  private static @Nullable String named(@Nullable String source, String letter) {
    return "path".equals(source) ? letter + "1" : "query".equals(source) ? letter + "9" : null;
  }

  private static Set<String> both(Set<String> set, String one) {
    Set<String> both = new TreeSet<>(set);
    both.retainAll(Set.of(one));
    return both;
  }

  private static String below(String method, String rest) {
    return method + " /api/v2/tenants/{tenant}/databases/{database}/collections" + rest;
  }

  private static List<String> lines(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource(name), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(ChromaRoutesTest.class.getResourceAsStream(name), name);
  }
}
