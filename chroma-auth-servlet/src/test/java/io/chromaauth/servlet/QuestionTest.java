package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.servlet.Question.OfAction;
import io.chromaauth.servlet.Question.OfRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @ParameterizedTest
  @CsvSource({
    "collection:get, collection:get, , , ",
    "system:reset, system:reset, , , ",
    "orders:read, orders:read, , , ",
    "collection:get acme, collection:get, acme, , ",
    "collection:get acme/docs, collection:get, acme, docs, ",
    "collection:get acme/docs/docs-a, collection:get, acme, docs, docs-a",
    "'  collection:get \t acme/docs ', collection:get, acme, docs, ",
    "collection:get a%20b/c%2Fd/100%25, collection:get, a b, c/d, 100%",
    "collection:get %C3%A9, collection:get, é, , ",
    "collection:get a+b/*, collection:get, a+b, *, ",
  })
  void anActionAndWhatItIsDoneOn(
      String line,
      String action,
      @Nullable String tenant,
      @Nullable String database,
      @Nullable String collection) {
    assertEquals(
        new OfAction(AuthzAction.of(action), AuthzResource.of(tenant, database, collection)),
        Question.parse(line));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/v2/reset, GET, /api/v2/reset",
    "' POST   /x?a=b&c ', POST, /x?a=b&c",
    "PATCH /, PATCH, /",
    "FOO /a:b, FOO, /a:b",
    "GET //x, GET, //x",
  })
  void aMethodAndAPath(String line, String method, String target) {
    assertEquals(new OfRequest(method, target, null, null), Question.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "GET",
        "/api/v2",
        "GET api/v2",
        "get /api/v2",
        "GET /a /b",
        "GET /a b",
        "reset",
        "reset acme",
        ":reset acme",
        "collection:get acme docs",
        "M-SEARCH /x",
      })
  void whatIsNeitherIsToldInFull(String line) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Question.parse(line));
    assertEquals(
        "'" + line + "' is neither ACTION TENANT/DATABASE/COLLECTION nor METHOD PATH",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:", "a:b:c", "a:b/c", "GET:"})
  void anActionMustHaveItsForm(String line) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Question.parse(line));
    assertTrue(String.valueOf(e.getMessage()).contains("type:verb"), e::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "/a", "a//c", "a/b/c/d", "a/b/c/", "%", "a/%zz", "%C3"})
  void whatIsNoResourceIsToldInFull(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Question.resource(text));
    assertEquals("'" + text + "' is not TENANT/DATABASE/COLLECTION", e.getMessage());
  }

  @Test
  void aResourceNamesOneToThreeLevels() {
    assertEquals(AuthzResource.of("a", null, null), Question.resource("a"));
    assertEquals(AuthzResource.of("a", "b", null), Question.resource("a/b"));
    assertEquals(AuthzResource.of("a", "b", "c d"), Question.resource("a/b/c%20d"));
    assertEquals(AuthzResource.of("a", "b", "c d"), Question.resource("a/b/c d"));
  }
}
