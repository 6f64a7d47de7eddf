package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Decision;
import io.chromaauth.Settings;
import io.chromaauth.settings.Names;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 4 of the design, "Singleton overwrite", at the filter. */
class SingletonOverwriteTest {
  private static final String DEFAULTS =
      "/api/v2/tenants/default_tenant/databases/default_database";
  private static final String ID = "/00000000-0000-4000-8000-00000000000";

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // bounds | method | sent to | goes to, or refused with
        "acme/docs | GET | /api/v2/tenants/default_tenant | /api/v2/tenants/acme",
        "acme/docs | HEAD | /api/v2/tenants/default_tenant | /api/v2/tenants/acme",
        "acme/docs | GET | /api/v2/tenants/default_tenant/ | /api/v2/tenants/acme/",
        "acme/docs | GET | /api/v2/tenants/%64efault_tenant | /api/v2/tenants/acme",
        "acme/docs | GET | /api/v2/tenants/acme | /api/v2/tenants/acme",
        "acme/docs | GET | /api/v2/tenants/%61cme | /api/v2/tenants/%61cme",
        "acme/docs | GET | /api/v2/tenants/globex | 403",
        "acme/docs | GET | /api/v2/tenants/Default_tenant | 403",
        "acme/docs | GET | /api/v2/tenants/default_database | 403",
        "acme/docs | GET | /api/v2/tenants/default_tenant/databases/default_database |"
            + " /api/v2/tenants/acme/databases/docs",
        "acme/docs | DELETE | /api/v2/tenants/default_tenant/databases/default_database |"
            + " /api/v2/tenants/acme/databases/docs",
        // each level by itself
        "acme/docs | GET | /api/v2/tenants/acme/databases/default_database |"
            + " /api/v2/tenants/acme/databases/docs",
        "acme/docs | GET | /api/v2/tenants/default_tenant/databases/docs |"
            + " /api/v2/tenants/acme/databases/docs",
        "acme/docs | GET | /api/v2/tenants/default_tenant/databases/other | 403",
        "acme/docs | GET | /api/v2/tenants/globex/databases/default_database | 403",
        "acme/- | GET | /api/v2/tenants/default_tenant/databases/default_database |"
            + " /api/v2/tenants/acme/databases/default_database",
        "-/docs | GET | /api/v2/tenants/default_tenant/databases/default_database |"
            + " /api/v2/tenants/default_tenant/databases/docs",
        "-/docs | GET | /api/v2/tenants/globex/databases/default_database |"
            + " /api/v2/tenants/globex/databases/docs",
        // two databases or none are not an only one
        "acme/docs+other | GET | /api/v2/tenants/default_tenant/databases/default_database | 403",
        "acme/docs+default_database | GET |"
            + " /api/v2/tenants/default_tenant/databases/default_database |"
            + " /api/v2/tenants/acme/databases/default_database",
        "acme/0 | GET | /api/v2/tenants/default_tenant/databases/default_database | 403",
        "acme/0 | GET | /api/v2/tenants/default_tenant | /api/v2/tenants/acme",
        // the default itself is an only one like any other
        "default_tenant/docs | GET | /api/v2/tenants/default_tenant/databases/default_database |"
            + " /api/v2/tenants/default_tenant/databases/docs",
        "default_tenant/default_database | GET |"
            + " /api/v2/tenants/default_tenant/databases/default_database?x=y |"
            + " /api/v2/tenants/default_tenant/databases/default_database?x=y",
        // a query may repeat the path, before and after
        "acme/docs | GET | /api/v2/tenants/default_tenant?tenant=default_tenant |"
            + " /api/v2/tenants/acme?tenant=acme",
        "acme/docs | GET | /api/v2/tenants/default_tenant?a=1&tenant=default_tenant&b=2 |"
            + " /api/v2/tenants/acme?a=1&b=2&tenant=acme",
        "acme/docs | GET | /api/v2/tenants/default_tenant?tenant=acme | 400",
        "acme/docs | GET | /api/v2/tenants/acme?tenant=default_tenant | 400",
        "acme/docs | GET | /api/v2/tenants/default_tenant?database=default_database | 400",
        "acme/docs | GET | /api/v2/tenants/default_tenant?tenant=default_tenant&tenant=default_tenant"
            + " | 400",
        "acme/docs | GET | /api/v2/tenants/default_tenant?x=%2F+1&&y | "
            + "/api/v2/tenants/acme?x=%2F+1&&y",
        "acme/docs | GET | /api/v2/tenants/default_tenant? | /api/v2/tenants/acme?",
        "acme/docs | GET |"
            + " /api/v2/tenants/default_tenant/databases/default_database/collections/default_tenant |"
            + " /api/v2/tenants/acme/databases/docs/collections/default_tenant",
        "acme/docs | POST |"
            + " /api/v2/tenants/default_tenant/databases/default_database/collections/"
            + "00000000-0000-4000-8000-00000000000a/query |"
            + " /api/v2/tenants/acme/databases/docs/collections/"
            + "00000000-0000-4000-8000-00000000000a/query",
        "acme/docs | POST |"
            + " /api/v2/tenants/default_tenant/databases/default_database/collections/"
            + "00000000-0000-4000-8000-00000000000d/query | 404",
        // what names nothing is not touched
        "acme/docs | PATCH | /api/v2/tenants/default_tenant | 403",
        "acme/docs | GET | /api/v2/pre-flight-checks?tenant=default_tenant |"
            + " /api/v2/pre-flight-checks?tenant=default_tenant",
        "acme/docs | GET | /api/v2/heartbeat?tenant=default_tenant |"
            + " /api/v2/heartbeat?tenant=default_tenant",
      })
  void onVersion2TheOnlyOneTakesTheDefaultsPlace(
      String bounds, String method, String sent, String expected)
      throws IOException, ServletException {
    assertGoes(expected, Call.of(method, sent), Singleton.bounds(bounds));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // absent means the default, which is added
        "acme/docs | GET | /api/v1/collections | /api/v1/collections?database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections/ | /api/v1/collections/?database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections? | /api/v1/collections?database=docs&tenant=acme",
        "acme/- | GET | /api/v1/collections | /api/v1/collections?tenant=acme",
        "-/docs | GET | /api/v1/collections | /api/v1/collections?database=docs",
        "acme/docs+x | GET | /api/v1/collections | 403",
        "acme/docs+x | GET | /api/v1/collections?database=x | "
            + "/api/v1/collections?database=x&tenant=acme",
        "acme/docs | GET | /api/v1/count_collections | "
            + "/api/v1/count_collections?database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections/c | "
            + "/api/v1/collections/c?database=docs&tenant=acme",
        "acme/docs | DELETE | /api/v1/collections/c | "
            + "/api/v1/collections/c?database=docs&tenant=acme",
        // the default as a text is replaced, anything else is kept or refused
        "acme/docs | GET | /api/v1/collections?tenant=default_tenant&database=default_database | "
            + "/api/v1/collections?database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections?%74enant=default%5Ftenant | "
            + "/api/v1/collections?database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections?tenant=acme&database=docs | "
            + "/api/v1/collections?tenant=acme&database=docs",
        "acme/docs | GET | /api/v1/collections?tenant=acme | "
            + "/api/v1/collections?tenant=acme&database=docs",
        "acme/docs | GET | /api/v1/collections?tenant=globex | 403",
        "acme/docs | GET | /api/v1/collections?database=other | 403",
        "acme/docs | GET | /api/v1/collections?limit=5&tenant=default_tenant&x=%2F+%zz&offset | "
            + "/api/v1/collections?limit=5&x=%2F+%zz&offset&database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections?Tenant=default_tenant | "
            + "/api/v1/collections?Tenant=default_tenant&database=docs&tenant=acme",
        "acme/docs | GET | /api/v1/collections?tenant=default_tenant&tenant=default_tenant | 400",
        "acme/docs | GET | /api/v1/collections?tenant=default_tenant&%74enant=acme | 400",
        "acme/docs | GET | /api/v1/collections?tenant= | 400",
        "acme/docs | GET | /api/v1/collections?database | 400",
        // what stands in the path
        "acme/docs | GET | /api/v1/tenants/default_tenant | /api/v1/tenants/acme",
        "acme/docs | GET | /api/v1/tenants/globex | 403",
        "acme/docs | GET | /api/v1/databases/default_database | /api/v1/databases/docs?tenant=acme",
        "acme/docs | GET | /api/v1/databases/docs | /api/v1/databases/docs?tenant=acme",
        "acme/docs | GET | /api/v1/databases/other | 403",
        "acme/docs | GET | /api/v1/databases/default_database?database=default_database | "
            + "/api/v1/databases/docs?database=docs&tenant=acme",
        "-/docs | GET | /api/v1/databases/default_database | /api/v1/databases/docs",
        // a UUID names nothing else, and nothing is put in for it
        "acme/docs | POST | /api/v1/collections/00000000-0000-4000-8000-00000000000a/query | "
            + "/api/v1/collections/00000000-0000-4000-8000-00000000000a/query",
        "acme/docs | GET | /api/v1/collections/00000000-0000-4000-8000-00000000000a/count?x=y | "
            + "/api/v1/collections/00000000-0000-4000-8000-00000000000a/count?x=y",
        "acme/docs | POST | /api/v1/collections/00000000-0000-4000-8000-00000000000d/query | 404",
        "acme/docs | POST | /api/v1/reset | 403",
        "acme/docs | GET | /api/v1/pre-flight-checks | /api/v1/pre-flight-checks",
      })
  void onVersion1ItIsAddedWhereNothingIsSaid(
      String bounds, String method, String sent, String expected)
      throws IOException, ServletException {
    assertGoes(expected, Call.of(method, sent), Singleton.bounds(bounds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // name | in a path, or 400 where no path can say it | in a query
        "a b | a%20b | a%20b",
        "a/b | 400 | a%2Fb",
        "100% | 400 | 100%25",
        "%2e | 400 | %252e",
        "a%2Fb | 400 | a%252Fb",
        "é | %C3%A9 | %C3%A9",
        "日本 | %E6%97%A5%E6%9C%AC | %E6%97%A5%E6%9C%AC",
        "a.b | a.b | a.b",
        ". | 400 | .",
        ".. | 400 | ..",
        "a;b | 400 | a%3Bb",
        "a\\b | 400 | a%5Cb",
        "a+b | a%2Bb | a%2Bb",
        "a&b=c | a%26b%3Dc | a%26b%3Dc",
        "a?b#c | a%3Fb%23c | a%3Fb%23c",
        "-_~.0 | -_~.0 | -_~.0",
        "{tenant} | %7Btenant%7D | %7Btenant%7D",
      })
  void aNameIsEncodedOnceAndRefusedWhereNoPathCanSayIt(String name, String path, String query)
      throws IOException, ServletException {
    Bounds bounds = new Bounds(name, null, null);
    String v2 = path.equals("400") ? path : "/api/v2/tenants/" + path + "/databases/d";
    assertGoes(v2, Call.get("/api/v2/tenants/default_tenant/databases/d"), bounds);
    assertGoes("/api/v1/collections?tenant=" + query, Call.get("/api/v1/collections"), bounds);
  }

  @Test
  void aNameThatBreaksLinesIsRefused() throws IOException, ServletException {
    for (String name : List.of("a\nb", "a\u2028b", "\u0000", "a\u007Fb")) {
      Bounds bounds = new Bounds(name, null, null);
      assertGoes("400", Call.get("/api/v2/tenants/default_tenant"), bounds);
    }
  }

  static Stream<Route> routesThatNameSomething() {
    return Stream.concat(ChromaRoutes.V1.stream(), ChromaRoutes.V2.stream())
        .filter(r -> r.access() == Route.Access.ACTION && r.body() == Route.Body.NOTHING)
        .filter(r -> r.names() != Route.Names.NOWHERE && !r.template().contains(Route.ID))
        .filter(r -> !r.actions().contains(AuthzAction.LIST_DATABASES)); // the filter's to answer
  }

  /** Property: the resource that was decided on is the one that the forwarded target names. */
  @ParameterizedTest
  @MethodSource("routesThatNameSomething")
  void whatIsDecidedOnIsWhatGoesOn(Route route) throws IOException, ServletException {
    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      String tenant = name(random);
      String database = name(random);
      List<AuthzResource> decided = new ArrayList<>();
      ChromaAuthFilter filter =
          Singleton.deciding(
              new Bounds(tenant, List.of(database), null),
              (identity, action, resource) -> {
                decided.add(resource);
                return new Decision.Allowed("all");
              });
      String path = "/" + String.join("/", route.template());
      Call call =
          Call.of(
              route.method(),
              path.replace(Route.TENANT, "default_tenant")
                  .replace(Route.DATABASE, "default_database")
                  .replace(Route.COLLECTION, "c"));
      Outcome outcome = call.through(filter);
      if (outcome.reachedTheApplication()) {
        HttpServletRequest seen = outcome.seen();
        RequestPath forwarded = RequestPath.parse(seen.getRequestURI());
        ResourceNames names =
            ResourceNames.of(route, forwarded, Query.parse(seen.getQueryString()));
        assertNotNull(names);
        assertEquals(List.of(names.resource()), decided);
        assertEquals(tenant, decided.get(0).tenant());
      } else {
        assertEquals(List.of(), decided, "ambiguous before anybody decides");
        assertEquals(400, outcome.status());
      }
    }
  }

  private static String name(Random random) {
    String alphabet = "abZ09-_.~ %/;+&=?é日\\*";
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      name.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return name.toString();
  }

  @Test
  void offByDefaultNothingIsReplaced() throws IOException, ServletException {
    ChromaAuthFilter off = Team.filter();
    assertEquals(403, Call.get(DEFAULTS).as("dora").through(off).status());
    assertEquals(403, Call.get("/api/v1/collections").as("dora").through(off).status());
    assertEquals(
        403, Call.get(DEFAULTS).as("dora").through(Team.filter(Names.OVERWRITE, "FALSE")).status());
    assertTrue(off.summary().details().stream().noneMatch(line -> line.contains("singleton")));
  }

  @Test
  void onItIsToldInTheBannerAndUsersOfAFileHaveIt() throws IOException, ServletException {
    ChromaAuthFilter on = Team.filter(Names.OVERWRITE, "TRUE");
    assertTrue(
        on.summary()
            .details()
            .contains("a singleton tenant or database takes the place of Chroma's default"));
    assertEquals(
        "/api/v2/tenants/acme/databases/docs",
        Call.get(DEFAULTS).as("dora").through(on).seen().getRequestURI());
    assertEquals(
        "/api/v2/tenants/acme/databases/default_database",
        Call.get(DEFAULTS).as("alice").through(on).seen().getRequestURI());
    assertEquals(DEFAULTS, Call.get(DEFAULTS).as("root").through(on).seen().getRequestURI());
    assertEquals(403, Call.get(DEFAULTS).as("idle").through(on).status());
    assertEquals(401, Call.get(DEFAULTS).through(on).status());
  }

  @Test
  void aStarInAFileIsNoOnlyOne() throws IOException, ServletException {
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(
                Settings.of(
                    "test",
                    Map.of(
                        Names.OVERWRITE,
                        "TRUE",
                        Names.AUTHN_PROVIDER,
                        "token",
                        Names.AUTHN_CREDENTIALS,
                        """
                        users:
                        - {id: s, tokens: [s-token], tenant: '*', databases: ['*']}
                        - {id: t, tokens: [t-token], tenant: '*', databases: [docs]}
                        """)))
            .build();
    assertEquals(DEFAULTS, Call.get(DEFAULTS).as("s").through(filter).seen().getRequestURI());
    assertEquals(
        "/api/v2/tenants/default_tenant/databases/docs",
        Call.get(DEFAULTS).as("t").through(filter).seen().getRequestURI());
  }

  @Test
  void whoIsNotBoundedIsLeftAlone() throws IOException, ServletException {
    ChromaAuthFilter filter = Singleton.filter(Bounds.NONE);
    for (String target : List.of(DEFAULTS, "/api/v1/collections?x=1", "/api/v1/collections")) {
      HttpServletRequest seen = Call.get(target).through(filter).seen();
      String query = seen.getQueryString();
      assertEquals(target, seen.getRequestURI() + (query == null ? "" : "?" + query));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/databases | {\"name\":\"docs\"} | /api/v1/databases?tenant=acme",
        "/api/v1/databases | {\"name\":\"default_database\"} | 403",
        "/api/v1/databases?database=docs | {\"name\":\"docs\"} | "
            + "/api/v1/databases?database=docs&tenant=acme",
        "/api/v2/tenants/default_tenant/databases | {\"name\":\"docs\"} | "
            + "/api/v2/tenants/acme/databases",
        "/api/v2/tenants/default_tenant/databases | {\"name\":\"default_database\"} | 403",
        "/api/v1/tenants | {\"name\":\"default_tenant\"} | 403",
        "/api/v1/collections | {\"name\":\"default_tenant\",\"tenant\":\"default_tenant\"} | "
            + "/api/v1/collections?database=docs&tenant=acme",
      })
  void aBodyIsNeverRewritten(String target, String body, String expected)
      throws IOException, ServletException {
    Call call = Call.post(target).json(body);
    Outcome outcome = assertGoes(expected, call, Singleton.bounds("acme/docs"));
    if (outcome.reachedTheApplication()) {
      byte[] bytes = outcome.seen().getInputStream().readAllBytes();
      assertEquals(body, new String(bytes, UTF_8));
    }
  }

  @Test
  void belowAPathPrefixAndAContextPathTheSameSegmentsAreReplaced()
      throws IOException, ServletException {
    ChromaAuthFilter filter =
        Singleton.filter(
            new Bounds("acme", List.of("docs"), null), Names.PATH_PREFIX, "/default_tenant/x");
    Call call =
        Call.get("/default_tenant/default_tenant/x" + DEFAULTS + "?q").below("/default_tenant");
    HttpServletRequest seen = call.through(filter).seen();
    assertEquals(
        "/default_tenant/default_tenant/x/api/v2/tenants/acme/databases/docs",
        seen.getRequestURI());
    assertEquals("q", seen.getQueryString());
  }

  @Test
  void theOwnerOfAUuidIsLookedForWhereTheRequestGoes() throws IOException, ServletException {
    List<String> asked = new ArrayList<>();
    CollectionResolver resolver =
        (id, tenant, database) -> {
          asked.add(tenant + "/" + database);
          return Team.resolve(id, tenant, database);
        };
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(Team.settings(Names.OVERWRITE, "TRUE"))
            .resolver(resolver)
            .build();
    Call call = Call.post(DEFAULTS + "/collections" + ID + "a/get").as("dora");
    assertEquals(200, call.through(filter).status());
    assertEquals(List.of("acme/docs"), asked);
  }

  @Test
  void anIncludeIsNotRewrittenBecauseNoWrapperCould() throws IOException, ServletException {
    ChromaAuthFilter filter = Singleton.filter(Singleton.bounds("acme/docs"));
    for (DispatcherType type : List.of(DispatcherType.INCLUDE, DispatcherType.FORWARD)) {
      Call call =
          Call.get(DEFAULTS)
              .attribute(RequestDispatcher.INCLUDE_REQUEST_URI, DEFAULTS)
              .dispatchedBy(type);
      assertEquals(type == DispatcherType.INCLUDE ? 403 : 200, call.through(filter).status());
    }
    Call own =
        Call.get("/x")
            .attribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/api/v2/tenants/acme/databases/docs")
            .dispatchedBy(DispatcherType.INCLUDE);
    assertEquals("/x", own.through(filter).seen().getRequestURI());
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"REQUEST", "FORWARD"})
  void whatWasRewrittenIsRewrittenOnceHoweverOftenItPasses(DispatcherType type)
      throws IOException, ServletException {
    ChromaAuthFilter filter = Singleton.filter(Singleton.bounds("acme/docs"));
    for (String sent : List.of(DEFAULTS + "?tenant=default_tenant", "/api/v1/collections?x=1")) {
      HttpServletRequest first = Call.get(sent).through(filter).seen();
      HttpServletRequest second = Call.through(filter, dispatched(first, type)).seen();
      assertEquals(first.getRequestURI(), second.getRequestURI());
      assertEquals(first.getQueryString(), second.getQueryString());
    }
  }

  @Test
  void anAsynchronousDispatchOfARewrittenRequestIsTheSameDecision()
      throws IOException, ServletException {
    List<Integer> told = new ArrayList<>();
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(Team.settings(Names.OVERWRITE, "TRUE"))
            .listener(event -> told.add(event.status()))
            .build();
    for (String sent : List.of(DEFAULTS + "?tenant=default_tenant", "/api/v1/collections?x=1")) {
      Call call = Call.get(sent).as("dora");
      HttpServletRequest container = call.request();
      HttpServletRequest first = Call.through(filter, container).seen();
      call.headers.clear(); // the credentials may be gone by then
      for (HttpServletRequest started : List.of(container, first)) {
        HttpServletRequest again = dispatched(started, DispatcherType.ASYNC);
        HttpServletRequest second = Call.through(filter, again).seen();
        assertEquals("dora", second.getRemoteUser());
        assertEquals(first.getRequestURI(), second.getRequestURI());
        assertEquals(first.getQueryString(), second.getQueryString());
      }
    }
    assertEquals(List.of(0, 0), told, "one event for one request");
  }

  @Test
  void anAsynchronousDispatchNearTheRewrittenPlaceIsDecidedAnew()
      throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter(Names.OVERWRITE, "TRUE");
    Call call = Call.get(DEFAULTS).as("dora");
    HttpServletRequest request = call.request();
    assertEquals(200, Call.through(filter, request).status());
    call.dispatchedBy(DispatcherType.ASYNC).headers.clear();
    for (String uri : List.of("/api/v2/tenants/acme", "/api/v2/tenants/globex")) {
      call.uri = uri;
      assertEquals(401, Call.through(filter, request).status());
    }
    call.uri = "/api/v2/tenants/acme/databases/docs";
    assertEquals(200, Call.through(filter, request).status());
    call.query = "tenant=globex";
    assertEquals(401, Call.through(filter, request).status());
    call.query = null;
    call.method = "DELETE";
    assertEquals(401, Call.through(filter, request).status());
  }

  @Test
  void aListIsAnsweredForTheReplacedPlace() throws IOException, ServletException {
    List<String> asked = new ArrayList<>();
    CollectionResolver resolver =
        new CollectionResolver() {
          @Override
          public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
            return new NotFound();
          }

          @Override
          public Listing list(String tenant, @Nullable String database, int limit, int offset) {
            asked.add(tenant + "/" + database);
            return new Page(List.of(new Element("docs-a", "{}"), new Element("other", "{}")));
          }
        };
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder()
            .settings(Team.settings(Names.OVERWRITE, "TRUE"))
            .resolver(resolver)
            .build();
    assertEquals("[{}]", Call.get("/api/v1/collections").as("pat").through(filter).body());
    assertEquals("[{}]", Call.get(DEFAULTS + "/collections").as("pat").through(filter).body());
    assertEquals(List.of("acme/docs", "acme/docs"), asked);
  }

  private static Outcome assertGoes(String expected, Call call, Bounds bounds)
      throws IOException, ServletException {
    CollectionResolver resolver =
        new CollectionResolver() {
          @Override
          public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
            return Team.resolve(id, tenant, database);
          }

          @Override
          public boolean findsWithoutPath() {
            return true;
          }
        };
    ChromaAuthFilter filter = Singleton.resolving(bounds, resolver);
    Outcome outcome = call.through(filter);
    if (!expected.startsWith("/")) {
      assertEquals(Integer.parseInt(expected), outcome.status(), outcome::body);
      return outcome;
    }
    HttpServletRequest seen = outcome.seen();
    String query = seen.getQueryString();
    assertEquals(expected, seen.getRequestURI() + (query == null ? "" : "?" + query));
    return outcome;
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
