package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4 of the design at the filter: what path, query and body may name, and for whom. */
class BoundedNamesTest {
  private static final String OUTSIDE =
      "{\"error\":\"AuthError\",\"message\":\"Forbidden: outside this identity's tenant or database;"
          + " pass tenant= and database=, see GET /api/v2/auth/identity\"}";

  private final ChromaAuthFilter filter = Team.filter();

  @ParameterizedTest
  @CsvSource({
    // alice: tenant acme; dora: database docs as well; pat: collections docs-* as well
    "alice, GET, /api/v2/tenants/acme, 200",
    "alice, HEAD, /api/v2/tenants/acme, 200",
    "alice, GET, /api/v2/tenants/globex, 403",
    "alice, HEAD, /api/v2/tenants/globex, 403",
    "alice, GET, /api/v2/tenants/%61cme, 200",
    "alice, GET, /api/v2/tenants/ACME, 403",
    "alice, GET, /api/v2/tenants/acme%20, 403",
    "alice, GET, /api/v2/tenants/*, 403",
    "alice, GET, /api/v2/tenants/%2A, 403",
    "alice, GET, /api/v2/tenants/acme/databases, 200",
    "alice, GET, /api/v2/tenants/acme/databases/any, 200",
    "alice, DELETE, /api/v2/tenants/acme/databases/any, 200",
    "alice, GET, /api/v2/tenants/acme/databases/any/collections, 200",
    "alice, GET, /api/v2/tenants/globex/databases/docs, 403",
    "alice, DELETE, /api/v2/tenants/globex/databases/docs, 403",
    "alice, GET, /api/v2/tenants/globex/databases/docs/collections/c, 403",
    "dora, GET, /api/v2/tenants/acme, 200",
    "dora, GET, /api/v2/tenants/acme/databases/docs, 200",
    "dora, GET, /api/v2/tenants/acme/databases/other, 403",
    "dora, GET, /api/v2/tenants/acme/databases/docs/collections, 200",
    "dora, GET, /api/v2/tenants/acme/databases/docs/collections_count, 200",
    "dora, GET, /api/v2/tenants/acme/databases/docs/collections/any, 200",
    "dora, GET, /api/v2/tenants/acme/databases/other/collections/any, 403",
    "dora, DELETE, /api/v2/tenants/acme/databases/docs, 200",
    "dora, DELETE, /api/v2/tenants/acme/databases/other, 403",
    "pat, GET, /api/v2/tenants/acme, 200",
    "pat, GET, /api/v2/tenants/acme/databases/docs, 200",
    "pat, DELETE, /api/v2/tenants/acme/databases/docs, 403",
    "pat, GET, /api/v2/tenants/acme/databases/docs/collections/docs-a, 200",
    "pat, DELETE, /api/v2/tenants/acme/databases/docs/collections/docs-a, 200",
    "pat, GET, /api/v2/tenants/acme/databases/docs/collections/private, 403",
    "pat, DELETE, /api/v2/tenants/acme/databases/docs/collections/private, 403",
    "pat, GET, /api/v2/tenants/acme/databases/docs/collections/docs-*, 200",
    "pat, GET, /api/v2/tenants/acme/databases/docs/collections/*, 403",
    // a name that looks like an id is a name where names stand
    "pat, GET, /api/v2/tenants/acme/databases/docs/collections/00000000-0000-4000-8000-00000000000a,"
        + " 403",
    // v1: the query, or Chroma's defaults
    "alice, GET, /api/v1/tenants/acme, 200",
    "alice, GET, /api/v1/tenants/globex, 403",
    "alice, GET, /api/v1/collections?tenant=acme, 200",
    "alice, GET, /api/v1/collections, 403",
    "alice, GET, /api/v1/collections?tenant=globex, 403",
    "alice, GET, /api/v1/collections?%74enant=globex, 403",
    "alice, GET, /api/v1/collections?tenant=acme&tenant=globex, 400",
    "alice, GET, /api/v1/databases/docs?tenant=acme, 200",
    "alice, GET, /api/v1/databases/docs, 403",
    "dora, GET, /api/v1/collections?tenant=acme, 403",
    "dora, GET, /api/v1/collections?tenant=acme&database=docs, 200",
    "dora, GET, /api/v1/count_collections?tenant=acme&database=other, 403",
    "pat, GET, /api/v1/collections/docs-a?tenant=acme&database=docs, 200",
    "pat, DELETE, /api/v1/collections/private?tenant=acme&database=docs, 403",
    "root, GET, /api/v1/collections, 200",
    "root, GET, /api/v2/tenants/globex/databases/x, 200"
  })
  void aNameOutsideTheBoundsIs403OnEveryLevel(String user, String method, String target, int status)
      throws IOException, ServletException {
    assertEquals(status, Call.of(method, target).as(user).through(filter).status());
  }

