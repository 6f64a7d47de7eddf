package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same verdict in every form of registration, and wherever filter and application stand. */
public abstract class VerdictRows extends HostRows {
  private static final String JSON = "{\"name\":\"docs-x\"}";
  private static final List<Row> ROWS =
      List.of(
          Row.passes("a token", Ask.get(Team.MINE).as("alice")),
          Row.passes("a password", Ask.get(Team.MINE).basic("bob", "bob-password")),
          Row.passes("a role that reads", Ask.get(Team.MINE).as("rita")),
          Row.passes("a body that is looked at", Ask.post(Team.MINE, JSON).as("alice")),
          Row.passes("HEAD as GET", Ask.of("HEAD", Team.MINE).as("alice")),
          Row.passes("a final slash", Ask.get(Team.MINE + "/").as("alice")),
          Row.passes("heartbeat", Ask.get("/api/v2/heartbeat")),
          Row.passes("heartbeat, wrong token", Ask.get("/api/v2/heartbeat").as("nobody")),
          Row.refused("nobody", Ask.get(Team.MINE), 401),
          Row.refused("nobody by HEAD", Ask.of("HEAD", Team.MINE), 401),
          Row.refused("nobody by OPTIONS", Ask.of("OPTIONS", Team.MINE), 401),
          Row.refused("a wrong token", Ask.get(Team.MINE).as("nobody"), 401),
          Row.refused("a wrong password", Ask.get(Team.MINE).basic("bob", "other"), 401),
          Row.refused("nobody, unknown path", Ask.get("/api/v2/nothing"), 401),
          Row.refused("another tenant", Ask.get(Team.FOREIGN).as("alice"), 403),
          Row.refused("a role that only reads", Ask.post(Team.MINE, JSON).as("rita"), 403),
          Row.refused("an unknown path", Ask.get("/api/v2/nothing").as("alice"), 404),
          Row.refused("another method", Ask.of("PUT", Team.MINE).as("alice"), 405),
          Row.refused("two credentials", twoCredentials(), 400),
          Row.refused("an empty segment", Ask.get("/api/v2//tenants").as("root"), 400),
          Row.refused("a dot segment", Ask.get("/api/v2/./heartbeat"), 400),
          Row.refused("a parameter", Ask.get("/api/v2/heartbeat;a=b").as("root"), 400),
          Row.refused("an encoded slash", Ask.get("/api/v2/tenants%2Facme").as("root"), 400));

  private static Ask twoCredentials() {
    return Ask.get(Team.MINE).as("alice").header("X-Chroma-Token: rita-token");
  }

  static List<Arguments> rowsInEachForm() {
    return Samples.inEachForm(ROWS);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rowsInEachForm")
  void theVerdictIsTheSameInEachForm(Form form, Row row) throws IOException {
    row.check(ask(Samples.in(form), row.request()));
  }

  static List<Arguments> rowsAtEachMount() {
    List<Arguments> all = new ArrayList<>();
    for (Mount mount : Mount.ALL) {
      ROWS.forEach(row -> all.add(Arguments.of(mount, row)));
    }
    return all;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rowsAtEachMount")
  void theVerdictIsTheSameAtEachMount(Mount mount, Row row) throws IOException {
    row.check(ask(mount.setup(), row.below(mount.below()).request()));
  }

  @ParameterizedTest
  @EnumSource
  void whoIsLetThroughIsKnownToTheApplication(Form form) throws IOException {
    Reply token = ask(Samples.in(form), Ask.get(Team.MINE).as("alice"));
    assertEquals("UserIdentity alice", token.says("principal"));
    assertEquals("alice", token.says("remote-user"));
    assertEquals("token", token.says("auth-type"));
    assertEquals("writer", token.says("roles"));
    assertEquals("alice", token.says("identity"));
    Reply basic = ask(Samples.in(form), Ask.get(Team.MINE).basic("bob", "bob-password"));
    assertEquals("BASIC", basic.says("auth-type"));
    assertEquals("admin", basic.says("roles"));
    Reply open = ask(Samples.in(form), Ask.get("/api/v2/heartbeat").as("alice"));
    assertEquals("none", open.says("principal"));
    assertEquals("null", open.says("remote-user"));
    assertEquals("", open.says("roles"));
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalSaysWhatWouldBeRight(Form form) throws IOException {
    Reply unknown = ask(Samples.in(form), Ask.get(Team.MINE));
    assertTrue(unknown.header("WWW-Authenticate").orElseThrow().startsWith("Basic realm"));
    assertEquals("application/json", unknown.header("Content-Type").orElseThrow());
    assertTrue(unknown.header("X-Request-Id").isPresent());
    Reply method = ask(Samples.in(form), Ask.of("PUT", Team.MINE).as("alice"));
    assertEquals("GET, HEAD, POST", method.header("Allow").orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void theVeryFirstRequestIsDecidedAndTheRootToo(Form form) throws Exception {
    try (Host.Running fresh = host().start(Samples.in(form))) {
      assertEquals(401, Wire.ask(fresh.port(), Ask.post("/api/v2/reset", "")).status());
      assertEquals(401, Wire.ask(fresh.port(), Ask.get("/")).status());
    }
  }
}
