package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthEvent;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Settings;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4 of the design, "Lists": the filter answers where the application would show more. */
class VisibleListsTest {
  private static final String DATABASES = "/api/v2/tenants/acme/databases";
  private static final String V1 = "/api/v1/collections?tenant=acme&database=docs";
  private static final String V1_COUNT = "/api/v1/count_collections?tenant=acme&database=docs";

  private final Server server = new Server();
  private final ChromaAuthFilter filter = filter(server);

  @Test
  void onlyWhatIsVisibleIsShownInTheServersOrderAndAsItStandsThere()
      throws IOException, ServletException {
    server.collections = List.of("docs-z", "private", "docs-a", "Docs-b", "docs-", "docs");
    assertEquals(listed("docs-z", "docs-a", "docs-"), body("pat", Team.V2));
    assertEquals(listed("docs-z", "docs-a", "docs-"), body("pat", V1));
    assertEquals("3", body("pat", Team.V2 + "_count"));
    assertEquals("3", body("pat", V1_COUNT));
    server.databases = List.of("other", "docs", "DOCS");
    assertEquals(listed("docs"), body("dora", DATABASES));
    assertEquals(listed("docs"), body("pat", DATABASES));
  }

  @Test
  void itAsksForThePlaceOfThePathAlone() throws IOException, ServletException {
    body("pat", Team.V2);
    body("dora", DATABASES);
    assertEquals(List.of("acme/docs 1000 0", "acme/null 1000 0"), server.asked);
  }

