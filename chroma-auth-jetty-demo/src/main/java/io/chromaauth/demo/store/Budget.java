package io.chromaauth.demo.store;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that requests share; one of them may take most of it, not all. Thread-safe. */
public final class Budget {
  private static final long MIB = 1 << 20;
  private static final long LUMP = 1 << 14;

  private final long bytes;
  private final String what;
  private final String advice;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param bytes what there is
   * @param what it is for, as the beginning of a message
   * @param advice how to do with less
   */
  public Budget(long bytes, String what, String advice) {
    this.bytes = bytes;
    this.what = what;
    this.advice = advice;
  }

  /** A part of the memory that the JVM may have. */
  public static long partOfHeap(int divisor) {
    return Runtime.getRuntime().maxMemory() / divisor;
  }

  /** Without any limit. */
  static Share uncounted() {
    return new Budget(Long.MAX_VALUE, "it", "").share();
  }

  /** For one request; takes nothing yet. */
  public Share share() {
    return new Share();
  }

  /** What one request may take. */
  public long each() {
    return bytes - bytes / 8;
  }

  /** How much is taken now. */
  public long taken() {
    return taken.get();
  }

  /** What there is too much of for one request, whatever goes on beside it. */
  public Refused tooLarge() {
    return Refused.tooLarge(
        what
            + " would take more than "
            + Math.max(1, each() / MIB)
            + " MiB of memory: "
            + advice
            + ", or start the server with more memory (-Xmx)");
  }

  /** What one request takes. For one thread at a time. */
  public final class Share implements AutoCloseable {
    private long used;
    private long reserved;

    private Share() {}

    /**
     * Takes some more.
     *
     * @throws Refused if that is too much for one request, or there is no more now
     */
    public void take(long more) {
      used += more;
      if (used > each()) {
        throw tooLarge();
      }
      if (used > reserved) {
        reserve(Math.max(used - reserved, LUMP));
      }
    }

    private void reserve(long more) {
      if (taken.addAndGet(more) > bytes) {
        taken.addAndGet(-more);
        throw Refused.busy(what + " would take more memory than is free now: try again");
      }
      reserved += more;
    }

    /** Gives all back. */
    @Override
    public void close() {
      taken.addAndGet(-reserved);
      reserved = 0;
      used = 0;
    }
  }
}
