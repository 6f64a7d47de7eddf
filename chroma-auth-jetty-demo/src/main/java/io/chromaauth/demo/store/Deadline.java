package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.ProgressHandler;

/** Interrupts what a connection does once a time is over. */
final class Deadline extends ProgressHandler {
  /** Of SQLite's machine: a millisecond or so. */
  private static final int INSTRUCTIONS = 10_000;

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** Work that may be interrupted. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Does some work.
   *
   * @param endNanos as {@link System#nanoTime()} counts
   * @throws SQLException also if the time is over
   */
  static <T> T until(long endNanos, Connection connection, Work<T> work) throws SQLException {
    setHandler(connection, INSTRUCTIONS, new Deadline(endNanos));
    try {
      return work.run();
    } finally {
      clearHandler(connection);
    }
  }

  @Override
  protected int progress() {
    return System.nanoTime() - endNanos > 0 ? 1 : 0;
  }
}