  @Test
  void whoMaySeeAllAsksTheApplication() throws IOException, ServletException {
    for (String user : List.of("root", "rita", "alice")) {
      assertTrue(call(user, DATABASES).reachedTheApplication(), user);
    }
    assertTrue(call("dora", Team.V2).reachedTheApplication());
    assertTrue(call("dora", Team.V2 + "_count").reachedTheApplication());
    assertEquals(List.of(), server.asked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "limit=2 | docs-0 docs-1",
        "limit=2&offset=1 | docs-1 docs-2",
        "offset=3 | docs-3 docs-4",
        "limit=9&offset=4 | docs-4",
        "limit=9&offset=5 | -",
        "limit=0 | -",
        "limit=2&tenant=acme&database=docs | docs-0 docs-1"
      })
  void limitAndOffsetCountWhatIsVisible(String query, @Nullable String shown)
      throws IOException, ServletException {
    server.collections =
        List.of("a", "docs-0", "b", "docs-1", "c", "docs-2", "docs-3", "d", "docs-4", "e");
    String expected = shown == null ? "[]" : listed(shown.split(" ", -1));
    assertEquals(expected, body("pat", Team.V2 + "?" + query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1", "offset=3", "limit=2&offset=1"})
  void aCountCountsAllWhateverElseIsAskedFor(String query) throws IOException, ServletException {
    // Chroma's count takes no limit
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add("docs-" + i);
    }
    server.collections = many;
    assertEquals("2500", body("pat", Team.V2 + "_count?" + query));
  }

  @Test
  void longListsAreReadInPagesAsFarAsNeeded() throws IOException, ServletException {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add((i % 2 == 0 ? "docs-" : "x-") + i);
    }
    server.collections = many;
    assertEquals("1250", body("pat", Team.V2 + "_count"));
    assertEquals(3, server.asked.size());
    server.asked.clear();
    assertEquals(listed("docs-0", "docs-2"), body("pat", Team.V2 + "?limit=2"));
    assertEquals(1, server.asked.size());
    server.asked.clear();
    assertEquals(listed("docs-2498"), body("pat", Team.V2 + "?limit=5&offset=1249"));
    assertEquals(3, server.asked.size());
  }

  @Test
  void aListWithoutEndIsGivenUp() throws IOException, ServletException {
    server.endless = true;
    Outcome outcome = call("pat", Team.V2);
    assertEquals(503, outcome.status());
    assertEquals(100, server.asked.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=-1", "limit=x", "limit=1&limit=2", "offset=", "limit=99999999999"})
  void aMalformedPartIs400(String query) throws IOException, ServletException {
    assertEquals(400, call("pat", Team.V2 + "?" + query).status());
    assertEquals(400, call("dora", DATABASES + "?" + query).status());
    assertEquals(List.of(), server.asked);
  }

  @ParameterizedTest
  @CsvSource({
    "pat, /api/v2/tenants/globex/databases, 403",
    "pat, /api/v2/tenants/acme/databases/other/collections, 403",
    "pat, /api/v2/tenants/acme/databases?tenant=globex, 400",
    "pat, /api/v1/collections, 403",
    "carl, /api/v2/tenants/acme/databases, 403",
    "idle, /api/v2/tenants/acme/databases, 403"
  })
  void aListOutsideTheBoundsIsRefusedBeforeItIsRead(String user, String target, int status)
      throws IOException, ServletException {
    assertEquals(status, call(user, target).status());
    assertEquals(List.of(), server.asked);
  }

  @Test
  void headIsDecidedAsGet() throws IOException, ServletException {
    Outcome outcome = Call.of("HEAD", Team.V2).as("pat").through(filter);
    assertFalse(outcome.reachedTheApplication());
    assertEquals(200, outcome.status());
  }

  @Test
  void whatCanNotBeListedIsNotShown() throws IOException, ServletException {
    server.answer = new CollectionResolver.Unavailable("down s3cr3t");
    Outcome down = call("pat", Team.V2);
    assertEquals(503, down.status());
    assertEquals("1", down.header("Retry-After"));
    assertFalse(down.body().contains("s3cr3t"));
    server.answer = new CollectionResolver.NotFound();
    assertEquals(404, call("pat", Team.V2).status());
    server.answer = new CollectionResolver.Unsupported();
    assertEquals(403, call("pat", Team.V2).status());
    server.failing = true;
    assertEquals(503, call("pat", Team.V2).status());
  }

  @Test
  @SuppressWarnings("NullAway") // a host's class need not be null-marked
  void aResolverThatListsNullIs503() throws IOException, ServletException {
    server.answer = null;
    server.nothing = true;
    assertEquals(503, call("pat", Team.V2).status());
  }

  @Test
  void aDenialHidesWhatItNames() throws IOException, ServletException {
    String rules =
        """
        roles_mapping:
          most:
            actions: ["db:*", "collection:*", "tenant:get_tenant"]
            deny:
            - {actions: ["db:*", "collection:*"], tenant: acme, databases: [hr]}
            - {actions: ["db:list_collections", "db:count_collections", "collection:*"],
               collections: ["secret-*"]}
        users:
        - {id: u, role: most}
        """;
    Settings settings =
        Settings.of(
            "test",
            Map.of(
                Names.AUTHN_PROVIDER, "token",
                Names.AUTHN_CREDENTIALS, "users:\n- {id: u, tokens: [u-token]}\n",
                Names.AUTHZ_PROVIDER, "simple_rbac",
                Names.AUTHZ_CONFIG, rules));
    ChromaAuthFilter denying =
        ChromaAuthFilter.builder().settings(settings).resolver(server).build();
    server.databases = List.of("docs", "hr");
    server.collections = List.of("a", "secret-b");
    assertEquals(listed("docs"), Call.get(DATABASES).as("u").through(denying).body());
    assertEquals(listed("a"), Call.get(Team.V2).as("u").through(denying).body());
    assertEquals("1", Call.get(Team.V2 + "_count").as("u").through(denying).body());
    String hr = "/api/v2/tenants/acme/databases/hr";
    assertEquals(403, Call.get(hr + "/collections").as("u").through(denying).status());
    assertEquals(403, Call.get(hr).as("u").through(denying).status());
    assertEquals(403, Call.get(Team.V2 + "/secret-x").as("u").through(denying).status());
    assertEquals(200, Call.get(Team.V2 + "/open").as("u").through(denying).status());
    assertEquals(403, Call.of("DELETE", hr).as("u").through(denying).status());
  }

  @Test
  void aListThatIsAnsweredHereIsOneEvent() throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter told =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver(server)
            .listener(events::add)
            .build();
    Call.get(Team.V2).as("pat").through(told);
    assertEquals(1, events.size());
    assertEquals(200, events.get(0).status());
    assertEquals("pat", events.get(0).userId());
    assertEquals("db:list_collections", String.valueOf(events.get(0).action()));
  }

  private String body(String user, String target) throws IOException, ServletException {
    Outcome outcome = call(user, target);
    assertFalse(outcome.reachedTheApplication());
    assertEquals(200, outcome.status(), outcome.body());
    assertEquals("application/json", outcome.response().contentType());
    return outcome.body();
  }

  private Outcome call(String user, String target) throws IOException, ServletException {
    return Call.get(target).as(user).through(filter);
  }

  private static ChromaAuthFilter filter(CollectionResolver resolver) {
    return ChromaAuthFilter.builder().settings(Team.settings()).resolver(resolver).build();
  }

  private static String listed(String... names) {
    return "[" + String.join(",", Stream.of(names).map(VisibleListsTest::json).toList()) + "]";
  }

  private static String json(String name) {
    return "{ \"id\":1.0, \"name\":\"" + name + "\" }";
  }

  /** What a server lists. */
  private static final class Server implements CollectionResolver {
    private List<String> databases = List.of("docs");
    private List<String> collections = List.of("docs-a");
    private final List<String> asked = new ArrayList<>();
    private @Nullable Listing answer;
    private boolean nothing;
    private boolean failing;
    private boolean endless;

    @Override
    public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
      return new NotFound();
    }

    @Override
    @SuppressWarnings("NullAway") // to see what becomes of null
    public Listing list(String tenant, @Nullable String database, int limit, int offset) {
      asked.add(tenant + "/" + database + " " + limit + " " + offset);
      if (failing) {
        throw new IllegalStateException("broken");
      }
      if (answer != null || nothing) {
        return answer;
      }
      List<String> names = database == null ? databases : collections;
      List<Element> all = names.stream().map(name -> new Element(name, json(name))).toList();
      if (endless) {
        return new Page(Collections.nCopies(limit, new Element("x", json("x"))));
      }
      int from = Math.min(offset, all.size());
      return new Page(all.subList(from, Math.min(from + limit, all.size())));
    }
  }
}
