package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4 of the design at the filter: "UUIDs prove nothing". */
class BoundedIdsTest {
  private final ChromaAuthFilter filter = Team.filter();

  /** All routes that name a UUID below a tenant's path. */
  static List<Route> routesById() {
    return ChromaRoutes.V2.stream().filter(r -> r.template().contains(Route.ID)).toList();
  }

  @ParameterizedTest
  @MethodSource("routesById")
  void aUuidMustBeInThePathsTenantAndDatabase(Route route) throws IOException, ServletException {
    for (String user : List.of("alice", "dora", "pat")) {
      assertEquals(200, byId(route, Team.DOCS_A).as(user).through(filter).status());
      Set<String> answers = new HashSet<>();
      for (UUID id : List.of(Team.FOREIGN, Team.ELSEWHERE, Team.UNKNOWN)) {
        Outcome outcome = byId(route, id).as(user).through(filter);
        assertEquals(404, outcome.status(), user + " " + id);
        assertEquals(
            "{\"error\":\"NotFoundError\",\"message\":\"Collection [" + id + "] does not exist\"}",
            outcome.body());
        answers.add(outcome.response().headerNames() + outcome.body().replace(id.toString(), "ID"));
      }
      assertEquals(1, answers.size(), "unknown, foreign and elsewhere are the same answer");
    }
    assertEquals(404, byId(route, Team.PRIVATE).as("pat").through(filter).status());
    assertEquals(200, byId(route, Team.PRIVATE).as("dora").through(filter).status());
    assertEquals(200, byId(route, Team.FOREIGN).as("root").through(filter).status());
  }

  @ParameterizedTest
  @MethodSource("routesById")
  void anUpperCaseUuidIsTheSameUuid(Route route) throws IOException, ServletException {
    Call call = byId(route, Team.FOREIGN);
    call.uri =
        call.uri.replace(Team.FOREIGN.toString(), Team.FOREIGN.toString().toUpperCase(Locale.ROOT));
    assertEquals(404, call.as("alice").through(filter).status());
  }

  @ParameterizedTest
  @MethodSource("routesById")
  void withoutAResolverABoundedIdentityIsRefused(Route route) throws IOException, ServletException {
    ChromaAuthFilter without = Team.filterWithoutResolver();
    for (String user : List.of("alice", "dora", "pat")) {
      assertEquals(403, byId(route, Team.DOCS_A).as(user).through(without).status());
    }
    assertEquals(200, byId(route, Team.DOCS_A).as("root").through(without).status());
    assertEquals(true, without.summary().warnings().toString().contains("no resolver"));
  }

