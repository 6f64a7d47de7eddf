package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "tenant=a, a, -",
        "database=b, -, b",
        "tenant=a&database=b, a, b",
        "database=b&tenant=a, a, b",
        "limit=10&tenant=a&offset=2, a, -",
        "x&tenant=a&&, a, -",
        // names and values are decoded once, as a form is
        "%74enant=a, a, -",
        "tenant=%61+b%2Bc, a b+c, -",
        "tenant=%2561, %61, -",
        "tenant=%c3%a9, é, -",
        "tenant=a=b, a=b, -",
        "tenant=*, *, -",
        // other names are other parameters
        "Tenant=a, -, -",
        "tenants=a, -, -",
        "tenant[]=a, -, -",
        "x.tenant=a, -, -",
        "x=tenant=a, -, -",
        "%ff=a, -, -",
        "limit=%zz, -, -",
        "limit=, -, -",
        "x=/api/v2/heartbeat, -, -"
      })
  void tenantAndDatabaseAreReadFromTheRawText(
      String raw, @Nullable String tenant, @Nullable String database) {
    assertEquals(new Query(tenant, database, false), Query.parse(raw));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant=a&tenant=b",
        "tenant=a&tenant=a",
        "tenant=a&%74enant=b",
        "tenant=a&tenan%74=b",
        "database=a&x=1&database=b",
        "tenant=",
        "tenant",
        "database",
        "tenant=&tenant=a",
        "tenant=a&tenant=",
        "tenant=a&database=",
        "tenant=%zz",
        "tenant=%+1",
        "tenant=%-1",
        "tenant=%\u0664\u0661",
        "tenant=%",
        "tenant=%ff",
        "tenant=%c0%ae",
        "tenant=%ed%a0%80"
      })
  void twiceOrEmptyOrNotDecodableIsAmbiguous(String raw) {
    Query query = Query.parse(raw);
    assertTrue(query.ambiguous());
    assertNull(query.tenant());
    assertNull(query.database());
  }

  @Test
  void allValuesOfAnyParameterAreThere() {
    assertEquals(List.of("1", "", "a b"), Query.values("x=1&y=2&x&%78=a+b", "x"));
    assertEquals(List.of(""), Query.values("x=%zz", "x"));
    assertEquals(List.of(), Query.values("xx=1&X=2", "x"));
    assertEquals(List.of(), Query.values(null, "x"));
  }

  @Test
  void noQueryNamesNothing() {
    assertEquals(new Query(null, null, false), Query.parse(null));
    assertEquals(new Query(null, null, false), Query.parse(""));
    assertEquals(new Query(null, null, false), Query.parse("&"));
  }
}
