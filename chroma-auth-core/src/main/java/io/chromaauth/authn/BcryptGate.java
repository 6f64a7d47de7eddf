package io.chromaauth.authn;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets few bcrypts run at once, in the order in which they came, and few wait: neither guesses of
 * one user's password nor a flood of names may take all threads of a server. Thread-safe.
 */
final class BcryptGate {
  private static final int WAITING_FOR_ONE_USER = 4;
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final Semaphore running;
  private final Semaphore admitted;
  private final ConcurrentMap<String, Integer> byUser = new ConcurrentHashMap<>();

  /**
   * @param atOnce how many may run at the same time
   * @param waiting how many may wait for their turn
   */
  BcryptGate(int atOnce, int waiting) {
    running = new Semaphore(atOnce, true);
    admitted = new Semaphore(waiting);
  }

  /** Half of the processors, and few enough waiting to leave a small server's threads to others. */
  static BcryptGate forThisMachine() {
    return new BcryptGate(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 24);
  }

  /** The check's answer, or empty if it can't have its turn soon. */
  Optional<Boolean> check(String user, BooleanSupplier check) {
    if (byUser.merge(user, 1, Integer::sum) > WAITING_FOR_ONE_USER) {
      leave(user);
      return Optional.empty();
    }
    try {
      return admitted.tryAcquire() ? inTurn(check) : Optional.empty();
    } finally {
      leave(user);
    }
  }

  private Optional<Boolean> inTurn(BooleanSupplier check) {
    try {
      if (!running.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      admitted.release();
    }
    try {
      return Optional.of(check.getAsBoolean());
    } finally {
      running.release();
    }
  }

  private void leave(String user) {
    byUser.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
