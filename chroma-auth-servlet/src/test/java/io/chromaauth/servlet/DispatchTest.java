package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.UserIdentity;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threats C2: every dispatch is decided on its own path, by nobody's attribute. */
class DispatchTest {
  private final ChromaAuthFilter filter = Team.filter();

  @Test
  void anErrorPagePassesOnceThisFilterHasLetTheRequestThrough()
      throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme").as("alice");
    HttpServletRequest request = call.request();
    assertEquals(200, Call.through(filter, request).status());
    call.uri = "/error";
    call.headers.clear();
    call.dispatchedBy(DispatcherType.ERROR);
    HttpServletRequest seen = Call.through(filter, request).seen();
    assertEquals("alice", seen.getRemoteUser());
    assertEquals("/error", seen.getRequestURI());
    HttpServletRequest wrapped = dispatched(request, DispatcherType.ERROR);
    assertEquals("alice", Call.through(filter, wrapped).seen().getRemoteUser());
  }

  @Test
  void whatAnotherRequestWasGivenOpensNothing() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme").as("alice");
    assertEquals(200, call.through(filter).status());
    for (DispatcherType type : List.of(DispatcherType.ERROR, DispatcherType.ASYNC)) {
      Call other = Call.get("/api/v2/tenants/acme").dispatchedBy(type);
      other.attributes.putAll(call.attributes);
      assertEquals(401, other.through(filter).status(), type::name);
    }
  }

  @Test
  void twoFiltersKeepTheirOwnDecisions() throws IOException, ServletException {
    ChromaAuthFilter other = Team.filter();
    Call call = Call.get("/api/v2/tenants/acme").as("alice");
    HttpServletRequest request = call.request();
    HttpServletRequest first = Call.through(filter, request).seen();
    assertEquals(200, Call.through(other, first).status());
    call.uri = "/error";
    call.dispatchedBy(DispatcherType.ERROR);
    HttpServletRequest page = Call.through(filter, request).seen();
    assertEquals(200, Call.through(other, page).status());
  }

  @Test
  void anErrorPageIsDecidedAsAnyPathIfNothingWasBefore() throws IOException, ServletException {
    for (String path : List.of("/error", "/api/v2/reset", "/api/v2/tenants/acme")) {
      Call call = Call.get(path).dispatchedBy(DispatcherType.ERROR);
      assertEquals(401, call.through(filter).status());
    }
    assertEquals(
        404,
        Call.get("/error").as("root").dispatchedBy(DispatcherType.ERROR).through(filter).status());
  }

  @Test
  void aRefusedRequestLeavesNothingThatWouldLetAnErrorPassThrough()
      throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/globex").as("alice");
    assertEquals(403, call.through(filter).status());
    assertEquals(403, call.dispatchedBy(DispatcherType.ERROR).through(filter).status());
  }

  @Test
  void anotherFiltersDecisionDoesNotCount() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme").as("alice");
    HttpServletRequest request = call.request();
    assertEquals(200, Call.through(Team.filter(), request).status());
    call.headers.clear();
    call.dispatchedBy(DispatcherType.ERROR);
    assertEquals(401, Call.through(filter, request).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "", "io.chromaauth.servlet.FilterState"})
  void anAttributeThatSomebodySetsOpensNothing(String value) throws IOException, ServletException {
    Call decided = Call.get("/api/v2/heartbeat");
    assertEquals(200, decided.through(filter).status());
    String name = decided.attributes.keySet().iterator().next();
    assertTrue(name.startsWith("io.chromaauth.decided."), name);
    for (Object each : List.of(value, true, filter, new Object())) {
      Call call =
          Call.post("/api/v2/reset").attribute(name, each).dispatchedBy(DispatcherType.ERROR);
      assertEquals(401, call.through(filter).status());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"REQUEST", "FORWARD", "INCLUDE", "ASYNC"})
  void everyOtherDispatchIsDecidedAgain(DispatcherType type) throws IOException, ServletException {
    Call call = Call.get("/api/v2/heartbeat");
    assertEquals(200, call.through(filter).status());
    call.method = "POST";
    call.uri = "/api/v2/reset";
    assertEquals(401, call.dispatchedBy(type).through(filter).status());
    assertEquals(403, call.as("alice").through(filter).status());
  }

  @Test
  void aForwardIsDecidedOnThePathItGoesTo() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/globex").as("alice");
    call.attribute(RequestDispatcher.FORWARD_REQUEST_URI, "/api/v2/tenants/acme");
    assertEquals(403, call.dispatchedBy(DispatcherType.FORWARD).through(filter).status());
  }

  @Test
  void anIncludeIsDecidedOnThePathThatIsIncluded() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme").as("alice").dispatchedBy(DispatcherType.INCLUDE);
    call.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/tenants/globex");
    assertEquals(403, call.through(filter).status());
    call.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/tenants/acme/databases/x");
    assertEquals(200, call.through(filter).status());
    call.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/../tenants/acme");
    assertEquals(400, call.through(filter).status());
  }

  @Test
  void anIncludeIsDecidedOnTheQueryThatIsIncluded() throws IOException, ServletException {
    Call call = Call.get("/api/v1/collections?tenant=acme").as("alice");
    call.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v1/collections")
        .attribute(RequestDispatcher.INCLUDE_QUERY_STRING, "tenant=globex&database=d")
        .dispatchedBy(DispatcherType.INCLUDE);
    assertEquals(403, call.through(filter).status());
    Call mine = Call.get("/api/v1/collections?tenant=globex").as("alice");
    mine.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v1/collections")
        .attribute(RequestDispatcher.INCLUDE_QUERY_STRING, "tenant=acme&database=d")
        .dispatchedBy(DispatcherType.INCLUDE);
    assertEquals(200, mine.through(filter).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/collections,, 400",
    "/api/v1/collections, tenant=acme, 400",
    "/api/v1/collections, database=d, 400",
    "/api/v1/collections, tenant=acme&database=d, 200",
    "/api/v1/databases/d, limit=1, 400",
    "/api/v1/databases/d, tenant=acme, 200",
    "/api/v1/tenants/acme,, 200"
  })
  void whatADispatchLeavesToDefaultsAnotherRequestMayName(
      String path, @Nullable String query, int status) throws IOException, ServletException {
    // Servlet 6.0, 9.1.1: the application sees the parameters of both
    Call call = Call.get(path).as("alice").dispatchedBy(DispatcherType.FORWARD);
    call.query = query;
    assertEquals(status, call.through(filter).status());
    Call outer = Call.get("/page?tenant=globex").as("alice").dispatchedBy(DispatcherType.INCLUDE);
    outer.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, path);
    if (query != null) {
      outer.attribute(RequestDispatcher.INCLUDE_QUERY_STRING, query);
    }
    assertEquals(status, outer.through(filter).status());
  }

  @Test
  void anErrorPageThatForwardsIsDecidedWhereItForwardsTo() throws IOException, ServletException {
    // Tomcat calls a forward of an error page an error dispatch, too
    Call call = Call.get("/api/v2/heartbeat");
    HttpServletRequest request = call.request();
    assertEquals(200, Call.through(filter, request).status());
    call.uri = "/error";
    call.dispatchedBy(DispatcherType.ERROR);
    List<Integer> forwarded = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      filter.doFilter(
          request,
          new FakeResponse().servlet(),
          (page, response) -> {
            call.uri = "/api/v2/tenants/acme";
            forwarded.add(Call.through(filter, (HttpServletRequest) page).status());
            call.uri = "/error";
          });
    }
    assertEquals(List.of(401, 401), forwarded);
  }

  @Test
  void anIncludeLeavesTheDecisionOnThePageAsItIs() throws IOException, ServletException {
    String json = "{\"name\":\"docs-x\"}";
    Call call = Call.post(Team.V2).as("pat").json(json);
    HttpServletRequest request = call.request();
    HttpServletRequest page = Call.through(filter, request).seen();
    call.dispatchedBy(DispatcherType.INCLUDE)
        .attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/heartbeat");
    call.method = "GET";
    assertEquals("pat", Call.through(filter, page).seen().getRemoteUser());
    page.logout();
    call.method = "POST";
    call.dispatchedBy(DispatcherType.ASYNC);
    HttpServletRequest again = Call.through(filter, request).seen();
    assertEquals(json, new String(again.getInputStream().readAllBytes(), UTF_8));
    assertNull(again.getUserPrincipal());
  }

  @Test
  void anIncludeByAnEarlierFilterOpensNothing() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/acme").dispatchedBy(DispatcherType.INCLUDE);
    call.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/heartbeat");
    HttpServletRequest request = call.request();
    assertEquals(200, Call.through(filter, request).status());
    for (DispatcherType type : List.of(DispatcherType.ASYNC, DispatcherType.ERROR)) {
      call.dispatchedBy(type);
      assertEquals(401, Call.through(filter, request).status());
    }
  }

  @Test
  void aForwardedRequestMayBeSentBackToWhereItWasBefore() throws IOException, ServletException {
    String json = "{\"name\":\"docs-x\"}";
    Call call = Call.post(Team.V2).as("pat").json(json);
    HttpServletRequest request = call.request();
    HttpServletRequest first = Call.through(filter, request).seen();
    call.uri = "/api/v2/heartbeat";
    call.method = "GET";
    call.dispatchedBy(DispatcherType.FORWARD);
    assertEquals(200, Call.through(filter, first).status());
    call.uri = Team.V2;
    call.method = "POST";
    call.dispatchedBy(DispatcherType.ASYNC);
    HttpServletRequest again = Call.through(filter, request).seen();
    assertEquals("pat", again.getRemoteUser());
    assertEquals(json, new String(again.getInputStream().readAllBytes(), UTF_8));
  }

  @Test
  void anIncludeOfAnotherContextIsReadBelowThatContext() throws IOException, ServletException {
    Call call = Call.get("/one/x").below("/one").as("alice").dispatchedBy(DispatcherType.INCLUDE);
    call.attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/two/api/v2/tenants/acme")
        .attribute(RequestDispatcher.INCLUDE_CONTEXT_PATH, "/two");
    assertEquals(200, call.through(filter).status());
  }

  @Test
  void anIncludeByNameIsDecidedOnTheRequestsOwnPath() throws IOException, ServletException {
    Call call = Call.get("/api/v2/tenants/globex").as("alice");
    assertEquals(403, call.dispatchedBy(DispatcherType.INCLUDE).through(filter).status());
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"REQUEST", "FORWARD", "ERROR", "ASYNC"})
  void theAttributeOfAnIncludeCountsForAnIncludeAlone(DispatcherType type)
      throws IOException, ServletException {
    // CVE-2020-1938: over AJP a client could set just these attributes
    Call call =
        Call.post("/api/v2/reset")
            .attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/heartbeat")
            .attribute(RequestDispatcher.INCLUDE_QUERY_STRING, "x=y")
            .dispatchedBy(type);
    call.method = "GET";
    call.uri = "/api/v2/tenants/globex";
    assertEquals(401, call.through(filter).status());
    assertEquals(403, call.as("alice").through(filter).status());
  }

  @Test
  void theIncludedPathIsTheOneInTheAudit() throws IOException, ServletException {
    List<String> paths = new ArrayList<>();
    ChromaAuthFilter told =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .listener(event -> paths.add(event.path()))
            .build();
    Call.get("/api/v2/a")
        .attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/b")
        .through(told);
    Call.get("/api/v2/a")
        .attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/b")
        .dispatchedBy(DispatcherType.INCLUDE)
        .through(told);
    assertEquals(List.of("/api/v2/a", "/api/v2/b"), paths);
  }

  @Test
  void aForwardWithTheBodyAlreadyReadByTheFilterReadsItAgain()
      throws IOException, ServletException {
    String json = "{\"name\":\"docs-x\"}";
    HttpServletRequest first = Call.post(Team.V2).as("pat").json(json).through(filter).seen();
    HttpServletRequest forwarded = dispatched(first, DispatcherType.FORWARD);
    HttpServletRequest second = Call.through(filter, forwarded).seen();
    assertEquals(json, new String(second.getInputStream().readAllBytes(), UTF_8));
  }

  @Test
  void anAsynchronousDispatchBackToTheRequestIsTheSameRequestStill()
      throws IOException, ServletException {
    // as a framework does it: the body has been read, and the container hands on its own request
    List<Integer> told = new ArrayList<>();
    ChromaAuthFilter telling =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .listener(event -> told.add(event.status()))
            .build();
    String json = "{\"name\":\"docs-x\"}";
    Call call = Call.post(Team.V2 + "?x=y").as("pat").json(json);
    HttpServletRequest container = call.request();
    HttpServletRequest first = Call.through(telling, container).seen();
    assertEquals(json, new String(first.getInputStream().readAllBytes(), UTF_8));
    for (HttpServletRequest started : List.of(container, first)) {
      HttpServletRequest again = dispatched(started, DispatcherType.ASYNC);
      HttpServletRequest second = Call.through(telling, again).seen();
      assertEquals("pat", second.getRemoteUser());
      assertEquals(json, new String(second.getInputStream().readAllBytes(), UTF_8));
    }
    assertEquals(List.of(0), told, "one event for one request");
  }

  @Test
  void anAsynchronousDispatchToAnythingElseIsDecidedAnew() throws IOException, ServletException {
    Call call = Call.get("/api/v1/collections?tenant=acme").as("alice");
    HttpServletRequest request = call.request();
    assertEquals(200, Call.through(filter, request).status());
    call.dispatchedBy(DispatcherType.ASYNC).query = "tenant=globex";
    assertEquals(403, Call.through(filter, request).status());
    call.query = "tenant=acme";
    call.method = "POST";
    assertEquals(400, Call.through(filter, request).status());
    call.method = "GET";
    call.headers.clear();
    assertEquals(401, Call.through(Team.filter(), request).status());
  }

  @Test
  void ourOwnIdentityIsNotTakenForTheContainers() throws IOException, ServletException {
    // a provider that believes the container must not believe this filter's first pass
    List<Principal> believed = new ArrayList<>();
    ChromaAuthFilter own =
        ChromaAuthFilter.builder()
            .authentication(
                headers -> {
                  headers.containerPrincipal().ifPresent(believed::add);
                  return new AuthnResult.Authenticated(UserIdentity.of("u", "own"));
                })
            .build();
    HttpServletRequest first = Call.get("/api/v2/tenants/x").through(own).seen();
    assertTrue(first.getUserPrincipal() instanceof UserIdentity);
    Call.through(own, dispatched(first, DispatcherType.FORWARD));
    assertFalse(believed.stream().anyMatch(UserIdentity.class::isInstance), believed::toString);
  }

  /** The same request as a container hands it on. */
  private static HttpServletRequest dispatched(HttpServletRequest request, DispatcherType type) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public DispatcherType getDispatcherType() {
        return type;
      }
    };
  }
}
