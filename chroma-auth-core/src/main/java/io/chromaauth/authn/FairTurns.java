package io.chromaauth.authn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns that the sources take one after the other: who comes from a quiet one waits for one turn of
 * each other source, however many wait there. Those of one source come in their order. Thread-safe.
 */
final class FairTurns {
  private final ReentrantLock lock = new ReentrantLock();

  /** The source whose turn is next comes first; none has an empty queue. */
  private final Map<String, Deque<Waiter>> waiting = new LinkedHashMap<>();

  private int free;

  /**
   * @param atOnce how many turns there are at the same time
   */
  FairTurns(int atOnce) {
    free = atOnce;
  }

  private static final class Waiter {
    private final Condition granted;
    private boolean hasTurn;

    Waiter(Condition granted) {
      this.granted = granted;
    }
  }

  /**
   * Waits for a turn, which must be given back by {@link #release}. False if it does not come in
   * time.
   */
  boolean tryAcquire(String source, long time, TimeUnit unit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (free > 0) { // then nobody waits
        free--;
        return true;
      }
      Waiter waiter = new Waiter(lock.newCondition());
      waiting.computeIfAbsent(source, any -> new ArrayDeque<>()).add(waiter);
      return await(waiter, source, unit.toNanos(time));
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Waiter waiter, String source, long nanos) throws InterruptedException {
    boolean had = false;
    try {
      long left = nanos;
      while (!waiter.hasTurn && left > 0) {
        left = waiter.granted.awaitNanos(left);
      }
      had = waiter.hasTurn;
      return had;
    } finally {
      if (!had) {
        leave(waiter, source);
      }
    }
  }

  /** Whoever leaves after its turn came hands it on. */
  private void leave(Waiter waiter, String source) {
    if (waiter.hasTurn) {
      handOn();
      return;
    }
    waiting.computeIfPresent(
        source,
        (any, queue) -> {
          queue.remove(waiter);
          return queue.isEmpty() ? null : queue;
        });
  }

  /** Gives a turn back. */
  void release() {
    lock.lock();
    try {
      handOn();
    } finally {
      lock.unlock();
    }
  }

  private void handOn() {
    if (waiting.isEmpty()) {
      free++;
      return;
    }
    Map.Entry<String, Deque<Waiter>> next = waiting.entrySet().iterator().next();
    String source = next.getKey();
    Deque<Waiter> queue = next.getValue();
    Waiter waiter = queue.remove();
    waiting.remove(source);
    if (!queue.isEmpty()) {
      waiting.put(source, queue); // behind all others
    }
    waiter.hasTurn = true;
    waiter.granted.signal();
  }
}
