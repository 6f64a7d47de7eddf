package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BcryptGateTest {
  private static final Optional<Boolean> REFUSED = Optional.empty();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCheckDecides(boolean right) {
    assertEquals(Optional.of(right), check(new BcryptGate(1, 1), "a", () -> right));
    assertEquals(Optional.of(right), check(BcryptGate.forThisMachine(), "a", () -> right));
  }

  @Test
  void whereNobodyMayWaitASecondIsRefused() {
    assertEquals(Optional.of(true), nested(new BcryptGate(1, 0), 1));
    assertEquals(REFUSED, nested(new BcryptGate(1, 0), 2));
  }

  @Test
  void oneUserGetsFourTurnsAtMost() {
    BcryptGate gate = new BcryptGate(10, 10);
    assertEquals(REFUSED, nested(gate, 5));
    assertEquals(Optional.of(true), nested(gate, 4));
  }

  @Test
  void oneSourceGetsHalfOfTheTurnsWhateverNamesItTries() {
    BcryptGate gate = new BcryptGate(20, 0);
    assertEquals(Optional.of(true), ofOneSource(gate, 10, () -> true));
    assertEquals(REFUSED, ofOneSource(gate, 11, () -> true));
    List<Optional<Boolean>> others = new ArrayList<>();
    BooleanSupplier another =
        () -> others.add(gate.admit(() -> gate.inTurn("alice", "9.9.9.9", () -> true)));
    assertEquals(Optional.of(true), ofOneSource(gate, 10, another));
    assertEquals(List.of(Optional.of(true)), others);
  }

  @Test
  void guessesOfAUsersPasswordDoNotKeepTheUserOutElsewhere() {
    BcryptGate gate = new BcryptGate(20, 0);
    List<Optional<Boolean>> alice = new ArrayList<>();
    BooleanSupplier inside =
        () ->
            alice.add(gate.admit(() -> gate.inTurn("alice", "6.6.6.6", () -> true)))
                && alice.add(gate.admit(() -> gate.inTurn("alice", "9.9.9.9", () -> true)));
    for (int i = 0; i < 4; i++) {
      BooleanSupplier further = inside;
      inside = () -> gate.admit(() -> gate.inTurn("alice", "6.6.6.6", further)).orElse(false);
    }
    assertTrue(inside.getAsBoolean());
    assertEquals(List.of(REFUSED, Optional.of(true)), alice);
  }

  private static Optional<Boolean> ofOneSource(BcryptGate gate, int depth, BooleanSupplier inside) {
    BooleanSupplier check =
        depth == 1 ? inside : () -> ofOneSource(gate, depth - 1, inside).orElse(false);
    Optional<Boolean> answer = gate.admit(() -> gate.inTurn("user" + depth, "6.6.6.6", check));
    return answer.filter(right -> right);
  }

  @Test
  void aUserWithoutAnotherTurnDoesNotKeepOutTheNext() {
    BcryptGate gate = new BcryptGate(10, 10);
    List<Optional<Boolean>> answers = new ArrayList<>();
    BooleanSupplier inside =
        () ->
            answers.add(check(gate, "a", () -> true)) && answers.add(check(gate, "b", () -> true));
    for (int i = 0; i < 3; i++) {
      BooleanSupplier further = inside;
      inside = () -> check(gate, "a", further).orElseThrow();
    }
    assertEquals(Optional.of(true), check(gate, "a", inside));
    assertEquals(List.of(REFUSED, Optional.of(true)), answers);
  }

  @Test
  void aCheckThatThrowsGivesItsTurnBack() {
    BcryptGate gate = new BcryptGate(1, 1);
    for (int i = 0; i < 10; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              check(
                  gate,
                  "a",
                  () -> {
                    throw new IllegalStateException("of the test");
                  }));
    }
    assertEquals(Optional.of(true), check(gate, "a", () -> true));
  }

  @Test
  void aRefusalTakesNothingAway() {
    BcryptGate gate = new BcryptGate(4, 1);
    for (int i = 0; i < 10; i++) {
      assertEquals(REFUSED, nested(gate, 5));
    }
    assertEquals(Optional.of(true), nested(gate, 4));
  }

  @Test
  void anInterruptedThreadIsRefusedAndStaysInterrupted() {
    BcryptGate gate = new BcryptGate(1, 1);
    for (int i = 0; i < 10; i++) {
      Thread.currentThread().interrupt();
      assertEquals(REFUSED, check(gate, "a", () -> true));
      assertTrue(Thread.interrupted());
    }
    assertEquals(Optional.of(true), check(gate, "a", () -> true));
  }

  @Test
  void whoeverFindsAFullQueueIsRefusedAtOnceAndTheOthersComeInOrder() throws InterruptedException {
    BcryptGate gate = new BcryptGate(1, 2);
    CountDownLatch end = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Thread first = start(gate, "first", order, end);
    Thread second = start(gate, "second", order, end);
    Thread third = start(gate, "third", order, end);
    assertEquals(REFUSED, check(gate, "fourth", () -> true));
    end.countDown();
    first.join();
    second.join();
    third.join();
    assertEquals(List.of("first", "second", "third"), order);
    assertEquals(Optional.of(true), check(gate, "fourth", () -> true));
  }

  @Test
  void theSourcesTakeTurnsHoweverManyWaitAtOne() throws InterruptedException {
    BcryptGate gate = new BcryptGate(1, 20);
    CountDownLatch end = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      threads.add(start(gate, "guess" + i, "6.6.6.6", order, end));
    }
    threads.add(start(gate, "alice", "9.9.9.9", order, end));
    threads.add(start(gate, "bob", "8.8.8.8", order, end));
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(
        List.of("guess0", "guess1", "alice", "bob", "guess2", "guess3", "guess4", "guess5"), order);
  }

  @Test
  void whoStopsWaitingLosesNobodysTurn() throws InterruptedException {
    BcryptGate gate = new BcryptGate(1, 5);
    CountDownLatch end = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Thread first = start(gate, "first", order, end);
    Thread leaving = start(gate, "leaving", order, end);
    Thread last = start(gate, "last", order, end);
    leaving.interrupt();
    leaving.join();
    end.countDown();
    first.join();
    last.join();
    assertEquals(List.of("first", "last"), order);
    assertEquals(Optional.of(true), check(gate, "again", () -> true));
  }

  private static Thread start(
      BcryptGate gate, String user, List<String> order, CountDownLatch end) {
    return start(gate, user, "", order, end);
  }

  /** Starts a check and returns when it stands still: within the gate or before it. */
  private static Thread start(
      BcryptGate gate, String user, String source, List<String> order, CountDownLatch end) {
    BooleanSupplier check =
        () -> {
          order.add(user);
          awaitQuietly(end);
          return true;
        };
    Thread thread = new Thread(() -> gate.admit(() -> gate.inTurn(user, source, check)));
    thread.start();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** So many checks of one user within each other; the answer of the innermost. */
  private static Optional<Boolean> nested(BcryptGate gate, int depth) {
    List<Optional<Boolean>> inner = new ArrayList<>();
    Optional<Boolean> outer =
        check(gate, "a", () -> depth == 1 || inner.add(nested(gate, depth - 1)));
    return inner.isEmpty() ? outer : inner.get(0);
  }

  /** As a provider does it. */
  private static Optional<Boolean> check(BcryptGate gate, String user, BooleanSupplier check) {
    return gate.admit(() -> gate.inTurn(user, "", check));
  }
}
