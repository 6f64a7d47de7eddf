package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a request that was refused before its body was read, the connection is usable or closed:
 * what is in the body is never answered.
 */
public abstract class RefusedBodyRows extends HostRows {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedBodyRows.class);
  private static final String HIDDEN =
      "GET /api/v2/heartbeat?hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  private static final String SECOND = HIDDEN.replace("hidden", "second");
  private static final List<Row> REFUSED =
      List.of(
          Row.refused("nobody", Ask.of("POST", Team.MINE), 401),
          Row.refused("nobody, not looked at", Ask.of("POST", Team.MINE + "/x/add"), 401),
          Row.refused("not allowed", Ask.of("POST", Team.FOREIGN).as("alice"), 403),
          Row.refused("unknown", Ask.of("POST", "/api/v2/nothing").as("alice"), 404),
          Row.refused("another method", Ask.of("PUT", Team.MINE).as("alice"), 405),
          Row.refused("ambiguous", Ask.of("POST", "/api/v2//reset"), 400),
          Row.refused("cross-site", Ask.of("POST", Team.MINE).header("Origin: null"), 403));

  static List<Row> refused() {
    return REFUSED;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aLargeBodyIsNeverTakenForRequests(Row row) throws IOException {
    String body = HIDDEN.repeat((1 << 20) / HIDDEN.length());
    try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
      String length = "Content-Length: " + body.length();
      sendAll(wire, row.request().header(length), body);
      assertTheConnectionIsUsableOrClosed(wire, row);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aSmallBodyIsNeverTakenForARequest(Row row) throws IOException {
    try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
      sendAll(wire, row.request().header("Content-Length: " + HIDDEN.length()), HIDDEN);
      assertTheConnectionIsUsableOrClosed(wire, row);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aSlowChunkedBodyIsNeverTakenForRequests(Row row) throws IOException {
    String chunk = Integer.toHexString(HIDDEN.length()) + "\r\n" + HIDDEN + "\r\n";
    try (Wire wire = new Wire(running(Samples.in(Form.INSTANCE)).port())) {
      wire.send(row.request().header("Transfer-Encoding: chunked"));
      wire.send(chunk);
      Reply reply = wire.read(false);
      assertEquals(row.status(), reply.status(), reply::toString);
      assertFalse(reply.reached());
      sendOn(wire, chunk.repeat(3) + "0\r\n\r\n");
      assertOnlyTheSecondIsAnswered(wire);
    }
  }

  private static void sendAll(Wire wire, Ask head, String body) throws IOException {
    wire.send(head);
    sendOn(wire, body);
  }

  /** Who has answered may close, and then nothing can be sent. */
  private static void sendOn(Wire wire, String text) throws IOException {
    try {
      wire.send(text);
    } catch (SocketException e) {
      LOG.debug("closed", e);
    }
  }

  private static void assertTheConnectionIsUsableOrClosed(Wire wire, Row row) throws IOException {
    Reply first = wire.read(false);
    // a reset may overtake the answer
    assertTrue(first.status() == row.status() || first.status() == 0, first::toString);
    assertFalse(first.reached(), first::toString);
    assertOnlyTheSecondIsAnswered(wire);
  }

  private static void assertOnlyTheSecondIsAnswered(Wire wire) throws IOException {
    sendOn(wire, SECOND);
    Reply second = wire.read(false);
    if (second.status() != 0) {
      assertEquals("second", second.says("query"), second::toString);
    }
  }
}
