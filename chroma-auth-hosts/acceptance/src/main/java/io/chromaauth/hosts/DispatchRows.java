package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import io.chromaauth.hosts.app.EarlyFilter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dispatch is decided on its own path, and nobody's attribute lets anything through. */
public abstract class DispatchRows extends HostRows {
  private static final String ACME = "/api/v2/tenants/acme";
  private static final String GLOBEX = "/api/v2/tenants/globex";
  private static final String HEARTBEAT = "/api/v2/heartbeat";

  private static final List<Row> ROWS =
      List.of(
          Row.passes("async elsewhere", by("alice", "dispatch " + ACME)),
          new Row("async to a foreign place", by("alice", "dispatch " + GLOBEX), 403, true),
          new Row("async to nowhere", by("alice", "dispatch /nothing"), 404, true),
          Row.passes("forward", by("alice", "forward " + ACME)),
          new Row("forward to a foreign place", by("alice", "forward " + GLOBEX), 403, true),
          new Row("forward to nowhere", by("alice", "forward /nothing"), 404, true),
          new Row("public, async to reset", open("dispatch /api/v2/reset"), 401, true),
          new Row("public, forward to reset", open("forward /api/v2/reset"), 401, true),
          new Row("public, forward to a tenant", open("forward " + ACME), 401, true));

  private static Ask by(String user, String order) {
    return Ask.get(Team.MINE).as(user).ordering(order);
  }

  private static Ask open(String order) {
    return Ask.get(HEARTBEAT).ordering(order);
  }

  static List<Arguments> rowsInEachForm() {
    return Samples.inEachForm(ROWS);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rowsInEachForm")
  void aDispatchIsDecidedWhereItGoes(Form form, Row row) throws IOException {
    Reply reply = ask(Samples.in(form), row.request());
    assertEquals(row.status(), reply.status(), reply::toString);
    assertEquals(row.status() == 200, reply.body().contains("REACHED"), reply::toString);
    if (row.status() == 200) {
      assertEquals(ACME, reply.says("path"));
      assertEquals("alice", reply.says("remote-user"));
      assertEquals("writer", reply.says("roles"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherThreadKnowsWhoAsks(Form form) throws IOException {
    Reply reply = ask(Samples.in(form), by("alice", "thread"));
    assertEquals("sample-application", reply.says("thread"), reply::toString);
    assertIsAlice(reply);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatComesBackFromAnotherThreadIsTheSameStill(Form form) throws IOException {
    Reply reply = ask(Samples.in(form), by("alice", "back"));
    assertEquals("ASYNC", reply.says("dispatcher"), reply::toString);
    assertEquals(Team.MINE, reply.says("path"));
    assertIsAlice(reply);
    Reply open = ask(Samples.in(form), open("back"));
    assertEquals("ASYNC", open.says("dispatcher"), open::toString);
    assertEquals("none", open.says("principal"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsIncludedIsWhatTheCallerMaySee(Form form) throws IOException {
    Reply mine = ask(Samples.in(form), by("alice", "include " + ACME));
    assertTrue(mine.body().startsWith("INCLUDING\nREACHED"), mine::toString);
    assertEquals("INCLUDE", mine.says("dispatcher"));
    assertIsAlice(mine);
    for (String foreign : List.of(GLOBEX, "/nothing", "/api/v2/reset")) {
      Reply reply = ask(Samples.in(form), by("alice", "include " + foreign));
      assertFalse(reply.body().contains("REACHED"), reply::toString);
    }
    Reply open = ask(Samples.in(form), open("include " + ACME));
    assertFalse(open.body().contains("REACHED"), open::toString);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorPageStillKnowsWhoAsked(Form form) throws IOException {
    Reply sent = ask(Samples.in(form), by("alice", "error"));
    assertEquals(418, sent.status(), sent::toString);
    assertTrue(sent.body().endsWith("ERROR PAGE of 418"), sent::toString);
    assertIsAlice(sent);
    Reply thrown = ask(Samples.in(form), by("alice", "throw"));
    assertEquals(500, thrown.status(), thrown::toString);
    assertTrue(thrown.body().endsWith("ERROR PAGE of 500"), thrown::toString);
    assertIsAlice(thrown);
  }

  @ParameterizedTest
  @ValueSource(strings = {WebApp.ERROR_PAGE, "/error?x=y"})
  void anErrorPageIsNoPageForStrangers(String path) throws IOException {
    assertEquals(401, ask(Samples.in(Form.WEB_XML), Ask.get(path)).status());
    assertEquals(404, ask(Samples.in(Form.WEB_XML), Ask.get(path).as("alice")).status());
  }

  @ParameterizedTest
  @EnumSource(names = {"WEB_XML", "INSTANCE"})
  void anErrorBeforeTheFilterOpensNoErrorPage(Form form) throws IOException {
    Reply reply = ask(afterAnother(form), Ask.get(Team.MINE).header("X-Early: error"));
    assertFalse(reply.reached(), reply::toString);
    assertTrue(reply.status() >= 400, reply::toString);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEB_XML", "INSTANCE"})
  void theAttributesOfAnotherRequestOpenNothing(Form form) throws IOException {
    Setup setup = afterAnother(form);
    Reply allowed = ask(setup, Ask.get(Team.MINE).as("alice").header("X-Early: save"));
    assertEquals(200, allowed.status());
    for (String early : List.of("error", "async", "forward", "nothing else")) {
      Reply reply = ask(setup, Ask.get(Team.MINE).header("X-Early: restore, " + early));
      assertFalse(reply.reached(), () -> early + ": " + reply);
      assertTrue(reply.status() >= 400, () -> early + ": " + reply);
    }
  }

  private static Setup afterAnother(Form form) {
    WebApp sample = WebApp.sample(form, Team.settings());
    return Setup.of(sample.after(Part.of(EarlyFilter.class, "/*")));
  }

  private static void assertIsAlice(Reply reply) {
    assertEquals("UserIdentity alice", reply.says("principal"), reply::toString);
    assertEquals("alice", reply.says("remote-user"));
    assertEquals("token", reply.says("auth-type"));
    assertEquals("writer", reply.says("roles"));
  }
}
