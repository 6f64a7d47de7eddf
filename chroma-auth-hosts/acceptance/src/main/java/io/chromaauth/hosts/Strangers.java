package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

/** What holds for each block of the documentation that registers the filter. */
public final class Strangers {
  private static final String ORIGIN = "Origin: https://app.example";

  private Strangers() {}

  /** Strangers get 401, the user of the README's session reaches the application. */
  public static void areTurnedAway(int port) throws IOException {
    Reply stranger = Wire.ask(port, Ask.get(Team.MINE));
    assertEquals(401, stranger.status(), stranger::toString);
    assertTrue(stranger.body().contains("AuthError"), stranger::toString);
    assertEquals(401, Wire.ask(port, Ask.get("/api/v2/auth/identity")).status());
    Reply user = Wire.ask(port, known(Ask.get(Team.MINE)));
    assertEquals(200, user.status(), user::toString);
    assertTrue(user.says("principal").endsWith("admin"), user::toString);
    Reply identity = Wire.ask(port, known(Ask.get("/api/v2/auth/identity")));
    assertTrue(identity.body().contains("\"user_id\":\"admin\""), identity::toString);
  }

  /** A browser's page of another origin can ask, and read what it is refused. */
  public static void ofAnotherOriginCanRead(int port) throws IOException {
    Ask preflight =
        Ask.of("OPTIONS", Team.MINE)
            .header(ORIGIN)
            .header("Access-Control-Request-Method: POST")
            .header("Access-Control-Request-Headers: authorization,content-type");
    Reply allowed = Wire.ask(port, preflight);
    assertTrue(allowed.status() == 200 || allowed.status() == 204, allowed::toString);
    isForThePage(allowed);
    assertTrue(allowed.header("X-Request-Id").isEmpty(), "our filter answered: " + allowed);
    assertTrue(allowed.header("Access-Control-Allow-Headers").orElseThrow().contains("auth"));

    Reply stranger = Wire.ask(port, Ask.get(Team.MINE).header(ORIGIN));
    assertEquals(401, stranger.status(), stranger::toString);
    isOursForThePage(stranger);
    Reply unknown = Wire.ask(port, Ask.post(Team.MINE, "{\"name\":\"a\"}").header(ORIGIN));
    assertEquals(401, unknown.status(), unknown::toString);
    isOursForThePage(unknown);
    Ask foreign = Ask.get(Team.FOREIGN).header("Authorization: Bearer user1-token-67890");
    Reply forbidden = Wire.ask(port, foreign.header(ORIGIN));
    assertEquals(403, forbidden.status(), forbidden::toString);
    isOursForThePage(forbidden);
    Reply written = Wire.ask(port, known(Ask.post(Team.MINE, "{\"name\":\"a\"}")).header(ORIGIN));
    assertEquals(200, written.status(), written::toString);
    isForThePage(written);
  }

  /** Pages of any other origin can't. */
  public static void ofAThirdOriginCanNot(int port) throws IOException {
    String origin = "Origin: https://evil.example";
    Ask preflight =
        Ask.of("OPTIONS", Team.MINE).header(origin).header("Access-Control-Request-Method: POST");
    Reply refused = Wire.ask(port, preflight);
    assertTrue(refused.header("Access-Control-Allow-Origin").isEmpty(), refused::toString);
    Reply written = Wire.ask(port, known(Ask.post(Team.MINE, "{\"name\":\"a\"}")).header(origin));
    assertEquals(403, written.status(), written::toString);
    assertTrue(written.header("Access-Control-Allow-Origin").isEmpty(), written::toString);
  }

  private static Ask known(Ask request) {
    return request.header("Authorization: Bearer " + Pasted.TOKEN);
  }

  private static void isOursForThePage(Reply reply) {
    isForThePage(reply);
    assertTrue(reply.header("X-Request-Id").isPresent(), reply::toString);
    assertTrue(reply.body().contains("AuthError"), reply::toString);
    String exposed = reply.header("Access-Control-Expose-Headers").orElse("");
    assertTrue(exposed.contains("x-request-id"), reply::toString);
  }

  private static void isForThePage(Reply reply) {
    assertEquals(
        "https://app.example",
        reply.header("Access-Control-Allow-Origin").orElse("none"),
        reply::toString);
  }
}
