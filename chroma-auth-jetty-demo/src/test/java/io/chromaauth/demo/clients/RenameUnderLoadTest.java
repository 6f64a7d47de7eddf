package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.TestGateway;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A collection's name changes while somebody bound to {@code docs-*} works with it over eight
 * connections, before the real Chroma 1.5.9. Each time the answer to a look-up under way is kept
 * back from before the change until Chroma and gateway have answered it: the worst moment.
 */
@ClientTest
@ExtendWith(GuardedChromas.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenameUnderLoadTest {
  private static final String WHO = "pattern";
  private static final String INSIDE = "docs-moving";
  private static final String OUTSIDE = "moved-away";
  private static final int ROUNDS = 9;
  private static final long TTL = TimeUnit.SECONDS.toNanos(2);

  private GuardedChroma server;

  @BeforeAll
  void start(GuardedChromas.Servers shared) {
    server = shared.of("1.5.9");
  }

  /** What happens to the collection. */
  enum Change {
    OUT_OF_THE_PATTERN(INSIDE, OUTSIDE),
    INTO_THE_PATTERN(OUTSIDE, INSIDE),
    DELETION(INSIDE, null);

    private final String before;
    private final @Nullable String after;

    Change(String before, @Nullable String after) {
      this.before = before;
      this.after = after;
    }
  }

  @Test
  void inOneProcessNoRequestIsJudgedByANameFromBeforeTheAnswer() throws Exception {
    String id = server.chroma().collection("acme", "main", INSIDE);
    try (TestGateway gateway = server.gateway();
        Load load = Load.on(collection(gateway, id), WHO)) {
      for (int round = 0; round < ROUNDS; round++) {
        boolean last = round == ROUNDS - 1;
        check(gateway, id, load, last ? Change.DELETION : Change.values()[round % 2]);
        if (last) {
          return;
        }
      }
    }
  }

  private void check(TestGateway gateway, String id, Load load, Change change) throws Exception {
    long answered = changeWithALookUpUnderWay(gateway, gateway, id, load, change, 0);
    load.awaitAnswersSince(answered);
    if (change == Change.INTO_THE_PATTERN) {
      assertEquals(
          List.of(),
          load.answers().stream()
              .filter(answer -> answer.ended() - answered > 0 && answer.status() != 200)
              .toList());
    } else {
      assertEquals(List.of(), reached(id, began -> true, answered), change.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OUT_OF_THE_PATTERN", "DELETION"})
  void inTwoProcessesNoRequestIsJudgedByAnOldNameAfterTwoSeconds(Change change) throws Exception {
    String id = server.chroma().collection("acme", "main", change.before);
    try (TestGateway writing = server.gateway();
        TestGateway reading = server.gateway();
        Load load = Load.on(collection(reading, id), WHO)) {
      long answered = changeWithALookUpUnderWay(writing, reading, id, load, change, 0);
      load.awaitAnswersSince(answered + TTL);
      assertEquals(List.of(), reached(id, began -> began - answered - TTL > 0, answered));
    } finally {
      remove(change);
    }
  }

  @Test
  void inTwoProcessesALookUpThatTakesTooLongIsNotBelieved() throws Exception {
    String id = server.chroma().collection("acme", "main", INSIDE);
    try (TestGateway writing = server.gateway();
        TestGateway reading = server.gateway();
        Load load = Load.on(collection(reading, id), WHO)) {
      Change change = Change.OUT_OF_THE_PATTERN;
      long answered = changeWithALookUpUnderWay(writing, reading, id, load, change, TTL + TTL / 10);
      load.awaitAnswersSince(answered + TTL);
      assertEquals(List.of(), reached(id, began -> true, answered + TTL));
    } finally {
      remove(Change.OUT_OF_THE_PATTERN);
    }
  }

  @Test
  void inTwoProcessesARenameIntoThePatternIsSeenAfterTwoSeconds() throws Exception {
    String id = server.chroma().collection("acme", "main", OUTSIDE);
    try (TestGateway writing = server.gateway();
        TestGateway reading = server.gateway();
        Load load = Load.on(collection(reading, id), WHO)) {
      Change change = Change.INTO_THE_PATTERN;
      long answered = changeWithALookUpUnderWay(writing, reading, id, load, change, 0);
      load.awaitAnswersSince(answered + TTL);
      List<Load.Answer> late =
          load.answers().stream().filter(answer -> answer.began() - answered - TTL > 0).toList();
      assertTrue(late.size() >= 8);
      assertEquals(List.of(), late.stream().filter(answer -> answer.status() != 200).toList());
    } finally {
      remove(Change.INTO_THE_PATTERN);
    }
  }

  /**
   * Makes the change while Chroma's answer to a look-up, and with it every connection, waits on its
   * way back.
   *
   * @param more how long after the change's answer it still waits, in nanoseconds
   * @return when the change was answered
   */
  private long changeWithALookUpUnderWay(
      TestGateway writing, TestGateway reading, String id, Load load, Change change, long more)
      throws Exception {
    load.awaitAnswersSince(System.nanoTime());
    int expected = change.before.equals(INSIDE) ? 200 : 404;
    var answers = load.answers(); // once: each call copies what has come so far
    assertEquals(expected, answers.get(answers.size() - 1).status());
    Passage.Hold hold = server.passage().holdLookUps();
    try {
      // a change elsewhere: all names are forgotten, and looked up again at once
      String other = "{\"new_metadata\":{\"a\":1}}";
      assertEquals(200, server.send(reading.url(), "admin", "PUT", "C/MINE", other).statusCode());
      hold.awaitFirst();
      load.awaitStandstill();
      String path = change.after == null ? "C/" + change.before : "C/" + id;
      String body = change.after == null ? null : "{\"new_name\":\"" + change.after + "\"}";
      int status =
          server
              .send(writing.url(), "admin", body == null ? "DELETE" : "PUT", path, body)
              .statusCode();
      long answered = System.nanoTime();
      assertEquals(200, status);
      TimeUnit.NANOSECONDS.sleep(more);
      return answered;
    } finally {
      hold.release();
    }
  }

  /**
   * What reached Chroma of the collection's data after some time, of the requests that began so.
   */
  private List<Passage.Passed> reached(String id, LongPredicate began, long after) {
    return server.passage().take().stream()
        .filter(passed -> passed.uri().contains(id))
        .filter(passed -> passed.method().equals("GET") || passed.uri().endsWith("/get"))
        .filter(passed -> passed.mark() != null && began.test(Long.parseLong(passed.mark())))
        .filter(passed -> passed.arrived() - after > 0)
        .toList();
  }

  private void remove(Change change) throws Exception {
    if (change.after != null) {
      server.send("admin", "DELETE", "C/" + change.after, null);
    }
  }

  private static URI collection(TestGateway gateway, String id) {
    return URI.create(gateway.url() + "/api/v2/tenants/acme/databases/main/collections/" + id);
  }
}
