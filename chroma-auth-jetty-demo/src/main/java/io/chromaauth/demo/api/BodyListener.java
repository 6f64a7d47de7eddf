package io.chromaauth.demo.api;

import io.chromaauth.demo.store.Refused;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Collects a request's body as it comes, without a thread that waits for it. */
final class BodyListener implements ReadListener {
  private static final long LEAST_BYTES_PER_SECOND = 100_000;
  private static final int BUFFER = 1 << 14;

  private final AsyncContext async;
  private final ServletInputStream input;
  private final LimitedBody limited;
  private final CollectedBody body;
  private final Duration patience;
  private final Then then;
  private final long began = System.nanoTime();
  private final AtomicBoolean done = new AtomicBoolean();
  private long received;

  /** What follows, on a thread of the container. */
  interface Then {
    /**
     * Answers.
     *
     * @param failure why the body has not come, or null if it has
     */
    void answer(@Nullable RuntimeException failure);
  }

  private BodyListener(
      AsyncContext async,
      ServletInputStream input,
      CollectedBody body,
      Duration patience,
      Then then) {
    this.async = async;
    this.input = input;
    this.limited = new LimitedBody(input);
    this.body = body;
    this.patience = patience;
    this.then = then;
  }

  /**
   * Begins to collect.
   *
   * @param input of the request as the servlet sees it: the context has that of the container
   * @param patience how long any body may take; larger ones may take longer
   */
  static void listen(
      AsyncContext async,
      ServletInputStream input,
      CollectedBody body,
      Duration patience,
      Then then) {
    input.setReadListener(new BodyListener(async, input, body, patience, then));
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] buffer = new byte[BUFFER];
    try {
      while (!done.get() && input.isReady() && !input.isFinished()) {
        int length = limited.read(buffer, 0, buffer.length);
        if (length < 0) {
          return;
        }
        received += length;
        mustBeInTime();
        body.add(buffer, length);
      }
    } catch (ApiException | Refused e) {
      end(e);
    }
  }

  private void mustBeInTime() {
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    if (taken.compareTo(patience.plusSeconds(received / LEAST_BYTES_PER_SECOND)) > 0) {
      throw tooSlow();
    }
  }

  private static ApiException tooSlow() {
    return ApiException.of(Fault.TOO_SLOW, "the request body comes too slowly");
  }

  @Override
  public void onAllDataRead() {
    end(null);
  }

  @Override
  public void onError(Throwable failure) {
    end(failure instanceof RuntimeException unchecked ? unchecked : tooSlow());
  }

  private void end(@Nullable RuntimeException failure) {
    if (done.compareAndSet(false, true)) {
      async.start(() -> then.answer(failure));
    }
  }
}
