package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body reaches the application byte for byte, also one that the filter has looked at. */
public abstract class BodyRows extends HostRows {
  private static final String JSON =
      "{\"name\":\"docs-\u00e9\",\"metadata\":{\"a\":\"&name=of+the+form&\",\"b\":\""
          + "x".repeat(20_000)
          + "\"}}";

  /** Reads nothing in the body: the filter lets it by. */
  private static final String RECORDS = Team.MINE + "/00000000-0000-4000-8000-00000000000a/add";

  static List<Form> forms() {
    return List.of(Form.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "reader", "listener"})
  void aBodyThatWasLookedAtIsReadAgain(String way) throws IOException {
    for (Form form : Form.values()) {
      Reply reply = ask(Samples.in(form), json(Team.MINE).as("alice").ordering(way));
      assertEquals(200, reply.status(), reply::toString);
      assertEquals(JSON, reply.says("body"));
      Reply past = ask(Samples.in(form), json(RECORDS).as("root").ordering(way));
      assertEquals(JSON, past.says("body"), past::toString);
    }
  }

  /** Without the charset, a reader of a body that nobody looked at is the container's choice. */
  private static Ask json(String target) {
    String type = "Content-Type: application/json; charset=utf-8";
    return new Ask("POST", target, List.of(type), JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "reader", "listener"})
  void aChunkedBodyIsReadAgain(String way) throws IOException {
    String chunks = "a\r\n{\"name\": \"\r\n8\r\ndocs-x\"}\r\n0\r\n\r\n";
    Ask create =
        new Ask("POST", Team.MINE, List.of("Transfer-Encoding: chunked"), chunks)
            .as("alice")
            .ordering(way);
    Reply reply = ask(Samples.in(Form.INSTANCE), create);
    assertEquals("{\"name\": \"docs-x\"}", reply.says("body"), reply::toString);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFormIsTheContainersAndAJsonBodyIsNone(Form form) throws IOException {
    String type = "Content-Type: application/x-www-form-urlencoded";
    Ask decidedOn = new Ask("POST", Team.MINE, List.of(type), JSON);
    Reply none = ask(Samples.in(form), decidedOn.as("alice").ordering("form"));
    assertEquals("null", none.says("body"), "a form hidden in what was decided on");
    Ask letBy = new Ask("POST", RECORDS, List.of(type), "a=b&name=of+the+form");
    Reply reply = ask(Samples.in(form), letBy.as("root").ordering("form"));
    assertEquals("of the form", reply.says("body"), reply::toString);
  }

  @Test
  void theQuerysParametersAreThereBesideTheBody() throws IOException {
    Ask create = Ask.post(Team.MINE + "?name=of+the+query", JSON).as("alice").ordering("form");
    assertEquals("of the query", ask(Samples.in(Form.INSTANCE), create).says("body"));
  }

  @Test
  void whoIsToldToContinueIsAllowedAndWhoIsNotSendsNoBody() throws IOException {
    for (String target : List.of(Team.MINE, RECORDS)) {
      Ask head = new Ask("POST", target, List.of("Expect: 100-continue", "Content-Length: 17"), "");
      try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
        wire.send(head.as("root").ordering("stream"));
        assertEquals(100, wire.next(false).status());
        wire.send("{\"name\":\"docs-x\"}");
        assertEquals("{\"name\":\"docs-x\"}", wire.read(false).says("body"));
      }
      try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
        wire.send(head);
        assertEquals(401, wire.next(false).status());
      }
    }
  }

  @Test
  void aBodyOfBytesOfAnyKindGoesBy() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      all.append((char) i);
    }
    Reply reply =
        ask(Samples.in(Form.INSTANCE), Ask.post(RECORDS, all + "").as("root").ordering("digest"));
    assertEquals(64, reply.says("digest").length(), reply::toString);
    assertEquals(Upload.digest(all.toString()), reply.says("digest"));
  }

  @Test
  void aHundredMegabytesGoThrough() throws IOException {
    Upload upload = new Upload(100 << 20);
    try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
      String length = "Content-Length: " + upload.size();
      wire.send(new Ask("POST", RECORDS, List.of(length), "").as("root").ordering("digest"));
      String sent = upload.sendTo(wire);
      Reply reply = wire.read(false);
      assertEquals(sent, reply.says("digest"), reply::toString);
    }
  }

  @Test
  void aHundredMegabytesOfAStrangerAreNotWaitedFor() throws IOException {
    try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
      wire.send(new Ask("POST", RECORDS, List.of("Content-Length: " + (100 << 20)), ""));
      Reply reply = wire.read(false);
      assertEquals(401, reply.status());
      assertFalse(reply.reached());
    }
  }
}
