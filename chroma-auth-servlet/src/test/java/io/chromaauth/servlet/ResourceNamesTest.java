package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.chromaauth.AuthzResource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {
  private static final String ID = "0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f";
  private static final String TENANT = "/api/v2/tenants/t";
  private static final String COLLECTIONS = TENANT + "/databases/d/collections";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // v2: the path says it all; the query may repeat it
        "GET, " + TENANT + ", -, t, -, -",
        "GET, " + TENANT + ", tenant=t, t, -, -",
        "GET, " + TENANT + "/databases/d, tenant=t&database=d, t, d, -",
        "GET, " + COLLECTIONS + ", limit=5&offset=1, t, d, -",
        "GET, " + COLLECTIONS + "/c, database=d, t, d, c",
        "GET, /api/v2/tenants/%c3%a9, tenant=%C3%A9, é, -, -",
        // v1: absent means the default
        "GET, /api/v1/collections, -, default_tenant, default_database, -",
        "GET, /api/v1/collections, tenant=t, t, default_database, -",
        "GET, /api/v1/collections, database=d, default_tenant, d, -",
        "GET, /api/v1/collections/c, tenant=t&database=d, t, d, c",
        "DELETE, /api/v1/collections/c, -, default_tenant, default_database, c",
        "GET, /api/v1/count_collections, tenant=*, *, default_database, -",
        "GET, /api/v1/databases/d, -, default_tenant, d, -",
        "GET, /api/v1/databases/d, tenant=t, t, d, -",
        "GET, /api/v1/databases/d, tenant=t&database=d, t, d, -",
        // the body will say which database
        "POST, /api/v1/databases, tenant=t, t, -, -",
        "GET, /api/v1/tenants/t, -, t, -, -",
        // everybody's
        "POST, /api/v1/reset, -, -, -, -",
        "POST, /api/v2/reset, x=y, -, -, -",
        "POST, /api/v2/tenants, -, -, -, -",
        "PATCH, " + TENANT + ", -, -, -, -",
        "GET, /api/v2/collections/t:d:c, -, -, -, -",
        "GET, /api/v2/collections/t%3ad%3ac, -, -, -, -"
      })
  void pathAndQueryNameTheResource(
      String method,
      String path,
      @Nullable String query,
      @Nullable String tenant,
      @Nullable String database,
      @Nullable String collection) {
    ResourceNames expected =
        new ResourceNames(AuthzResource.of(tenant, database, collection), null);
    assertEquals(expected, names(method, path, query));
  }

  @ParameterizedTest
  @CsvSource({
    // v2: another name, none where the path has none, doubled, empty
    "GET, " + TENANT + ", tenant=u",
    "GET, " + TENANT + ", tenant=T",
    "GET, " + TENANT + ", database=d",
    "GET, " + TENANT + ", tenant=t&tenant=t",
    "GET, " + TENANT + ", tenant=",
    "GET, " + COLLECTIONS + ", tenant=t&database=e",
    "POST, " + TENANT + "/databases, database=d",
    "POST, " + COLLECTIONS + "/" + ID + "/get, tenant=u",
    "POST, " + COLLECTIONS + "/" + ID + "/get, database=d&database=e",
    "POST, /api/v2/reset, tenant=t",
    "POST, /api/v2/tenants, tenant=t",
    "PATCH, " + TENANT + ", tenant=u",
    "GET, /api/v2/collections/t:d:c, tenant=t",
    // v1: doubled, empty, or beside a path that says another
    "GET, /api/v1/collections, tenant=a&tenant=b",
    "GET, /api/v1/collections, tenant=",
    "GET, /api/v1/collections, database",
    "GET, /api/v1/collections/c, tenant=%ff",
    "GET, /api/v1/databases/d, database=e",
    "GET, /api/v1/tenants/t, tenant=u",
    "POST, /api/v1/collections/" + ID + "/get, tenant=a&tenant=b",
    "POST, /api/v1/collections/" + ID + "/get, database="
  })
  void whatContradictsOrComesTwiceOrEmptyNamesNothing(String method, String path, String query) {
    assertNull(names(method, path, query));
  }

  @Test
  void aV1RouteByIdNamesNothingElseAndGetsNoDefault() {
    ResourceNames expected = new ResourceNames(AuthzResource.NONE, UUID.fromString(ID));
    String path = "/api/v1/collections/" + ID + "/get";
    assertEquals(expected, names("POST", path, null));
    assertEquals(expected, names("POST", path, "tenant=t&database=d"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ID,
        "0A4BD5A8-7F8B-4A3C-9A0E-2F6B1C9D8E7F",
        "0a4BD5a8-7f8b-4A3c-9a0e-2f6b1c9d8e7F",
        "%30a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f"
      })
  void aUuidIsItsLongFormInAnyCase(String id) {
    ResourceNames expected =
        new ResourceNames(AuthzResource.of("t", "d", null), UUID.fromString(ID));
    assertEquals(expected, names("POST", COLLECTIONS + "/" + id + "/add", null));
    assertEquals(expected, names("PUT", COLLECTIONS + "/" + id, null));
    assertEquals(expected, names("GET", COLLECTIONS + "/by-id/" + id, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs",
        "*",
        "0a4bd5a87f8b4a3c9a0e2f6b1c9d8e7f",
        "{0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f}",
        "%7B0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f%7D",
        "urn:uuid:0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f",
        "0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7",
        "0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f0",
        "0a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f%20",
        "%200a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f",
        "0a4bd5a8-7f8b4-a3c-9a0e-2f6b1c9d8e7f",
        "a-b-c-d-e",
        "1-1-1-1-1",
        "0g4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f",
        "%EF%BC%90a4bd5a8-7f8b-4a3c-9a0e-2f6b1c9d8e7f"
      })
  void otherSpellingsOfAUuidAreNone(String id) {
    // those that are no clear path either end one step before
    RequestPath path = RequestPath.parse(COLLECTIONS + "/" + id + "/add");
    if (!path.ambiguous()) {
      assertNull(names("POST", COLLECTIONS + "/" + id + "/add", null));
      assertNull(names("POST", "/api/v1/collections/" + id + "/add", null));
    }
  }

  private static @Nullable ResourceNames names(String method, String raw, @Nullable String query) {
    RequestPath path = RequestPath.parse(raw);
    RouteTable.Result result = new RouteTable(ChromaRoutes.all()).match(method, path);
    Route route = assertInstanceOf(RouteTable.Found.class, result, raw).route();
    return ResourceNames.of(route, path, Query.parse(query));
  }
}