  @ParameterizedTest
  @CsvSource({
    // there is nothing yet that filters these: whoever could see too much is refused
    "dora, /api/v2/tenants/acme/databases, 403",
    "pat, /api/v2/tenants/acme/databases, 403",
    "pat, /api/v2/tenants/acme/databases/docs/collections, 403",
    "pat, /api/v2/tenants/acme/databases/docs/collections_count, 403",
    "pat, /api/v1/collections?tenant=acme&database=docs, 403",
    "pat, /api/v1/count_collections?tenant=acme&database=docs, 403"
  })
  void aListThatWouldShowOthersNamesIsRefused(String user, String target, int status)
      throws IOException, ServletException {
    for (String method : List.of("GET", "HEAD")) {
      assertEquals(
          status, Call.of(method, target).as(user).through(Team.filterWithoutResolver()).status());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v2/reset, ''",
    "POST, /api/v1/reset, ''",
    "POST, /api/v2/tenants, '{\"name\":\"acme\"}'",
    "POST, /api/v1/tenants, '{\"name\":\"acme\"}'",
    "PATCH, /api/v2/tenants/acme, '{\"resource_name\":\"x\"}'",
    "GET, /api/v2/collections/acme:docs:docs-a, ''",
    "GET, /api/v2/collections/acme%3adocs%3Adocs-a, ''"
  })
  void whatIsEverybodysNeedsAnIdentityWithoutAnyBound(String method, String path, String body)
      throws IOException, ServletException {
    for (String user : List.of("alice", "dora", "pat")) {
      Outcome outcome = Call.of(method, path).as(user).json(body).through(filter);
      assertEquals(403, outcome.status(), user);
      assertEquals(OUTSIDE, outcome.body());
    }
    assertEquals(200, Call.of(method, path).as("root").json(body).through(filter).status());
    assertEquals(
        method.equals("GET") ? 200 : 403,
        Call.of(method, path).as("rita").json(body).through(filter).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice | /api/v2/tenants/acme/databases | {\"name\":\"any\"} | 200",
        "alice | /api/v2/tenants/globex/databases | {\"name\":\"any\"} | 403",
        "alice | /api/v1/databases?tenant=acme | {\"name\":\"any\"} | 200",
        "alice | /api/v1/databases | {\"name\":\"any\"} | 403",
        "dora | /api/v2/tenants/acme/databases | {\"name\":\"docs\"} | 200",
        "dora | /api/v2/tenants/acme/databases | {\"name\":\"other\"} | 403",
        "dora | /api/v2/tenants/acme/databases | {\"na\\u006de\":\"other\"} | 403",
        "dora | /api/v2/tenants/acme/databases | {\"name\":\"docs\",\"name\":\"other\"} | 400",
        "dora | /api/v2/tenants/acme/databases | {} | 403",
        "dora | /api/v2/tenants/acme/databases | {\"name\":null} | 403",
        "dora | /api/v2/tenants/acme/databases | {\"name\":[\"docs\"]} | 400",
        "dora | /api/v1/databases?tenant=acme | {\"name\":\"other\"} | 403",
        "pat | /api/v2/tenants/acme/databases | {\"name\":\"docs\"} | 403",
        "rita | /api/v2/tenants/acme/databases | {\"name\":\"docs\"} | 403",
        "root | /api/v2/tenants/acme/databases | {} | 200"
      })
  void aDatabaseIsCreatedOnlyWhereItsNameIsOnesOwn(
      String user, String target, String body, int status) throws IOException, ServletException {
    assertEquals(status, Call.post(target).as(user).json(body).through(filter).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // carl may create; mike may create and get; gerd may get or create; all but mike in acme
        "carl | {\"name\":\"a\"} | 200",
        "carl | {\"name\":\"a\",\"get_or_create\":false} | 200",
        "carl | {\"name\":\"a\",\"get_or_create\":null} | 200",
        "carl | {\"name\":\"a\",\"get_or_create\":true} | 403",
        "carl | {\"name\":\"a\",\"get_or_cre\\u0061te\":true} | 403",
        "carl | {\"name\":\"a\",\"get_or_create\":\"true\"} | 400",
        "carl | {\"name\":\"a\",\"get_or_create\":1} | 400",
        "carl | {\"get_or_create\":false,\"name\":\"a\",\"get_or_create\":true} | 400",
        "mike | {\"name\":\"docs-a\",\"get_or_create\":true} | 200",
        "mike | {\"name\":\"docs-a\"} | 200",
        "mike | {\"name\":\"other\",\"get_or_create\":true} | 403",
        "mike | {\"name\":\"other\"} | 403",
        "mike | {} | 403",
        "gerd | {\"name\":\"a\",\"get_or_create\":true} | 200",
        "gerd | {\"name\":\"a\"} | 403",
        "gerd | {\"name\":\"a\",\"get_or_create\":false} | 403",
        "rita | {\"name\":\"a\",\"get_or_create\":true} | 403",
        "alice | {\"name\":\"a\",\"get_or_create\":true} | 200",
        "pat | {\"name\":\"docs-new\",\"get_or_create\":true} | 200",
        "pat | {\"name\":\"private\",\"get_or_create\":true} | 403",
        "pat | {\"name\":\"DOCS-new\"} | 403",
        "pat | {\"name\":\"*\"} | 403",
        "pat | {\"metadata\":{\"name\":\"docs-a\"},\"name\":\"x\"} | 403"
      })
  void gettingOrCreatingNeedsItsOwnActionOrCreatingAndGetting(String user, String body, int status)
      throws IOException, ServletException {
    for (String target : List.of(Team.V2, "/api/v1/collections?tenant=acme&database=docs")) {
      assertEquals(status, Call.post(target).as(user).json(body).through(filter).status(), target);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // whose role would allow it elsewhere is told so, whichever of the candidates it has
        "carl | /api/v2/tenants/globex/databases/docs/collections | {\"name\":\"a\"}",
        "gerd | /api/v2/tenants/globex/databases/docs/collections | {\"name\":\"a\"}",
        "mike | /api/v2/tenants/any/databases/docs/collections | {\"name\":\"x\"}",
        "mike | /api/v2/tenants/any/databases/docs/collections |"
            + " {\"name\":\"x\",\"get_or_create\":true}",
        "pat | /api/v2/tenants/acme/databases/docs/collections |"
            + " {\"name\":\"x\",\"get_or_create\":true}"
      })
  void outsideTheBoundsIsToldWherePlacesAreNamed(String user, String target, String body)
      throws IOException, ServletException {
    Outcome outcome = Call.post(target).as(user).json(body).through(filter);
    assertEquals(403, outcome.status());
    assertEquals(OUTSIDE, outcome.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // old and new name must fit: docs-a is in the pattern, private is not
        "pat | a | {\"new_name\":\"docs-b\"} | 200",
        "pat | a | {\"new_metadata\":{}} | 200",
        "pat | a | {\"new_name\":null} | 200",
        "pat | a | {\"new_name\":\"mine\"} | 403",
        "pat | a | {\"new_n\\u0061me\":\"mine\"} | 403",
        "pat | a | {\"new_name\":5} | 400",
        "pat | b | {\"new_name\":\"docs-b\"} | 404",
        "pat | b | {\"new_metadata\":{}} | 404",
        "dora | b | {\"new_name\":\"anything\"} | 200",
        "dora | c | {\"new_name\":\"anything\"} | 404",
        "ulla | a | {\"new_name\":\"anything\"} | 200",
        "ulla | d | {\"new_name\":\"anything\"} | 404",
        "rita | a | {\"new_name\":\"docs-b\"} | 403",
        "root | e | {\"new_name\":\"anything\"} | 200"
      })
  void aRenameMustFitWithTheOldAndTheNewName(String user, String id, String body, int status)
      throws IOException, ServletException {
    String target = Team.V2 + "/00000000-0000-4000-8000-00000000000" + id;
    assertEquals(status, Call.of("PUT", target).as(user).json(body).through(filter).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pat | a | docs-copy | 200",
        "pat | a | copy | 403",
        "pat | b | docs-copy | 404",
        "dora | a | copy | 200",
        "dora | c | copy | 404",
        // ulla may fork and attach, and create nothing
        "ulla | a | copy | 403",
        "carl | a | copy | 403",
        "rita | a | copy | 403",
        "root | e | copy | 200"
      })
  void forkAndAttachAlsoCreate(String user, String id, String name, int status)
      throws IOException, ServletException {
    String target = Team.V2 + "/00000000-0000-4000-8000-00000000000" + id;
    String fork = "{\"new_name\":\"" + name + "\"}";
    assertEquals(status, Call.post(target + "/fork").as(user).json(fork).through(filter).status());
    String attach = "{\"name\":\"f\",\"output_collection\":\"" + name + "\"}";
    assertEquals(
        status,
        Call.post(target + "/functions/attach").as(user).json(attach).through(filter).status());
  }

  @Test
  void aForkWithoutANameIsNoForkIntoAnything() throws IOException, ServletException {
    String target = Team.V2 + "/" + Team.DOCS_A;
    for (String body : List.of("{}", "{\"new_name\":null}", "{\"name\":\"docs-x\"}")) {
      assertEquals(
          403, Call.post(target + "/fork").as("pat").json(body).through(filter).status(), body);
    }
  }
}
