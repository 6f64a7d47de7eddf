package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web application with its own paths and actions, a public page and static files. */
public abstract class ShopRows extends HostRows {
  private static final List<Row> ROWS =
      List.of(
          Row.passes("the login page", Ask.get("/shop/login")),
          Row.passes("the start page of who is known", Ask.get("/shop/").as("nora")),
          Row.passes("orders", Ask.get("/shop/orders").as("vic")),
          Row.passes("an order", Ask.get("/shop/orders/17").as("vic")),
          Row.passes("writing an order", Ask.post("/shop/orders/17", "x").as("carla")),
          Row.refused("the start page of strangers", Ask.get("/shop/"), 401),
          Row.refused("orders of strangers", Ask.get("/shop/orders"), 401),
          Row.refused("writing by who only reads", Ask.post("/shop/orders/17", "x").as("vic"), 403),
          Row.refused("who has no role", Ask.get("/shop/orders").as("nora"), 403),
          Row.refused("another method", Ask.of("DELETE", "/shop/orders/17").as("carla"), 405),
          Row.refused("below an order", Ask.get("/shop/orders/17/lines").as("carla"), 404),
          Row.refused("a path that nothing names", Ask.get("/shop/secret.txt").as("carla"), 404),
          Row.refused("login by POST", Ask.post("/shop/login", "x"), 401));

  static List<Arguments> rowsInEachForm() {
    return Samples.inEachForm(ROWS);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rowsInEachForm")
  void aHostsOwnPathsAreDecidedByItsRoutesFile(Form form, Row row) throws IOException {
    row.check(ask(Shop.in(form), row.request()));
  }

  @Test
  void rolesOfTheHostsOwnAreKnownToTheApplication() throws IOException {
    Reply reply = ask(Shop.in(Form.WEB_XML), Ask.get("/shop/orders").as("carla"));
    assertEquals("clerk", reply.says("roles"));
  }

  @ParameterizedTest
  @EnumSource
  void aFormOfTheHostsOwnIsTheHosts(Form form) throws IOException {
    Ask order =
        new Ask(
            "POST",
            "/shop/orders/17",
            List.of("Content-Type: application/x-www-form-urlencoded"),
            "name=two+words");
    Reply reply = ask(Shop.in(form), order.as("carla").ordering("form"));
    assertEquals("two words", reply.says("body"), reply::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/static/style.css, css of the shop",
    "/shop/static/deep/er/logo.txt, logo of the shop",
  })
  void staticFilesAreServedByTheContainer(String path, String content) throws IOException {
    assertEquals(content, ask(Shop.in(Form.WEB_XML), Ask.get(path)).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/static/../secret.txt",
        "/shop/static/%2e%2e/secret.txt",
        "/shop/static/%2E./secret.txt",
        "/shop/static/..;/secret.txt",
        "/shop/static/..%2fsecret.txt",
        "/shop/static/%2e%2e%2fsecret.txt",
        "/shop/static/%252e%252e/secret.txt",
        "/shop/static/..%5csecret.txt",
        "/shop/static/..\\secret.txt",
        "/shop/static//../secret.txt",
        "/shop/static/deep/../../secret.txt",
        "/shop/static/../orders",
        "/shop/static/%2e%2e/orders",
        "/shop/static/..;a=b/orders/17",
        "/shop/static/../WEB-INF/web.xml",
        "/shop/static/%c0%ae%c0%ae/secret.txt",
        "/shop/static;/../secret.txt",
        "/shop/x/../static/../secret.txt",
      })
  void nothingBesideTheStaticFilesIsReachedThroughThem(String target) throws IOException {
    for (String mode : host().uriModes()) {
      for (Ask asking : List.of(Ask.get(target), Ask.get(target).as("vic"))) {
        Reply reply = ask(Shop.in(Form.WEB_XML).reading(mode), asking);
        assertFalse(reply.reached(), () -> mode + ": " + reply);
        assertTrue(reply.status() >= 400, () -> mode + ": " + reply);
      }
    }
  }
}
