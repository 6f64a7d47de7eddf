package io.chromaauth.hosts.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.Ask;
import io.chromaauth.hosts.Reply;
import io.chromaauth.hosts.Team;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring MVC behind the filter, registered as documented, and as a bean of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MvcRows {
  private static final String MULTIPART =
      """
      --cut\r
      Content-Disposition: form-data; name="file"; filename="a.txt"\r
      Content-Type: text/plain\r
      \r
      REACHED by a file\r
      --cut--\r
      """;

  private BootApp registered;
  private BootApp bare;

  @BeforeAll
  void start() {
    registered = BootApp.start(SpringSamples.Mvc.class, SpringSamples.Registered.class);
    bare = BootApp.start(SpringSamples.Mvc.class, SpringSamples.Bare.class);
  }

  @AfterAll
  void end() {
    bare.close();
    registered.close();
  }

  @Test
  void aMethodIsHandedWhoAsks() throws IOException {
    Reply reply = registered.ask(Ask.get("/orders/mine").as("root"));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals("root", reply.says("principal"));
    assertEquals("root", reply.says("identity"));
    assertEquals("token", reply.says("provider"));
    assertEquals("[clerk]", reply.says("roles"));
    assertEquals("true", reply.says("clerk"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /orders/mine, nobody, 401",
    "GET, /orders/mine, rita, 200",
    "GET, /orders/secret, rita, 403",
    "GET, /orders/secret, root, 403",
    "GET, /orders/other, root, 404",
    "DELETE, /orders/mine, root, 405",
    "GET, /orders/mine;a=b, root, 400",
    "GET, /orders/./mine, root, 400",
    "GET, /error, root, 404",
    "GET, /error, nobody, 401",
  })
  void theVerdictIsTheFilters(String method, String path, String user, int status)
      throws IOException {
    for (BootApp app : List.of(registered, bare)) {
      Reply reply = app.ask(Ask.of(method, path).as(user));
      assertEquals(status, reply.status(), reply::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/deferred", "/orders/called"})
  void whatIsAnsweredLaterIsTheSameUsers(String path) throws IOException {
    for (BootApp app : List.of(registered, bare)) {
      Reply reply = app.ask(Ask.get(path).as("rita"));
      assertEquals(200, reply.status(), reply::toString);
      assertEquals("rita", reply.says("identity"));
      assertEquals(401, app.ask(Ask.get(path)).status());
    }
    assertEquals("rita", registered.ask(Ask.get("/orders/called").as("rita")).says("remote-user"));
  }

  @ParameterizedTest
  @CsvSource({"/orders/teapot, 418", "/orders/broken, 500"})
  void theErrorPageKnowsWhoAskedWhereTheFilterStandsBeforeItToo(String path, int status)
      throws IOException {
    Reply known = registered.ask(Ask.get(path).as("rita"));
    assertEquals(status, known.status(), known::toString);
    assertTrue(known.body().contains("\"status\":" + status), known::toString);
    assertEquals("rita", known.header(SpringSamples.ERROR_USER).orElseThrow());
    Reply unknown = bare.ask(Ask.get(path).as("rita"));
    assertEquals(status, unknown.status(), unknown::toString);
    assertEquals("null", unknown.header(SpringSamples.ERROR_USER).orElseThrow());
  }

  @Test
  void aForwardIsDecidedOnlyWhereTheFilterIsRegisteredForIt() throws IOException {
    Ask request = Ask.get("/orders/forwarding").as("rita");
    Reply decided = registered.ask(request);
    assertEquals(403, decided.status(), decided::toString);
    assertFalse(decided.body().contains("REACHED"));
    Reply passed = bare.ask(request);
    assertEquals(200, passed.status(), passed::toString);
    assertTrue(passed.body().contains("REACHED"));
  }

  @Test
  void aFileIsReceivedInParts() throws IOException {
    Ask upload =
        new Ask(
            "POST",
            "/orders/upload",
            List.of("Content-Type: multipart/form-data; boundary=cut"),
            MULTIPART);
    Reply reply = registered.ask(upload.as("root"));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals("root", reply.says("identity"));
    assertEquals("a.txt", reply.says("file"));
    assertTrue(reply.body().contains("REACHED by a file"));
    assertEquals(403, registered.ask(upload.as("rita")).status());
    assertEquals(401, registered.ask(upload).status());
  }

  @Test
  void aFormIsReceived() throws IOException {
    Ask form =
        new Ask(
            "POST",
            "/orders/form",
            List.of("Content-Type: application/x-www-form-urlencoded"),
            "name=J%C3%B6rg+M");
    Reply reply = registered.ask(form.as("root"));
    assertEquals("Jörg M", reply.says("name"), reply::toString);
    assertEquals("root", reply.says("identity"));
  }

  @Test
  void aBodyThatTheFilterReadIsThereAgain() throws IOException {
    Reply reply = registered.ask(Ask.post(Team.MINE, "{\"name\":\"docs\"}").as("root"));
    assertEquals("{\"name\":\"docs\"}", reply.says("body"), reply::toString);
  }
}
