package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that a request says of its path and parameters agrees, wherever the filter is mapped. */
class RewrittenRequestTest {
  private static final String HOST = "http://chroma.example:8000";
  private static final String DEFAULTS =
      "/api/v2/tenants/default_tenant/databases/default_database";
  private final ChromaAuthFilter filter = Singleton.filter(Singleton.bounds("a b/dö"));

  @ParameterizedTest(name = "{0} below {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        // mapping | context | servlet path | path info
        "/* | '' | '' | /api/v2/tenants/a b/databases/dö",
        "/* | /shop | '' | /api/v2/tenants/a b/databases/dö",
        "/ | '' | /api/v2/tenants/a b/databases/dö | null",
        "/ | /shop | /api/v2/tenants/a b/databases/dö | null",
        "/api/* | '' | /api | /v2/tenants/a b/databases/dö",
        "/api/* | /default_tenant | /api | /v2/tenants/a b/databases/dö",
        "/api/v2/tenants/* | /shop | /api/v2/tenants | /a b/databases/dö",
        "/api/v2/tenants/default_tenant/* | '' | /api/v2/tenants/a b | /databases/dö",
      })
  void everyPartOfThePathNamesTheReplacement(
      String mapping, String context, String servletPath, @Nullable String info)
      throws IOException, ServletException {
    Call call = Call.get(context + DEFAULTS + "?x=1").below(context);
    HttpServletRequest seen = through(call, mapping, "");
    String path = context + "/api/v2/tenants/a%20b/databases/d%C3%B6";
    assertEquals(path, seen.getRequestURI());
    assertEquals(HOST + path, seen.getRequestURL().toString());
    assertEquals("x=1", seen.getQueryString());
    assertEquals(servletPath, seen.getServletPath());
    assertEquals(info, seen.getPathInfo());
    assertEquals(info == null ? null : "/srv" + info, seen.getPathTranslated());
    assertEquals(context, seen.getContextPath());
  }

  @Test
  void aTrailingSlashStays() throws IOException, ServletException {
    HttpServletRequest seen = through(Call.get(DEFAULTS + "/"), "/api/*", "");
    assertEquals("/api/v2/tenants/a%20b/databases/d%C3%B6/", seen.getRequestURI());
    assertEquals("/v2/tenants/a b/databases/dö/", seen.getPathInfo());
  }

  @Test
  void whatIsNotRewrittenSaysWhatTheContainerSays() throws IOException, ServletException {
    String path = "/api/v2/tenants/a%20b/databases/d%C3%B6";
    HttpServletRequest seen = through(Call.get(path + "?tenant=a+b&x="), "/api/*", "f=1");
    assertEquals(path, seen.getRequestURI());
    assertEquals(HOST + path, seen.getRequestURL().toString());
    assertEquals("tenant=a+b&x=", seen.getQueryString());
    assertEquals("/api", seen.getServletPath());
    assertEquals("/v2/tenants/a b/databases/dö", seen.getPathInfo());
    assertEquals("/srv/v2/tenants/a b/databases/dö", seen.getPathTranslated());
    assertEquals("a b", seen.getParameter("tenant"));
    assertNull(seen.getParameter("nothing"));
    assertNull(seen.getParameterValues("nothing"));
    assertEquals(List.of("tenant", "x", "f"), Collections.list(seen.getParameterNames()));
    assertEquals(3, seen.getParameterMap().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // query | form | values of tenant | of database | of x
        "'' | '' | a b | dö | ",
        "tenant=default_tenant | '' | a b | dö | ",
        "tenant=default_tenant&x=1&database=default_database&x=2 | '' | a b | dö | 1,2",
        "x=1 | tenant=form | a b,form | dö | 1",
        "tenant=default_tenant | tenant=form&x=3 | a b,form | dö | 3",
        "%74enant=default_tenant | tenant=default_tenant | a b,default_tenant | dö | ",
        "tenant=a+b&database=default_database | tenant=form&database=f | a b,form | dö,f | ",
        "database=d%C3%B6 | x=1 | a b | dö | 1",
      })
  void theQuerysValueIsReplacedAndAFormsOwnStayBehindIt(
      String query, String form, String tenant, String database, @Nullable String x)
      throws IOException, ServletException {
    String target = "/api/v1/collections" + (query.isEmpty() ? "" : "?" + query);
    HttpServletRequest seen = through(Call.get(target), "/*", form);
    assertValues(seen, "tenant", tenant);
    assertValues(seen, "database", database);
    assertValues(seen, "x", x);
    // and the query string says the same of the query's part
    Query parsed = Query.parse(seen.getQueryString());
    assertEquals(seen.getParameter("tenant"), parsed.tenant());
    assertEquals(seen.getParameter("database"), parsed.database());
  }

  @Test
  void theParametersCanNotBeChanged() throws IOException, ServletException {
    HttpServletRequest seen = through(Call.get("/api/v1/collections"), "/*", "");
    assertThrows(
        UnsupportedOperationException.class,
        () -> seen.getParameterMap().put("tenant", new String[] {"globex"}));
    seen.getParameterValues("tenant")[0] = "globex";
    assertEquals("a b", seen.getParameter("tenant"));
  }

  @Test
  void aUrlWithoutAPathGetsOne() {
    Target target = new Target("/api/v2", null, Map.of(), Map.of());
    HttpServletRequest bare =
        new RewrittenRequest(new MappedRequest(Call.get(""), "/*", ""), target);
    assertEquals(HOST + "/api/v2", bare.getRequestURL().toString());
    assertNull(bare.getPathInfo());
    assertNull(bare.getPathTranslated());
    assertEquals("", bare.getServletPath());
  }

  @Test
  void aNameBeyondThePartOfThePathIsNotLookedForThere() {
    Target target = new Target("/a/b/c", null, Map.of(0, "a", 2, "z"), Map.of());
    HttpServletRequest request =
        new RewrittenRequest(new MappedRequest(Call.get("/a/b/c"), "/a/b/*", ""), target);
    assertEquals("/a/b", request.getServletPath());
    assertEquals("/z", request.getPathInfo());
  }

  private HttpServletRequest through(Call call, String mapping, String form)
      throws IOException, ServletException {
    return Call.through(filter, new MappedRequest(call, mapping, form)).seen();
  }

  private static void assertValues(HttpServletRequest seen, String name, @Nullable String values) {
    if (values == null) {
      assertNull(seen.getParameterValues(name));
      return;
    }
    String[] all = values.split(",", -1);
    assertArrayEquals(all, seen.getParameterValues(name), Arrays.toString(all));
    assertArrayEquals(all, seen.getParameterMap().get(name));
    assertEquals(all[0], seen.getParameter(name));
    assertEquals(1, Collections.frequency(Collections.list(seen.getParameterNames()), name));
  }
}
