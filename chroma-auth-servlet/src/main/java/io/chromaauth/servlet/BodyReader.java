package io.chromaauth.servlet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Reads a body that names something, whole and up to a limit. */
final class BodyReader {
  /** What reading may hold of the heap at once, with room for what parsing makes of it. */
  private static final int BUDGET_KIB =
      (int) Math.min(Runtime.getRuntime().maxMemory() / 16 / 1024, Integer.MAX_VALUE / 2);

  /** A body may come slowly, and its thread waits for it. */
  private static final int AT_ONCE = 16;

  /** One that takes longer than this keeps others out. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Unread BUSY =
      new Unread(Answer.NO_ROOM, "too many bodies to inspect at once");

  private final Semaphore readers = new Semaphore(AT_ONCE);
  private final Semaphore budget = new Semaphore(BUDGET_KIB);
  private final int limit;
  private final LongSupplier nanoTime;

  /**
   * @param limit in bytes
   */
  BodyReader(int limit) {
    this(limit, System::nanoTime);
  }

  BodyReader(int limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /** The body's bytes, or why they can't be had. */
  Result read(IncomingRequest request) throws IOException {
    if (request.contentLength() > limit) {
      return new Unread(Answer.tooLarge(limit), "body over the inspection limit");
    }
    if (request.values("Content-Encoding").stream().anyMatch(BodyReader::isEncoded)
        || isOtherCharset(request)) {
      return new Unread(
          Answer.badRequest("the body must be plain JSON in UTF-8"), "encoded or not UTF-8");
    }
    if (!readers.tryAcquire()) {
      return BUSY;
    }
    try {
      return withinBudget(request);
    } finally {
      readers.release();
    }
  }

  private Result withinBudget(IncomingRequest request) throws IOException {
    long length = request.contentLength() < 0 ? limit : request.contentLength();
    int kib = (int) Math.min(length / 1024 + 1, BUDGET_KIB);
    if (!budget.tryAcquire(kib)) {
      return BUSY;
    }
    try {
      byte[] bytes = new InTime(request.body()).readNBytes(limit + 1);
      return bytes.length > limit
          ? new Unread(Answer.tooLarge(limit), "body over the inspection limit")
          : new Read(bytes);
    } catch (InterruptedIOException e) {
      return new Unread(Answer.TOO_SLOW, "the body came too slowly");
    } finally {
      budget.release(kib);
    }
  }

  private static boolean isEncoded(String contentEncoding) {
    return !contentEncoding.equalsIgnoreCase("identity");
  }

  private static boolean isOtherCharset(IncomingRequest request) {
    String type = request.header("Content-Type");
    if (type == null) {
      return false; // Python clients until 0.6.3 send none
    }
    String lower = type.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    int charset = lower.indexOf("charset=");
    return charset >= 0 && !lower.substring(charset + 8).replace("\"", "").startsWith("utf-8");
  }

  /** A body that must have come by a time. */
  private final class InTime extends FilterInputStream {
    private final long begin = nanoTime.getAsLong();

    InTime(InputStream body) {
      super(body);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (nanoTime.getAsLong() - begin > LONGEST_NANOS) {
        throw new InterruptedIOException("too slow");
      }
      return count;
    }
  }

  /** A body read, or not. */
  sealed interface Result {}

  /** All of it. */
  @SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
  record Read(byte[] bytes) implements Result {}

  /** Not acceptable. */
  record Unread(Answer answer, String reason) implements Result {}
}
