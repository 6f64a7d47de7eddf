package io.chromaauth.authn;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets few bcrypts run at once, the sources in turn, and few wait: neither guesses of one user's
 * password nor a flood of names may take all threads of a server, nor one source all turns.
 * Thread-safe.
 */
final class BcryptGate {
  private static final int WAITING_FOR_ONE_USER = 4;
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final FairTurns running;
  private final Semaphore admitted;
  private final int waitingFromOneSource;
  private final ConcurrentMap<String, Integer> byUser = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> bySource = new ConcurrentHashMap<>();

  /**
   * @param atOnce how many may run at the same time
   * @param waiting how many more may wait
   */
  BcryptGate(int atOnce, int waiting) {
    running = new FairTurns(atOnce);
    admitted = new Semaphore(atOnce + waiting);
    waitingFromOneSource = Math.max(1, (atOnce + waiting) / 2);
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
   * The check's answer, or empty if it does not get its turn soon, or too many passwords of one
   * user or from one source wait already. Called within {@link #admit}.
   *
   * @param source where they come from, or an empty text if that is not known
   */
  Optional<Boolean> inTurn(String user, String source, BooleanSupplier check) {
    // by both: whoever guesses a user's password elsewhere must not keep the user out
    return few(byUser, source + ' ' + user, WAITING_FOR_ONE_USER, () -> fromSource(source, check));
  }

  private Optional<Boolean> fromSource(String source, BooleanSupplier check) {
    return source.isEmpty()
        ? inTurn(source, check)
        : few(bySource, source, waitingFromOneSource, () -> inTurn(source, check));
  }

  private static Optional<Boolean> few(
      ConcurrentMap<String, Integer> waiting,
      String name,
      int most,
      Supplier<Optional<Boolean>> check) {
    try {
      return waiting.merge(name, 1, Integer::sum) <= most ? check.get() : Optional.empty();
    } finally {
      waiting.computeIfPresent(name, (any, count) -> count == 1 ? null : count - 1);
    }
  }

  private Optional<Boolean> inTurn(String source, BooleanSupplier check) {
    try {
      if (!running.tryAcquire(source, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
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