  @ParameterizedTest
  @MethodSource("routesById")
  void whereThePathIsTrustedOnlyPatternsAreLeftRefused(Route route)
      throws IOException, ServletException {
    ChromaAuthFilter trusting = Team.filterWithoutResolver("CHROMA_AUTH_RESOLVER", "trust-path");
    assertEquals(200, byId(route, Team.UNKNOWN).as("alice").through(trusting).status());
    assertEquals(200, byId(route, Team.UNKNOWN).as("dora").through(trusting).status());
    assertEquals(403, byId(route, Team.DOCS_A).as("pat").through(trusting).status());
    Call foreign = byId(route, Team.FOREIGN);
    foreign.uri = foreign.uri.replace("acme", "globex");
    assertEquals(403, foreign.as("alice").through(trusting).status());
    assertEquals(true, trusting.summary().details().toString().contains("trust-path"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "update", "upsert", "get", "delete", "query", "count", ""})
  void aV1RouteByUuidIsRefusedToBoundedIdentities(String verb)
      throws IOException, ServletException {
    String id = "/api/v1/collections/" + Team.DOCS_A + (verb.isEmpty() ? "" : "/" + verb);
    String method = verb.isEmpty() ? "PUT" : verb.equals("count") ? "GET" : "POST";
    for (ChromaAuthFilter each :
        List.of(
            filter,
            Team.filterWithoutResolver(),
            Team.filterWithoutResolver("CHROMA_AUTH_RESOLVER", "trust-path"))) {
      for (String user : List.of("alice", "dora", "pat")) {
        for (String query : List.of("", "?tenant=acme&database=docs")) {
          Call call = Call.of(method, id + query).as(user).json("{}");
          assertEquals(403, call.through(each).status(), user + query);
        }
      }
      assertEquals(200, Call.of(method, id).as("root").json("{}").through(each).status());
    }
  }

  @Test
  void aResolverThatNeedsNoPathServesV1ByTheOwnerItFinds() throws IOException, ServletException {
    ChromaAuthFilter own =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver(
                new CollectionResolver() {
                  @Override
                  public Resolution resolve(
                      UUID id, @Nullable String tenant, @Nullable String database) {
                    return Team.resolve(id, tenant, database);
                  }

                  @Override
                  public boolean findsWithoutPath() {
                    return true;
                  }
                })
            .build();
    assertEquals(200, v1Count(Team.DOCS_A).as("pat").through(own).status());
    assertEquals(404, v1Count(Team.PRIVATE).as("pat").through(own).status());
    assertEquals(200, v1Count(Team.PRIVATE).as("dora").through(own).status());
    assertEquals(404, v1Count(Team.ELSEWHERE).as("dora").through(own).status());
    assertEquals(200, v1Count(Team.ELSEWHERE).as("alice").through(own).status());
    assertEquals(404, v1Count(Team.FOREIGN).as("alice").through(own).status());
    assertEquals(404, v1Count(Team.UNKNOWN).as("alice").through(own).status());
    // where a new name would go, v1 does not say: a pattern can't be checked
    Call rename = Call.of("PUT", "/api/v1/collections/" + Team.DOCS_A);
    assertEquals(403, rename.as("pat").json("{\"new_name\":\"docs-b\"}").through(own).status());
    Call describe = Call.of("PUT", "/api/v1/collections/" + Team.DOCS_A);
    assertEquals(200, describe.as("pat").json("{\"new_metadata\":{}}").through(own).status());
  }

  @Test
  void anOwnerThatCanNotBeFoundNowIs503() throws IOException, ServletException {
    for (CollectionResolver resolver :
        List.<CollectionResolver>of(
            (id, tenant, database) -> new Unavailable("s3cr3t"),
            (id, tenant, database) -> {
              throw new IllegalStateException("s3cr3t");
            })) {
      ChromaAuthFilter broken =
          ChromaAuthFilter.builder().settings(Team.settings()).resolver(resolver).build();
      Outcome outcome =
          Call.get(Team.V2 + "/" + Team.DOCS_A + "/count").as("alice").through(broken);
      assertEquals(503, outcome.status());
      assertNotNull(outcome.header("Retry-After"));
      assertFalse(outcome.body().contains("s3cr3t"));
      assertEquals(
          200,
          Call.get(Team.V2 + "/" + Team.DOCS_A + "/count").as("root").through(broken).status());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a host's class need not be null-marked
  void aResolverThatReturnsNullIs503() throws IOException, ServletException {
    ChromaAuthFilter broken =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver((id, tenant, database) -> null)
            .build();
    Call call = Call.get(Team.V2 + "/" + Team.DOCS_A + "/count").as("alice");
    assertEquals(503, call.through(broken).status());
  }

  @Test
  void aNameThatLeftThePatternIsNotHonouredAfterwards() throws IOException, ServletException {
    AtomicReference<String> name = new AtomicReference<>("docs-a");
    ChromaAuthFilter renaming =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver(
                (id, tenant, database) -> new Found(AuthzResource.of("acme", "docs", name.get())))
            .build();
    Call count = Call.get(Team.V2 + "/" + Team.DOCS_A + "/count").as("pat");
    assertEquals(200, count.through(renaming).status());
    // by this process: a rename that the filter has seen drops what is remembered of names
    String body = "{\"new_name\":\"private\"}";
    Call rename = Call.of("PUT", Team.V2 + "/" + Team.DOCS_A).as("dora").json(body);
    assertEquals(200, rename.through(renaming).status());
    name.set("private");
    assertEquals(404, count.through(renaming).status());
  }

  @Test
  void anOwnerWithoutADatabaseIsNobodysOwn() throws IOException, ServletException {
    ChromaAuthFilter odd =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver((id, tenant, database) -> new Found(AuthzResource.of("acme", null, null)))
            .build();
    Call call = Call.get(Team.V2 + "/" + Team.DOCS_A + "/count").as("alice");
    assertEquals(404, call.through(odd).status());
  }

  @Test
  void whereARuleOfTheHostsBoundsNobodyNoOwnerIsAsked() throws IOException, ServletException {
    ChromaAuthFilter unbounded =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver(
                (id, tenant, database) -> {
                  throw new AssertionError("asked for an unbounded identity");
                })
            .build();
    Call call = Call.get(Team.V2 + "/" + Team.FOREIGN + "/count").as("root");
    assertEquals(200, call.through(unbounded).status());
  }

  private static Call v1Count(UUID id) {
    return Call.get("/api/v1/collections/" + id + "/count");
  }

  /** The route below acme's docs, with a body that is right for everybody. */
  private static Call byId(Route route, UUID id) {
    String path =
        ("/" + String.join("/", route.template()))
            .replace("{tenant}", "acme")
            .replace("{database}", "docs")
            .replace("{id}", id.toString())
            .replaceAll("[{}]", "");
    Call call = Call.of(route.method(), path);
    return route.body() == Route.Body.NOTHING
        ? call
        : call.json("{\"new_name\":\"docs-x\",\"output_collection\":\"docs-x\"}");
  }
}
