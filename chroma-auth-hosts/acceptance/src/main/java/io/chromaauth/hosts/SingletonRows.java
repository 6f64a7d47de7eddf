package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the user's only tenant and database replace the defaults, every method says so. */
public abstract class SingletonRows extends HostRows {
  private static final String DEFAULT =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final Map<Form, Setup> SETUPS =
      Arrays.stream(Form.values()).collect(Collectors.toMap(form -> form, SingletonRows::setup));

  private static Setup setup(Form form) {
    return Setup.of(
        WebApp.sample(
            form,
            Team.settings("CHROMA_OVERWRITE_SINGLETON_TENANT_DATABASE_ACCESS_FROM_AUTH", "true")));
  }

  private Reply answer(Form form, Ask request) throws IOException {
    return ask(Objects.requireNonNull(SETUPS.get(form)), request);
  }

  @ParameterizedTest
  @EnumSource
  void thePathIsTheUsersOwnInEveryMethod(Form form) throws IOException {
    Reply reply = answer(form, Ask.get(DEFAULT).as("solo"));
    assertOwn(reply, Team.MINE);
    Reply named = answer(form, Ask.get(Team.FOREIGN).as("solo"));
    assertEquals(403, named.status());
  }

  @ParameterizedTest
  @EnumSource
  void theQueryIsTheUsersOwnInEveryMethod(Form form) throws IOException {
    Reply reply = answer(form, Ask.get("/api/v1/collections?limit=1").as("solo"));
    List<String> pairs = List.of(reply.says("query").split("&"));
    assertTrue(
        pairs.containsAll(List.of("tenant=acme", "database=docs", "limit=1")), pairs::toString);
    assertEquals("[acme]", reply.says("tenants"));
  }

  @ParameterizedTest
  @EnumSource
  void aForwardIsReplacedToo(Form form) throws IOException {
    Ask forward = Ask.get("/api/v2/heartbeat").as("solo").ordering("forward " + DEFAULT);
    assertOwn(answer(form, forward), Team.MINE);
    Ask twice = Ask.get(DEFAULT).as("solo").ordering("forward " + DEFAULT + "_count");
    assertOwn(answer(form, twice), Team.MINE + "_count");
  }

  @ParameterizedTest
  @EnumSource
  void anAsynchronousDispatchIsReplacedToo(Form form) throws IOException {
    Ask there = Ask.get("/api/v2/heartbeat").as("solo").ordering("dispatch " + DEFAULT);
    assertOwn(answer(form, there), Team.MINE);
    Ask back = Ask.get(DEFAULT).as("solo").ordering("back");
    assertOwn(answer(form, back), Team.MINE);
    Ask thread = Ask.get(DEFAULT).as("solo").ordering("thread");
    assertOwn(answer(form, thread), Team.MINE);
  }

  private static void assertOwn(Reply reply, String path) {
    assertEquals(200, reply.status(), reply::toString);
    assertEquals(path, reply.says("uri"), reply::toString);
    assertEquals(path, reply.says("path"), reply::toString);
    assertTrue(reply.says("url").endsWith(path), reply::toString);
    assertEquals("solo", reply.says("remote-user"));
  }
}
