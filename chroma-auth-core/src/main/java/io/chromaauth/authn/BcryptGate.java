package io.chromaauth.authn;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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
   * @param waiting how many more may wait
   */
  BcryptGate(int atOnce, int waiting) {
    running = new Semaphore(atOnce, true);
    admitted = new Semaphore(atOnce + waiting);
  }

  /** Half of the processors, and few enough waiting to leave a small server's threads to others. */
  static BcryptGate forThisMachine() {
    return new BcryptGate(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 31);
  }

  /** Does what may wait, for a check's turn or for another's answer; empty if too many do. */
  Optional<Boolean> admit(Supplier<Optional<Boolean>> wait) {
    if (!admitted.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return wait.get();
    } finally {
      admitted.release();
    }
  }

  /**
   * The check's answer, or empty if it does not get its turn soon or too many passwords of one user
   * wait already. Called within {@link #admit}.
   */
  Optional<Boolean> inTurn(String user, BooleanSupplier check) {
    try {
      boolean few = byUser.merge(user, 1, Integer::sum) <= WAITING_FOR_ONE_USER;
      return few ? inTurn(check) : Optional.empty();
    } finally {
      byUser.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
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
    }
    try {
      return Optional.of(check.getAsBoolean());
    } finally {
      running.release();
    }
  }
}
