package io.chromaauth.hosts.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.Ask;
import io.chromaauth.hosts.Reply;
import io.chromaauth.hosts.Team;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside Spring Security: each for its own paths, and Spring's users under our rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SecurityRows {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
  private static final String JSON = "{\"name\":\"docs\"}";

  private BootApp apart;
  private BootApp before;
  private BootApp loggingIn;

  @BeforeAll
  void start() {
    apart = BootApp.secured(SpringSamples.Mvc.class, SecuritySamples.Apart.class);
    before = BootApp.secured(SpringSamples.Mvc.class, SecuritySamples.OursFirst.class);
    loggingIn = BootApp.secured(SpringSamples.Mvc.class, SecuritySamples.LoggingIn.class);
  }

  @AfterAll
  void end() {
    loggingIn.close();
    before.close();
    apart.close();
  }

  @Test
  void eachGuardsItsOwnPaths() throws IOException {
    Reply ours = apart.ask(Ask.get(Team.MINE));
    assertEquals(401, ours.status(), ours::toString);
    assertTrue(ours.body().contains("AuthError"), ours::toString);
    assertEquals("root", apart.ask(Ask.get(Team.MINE).as("root")).says("principal"));
    Reply written = apart.ask(Ask.post(Team.MINE, JSON).as("root"));
    assertEquals(200, written.status(), written::toString);
    Reply springs = apart.ask(Ask.get("/pages/welcome"));
    assertEquals(401, springs.status(), springs::toString);
    assertTrue(springs.header("X-Request-Id").isEmpty(), springs::toString);
    Reply welcome = apart.ask(Ask.get("/pages/welcome").basic("carol", "carol-password"));
    assertEquals("carol", welcome.says("principal"), welcome::toString);
  }

  @Test
  void neitherTakesTheOthersUsers() throws IOException {
    assertEquals(401, apart.ask(Ask.get("/pages/welcome").as("root")).status());
    Ask carol = Ask.get(Team.MINE).basic("carol", "carol-password");
    assertEquals(401, apart.ask(carol).status());
  }

  @Test
  void whereOursStandsFirstSpringHidesWhoAsks() throws IOException {
    Reply reply = before.ask(Ask.get(Team.MINE).as("root"));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals("nobody", reply.says("principal"));
    assertEquals(401, before.ask(Ask.get(Team.MINE)).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/mine, carol, 200",
    "/orders/mine, dave, 200",
    "/orders/mine, erin, 403",
    "/orders/secret, carol, 403",
    "/orders/nothing, carol, 404",
  })
  void springsUsersAreUnderOurRules(String path, String user, int status) throws IOException {
    Reply reply = loggingIn.ask(Ask.get(path).basic(user, user + "-password"));
    assertEquals(status, reply.status(), reply::toString);
    assertTrue(reply.header("X-Request-Id").isPresent(), reply::toString);
    if (status == 200) {
      assertEquals(user, reply.says("principal"));
      assertEquals("container", reply.says("provider"));
      assertEquals(user.equals("carol") ? "[clerk]" : "[looker]", reply.says("roles"));
    }
  }

  @Test
  void whomSpringTurnsAwayNeverReachesTheFilter() throws IOException {
    Reply wrong = loggingIn.ask(Ask.get("/orders/mine").basic("carol", "other"));
    assertEquals(401, wrong.status(), wrong::toString);
    assertTrue(wrong.header("X-Request-Id").isEmpty(), wrong::toString);
    Reply nobody = loggingIn.ask(Ask.get("/orders/mine").header("Accept: text/html"));
    assertEquals(302, nobody.status(), nobody::toString);
    assertTrue(nobody.header("Location").orElseThrow().endsWith("/login"));
  }

  @Test
  void aTokenOfOursIsNoLoginAtSpring() throws IOException {
    Reply reply = loggingIn.ask(Ask.get("/orders/mine").as("root"));
    assertTrue(List.of(302, 401).contains(reply.status()), reply::toString);
  }

  @Test
  void aLoginByFormHoldsForTheSession() throws IOException {
    Reply page = loggingIn.ask(Ask.get("/login").header("Accept: text/html"));
    Matcher csrf = CSRF.matcher(page.body());
    assertTrue(csrf.find(), page::toString);
    String form = "username=carol&password=carol-password&_csrf=" + csrf.group(1);
    Ask login =
        new Ask(
            "POST",
            "/login",
            List.of("Content-Type: application/x-www-form-urlencoded", cookie(page)),
            form);
    Reply in = loggingIn.ask(login);
    assertEquals(302, in.status(), in::toString);
    Reply reply = loggingIn.ask(Ask.get("/orders/mine").header(cookie(in)));
    assertEquals("carol", reply.says("principal"), reply::toString);
    Reply secret = loggingIn.ask(Ask.get("/orders/secret").header(cookie(in)));
    assertEquals(403, secret.status(), secret::toString);
  }

  private static String cookie(Reply reply) {
    return "Cookie: " + reply.header("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  @Test
  void aFormIsReceivedBehindBoth() throws IOException {
    Ask form =
        new Ask(
            "POST",
            "/orders/form",
            List.of("Content-Type: application/x-www-form-urlencoded"),
            "name=x");
    Reply reply = loggingIn.ask(form.basic("carol", "carol-password"));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals("carol", reply.says("identity"));
    assertEquals(403, loggingIn.ask(form.basic("dave", "dave-password")).status());
  }

  @Test
  void theErrorPageStillKnowsWhoAsked() throws IOException {
    Ask broken = Ask.get("/orders/broken").basic("dave", "dave-password");
    Reply reply = loggingIn.ask(broken);
    assertEquals(500, reply.status(), reply::toString);
    assertEquals("dave", reply.header(SpringSamples.ERROR_USER).orElseThrow());
  }
}
