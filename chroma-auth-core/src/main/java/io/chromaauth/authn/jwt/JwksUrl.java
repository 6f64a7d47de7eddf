package io.chromaauth.authn.jwt;

import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.chromaauth.net.Fetch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys at a URL. A thread of its own looks at it from time to time, and soon when a token names
 * an unknown key; while that fails, the keys that were read last hold on. Thread-safe.
 */
final class JwksUrl implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration WAIT_AT_START = Duration.ofSeconds(2);

  private final URI url;
  private final Set<String> algorithms;
  private final Needs needs;
  private final Pace pace;
  private final Fetch fetch = new Fetch("chroma-auth-jwks-http", PATIENCE);
  private final Thread thread = new Thread(this::watch, "chroma-auth-jwks");
  private final CountDownLatch tried = new CountDownLatch(1);
  private volatile @Nullable KeySet current;

  // guarded by this
  private boolean closed;
  private boolean missed;
  private long lastForMissed;
  private int failures;

  private JwksUrl(URI url, Set<String> algorithms, Needs needs, Pace pace) {
    this.url = url;
    this.algorithms = Set.copyOf(algorithms);
    this.needs = needs;
    this.pace = pace;
    this.lastForMissed = System.nanoTime() - pace.afterMissed().toNanos();
  }

  /**
   * How often the URL is asked.
   *
   * @param interval when all is well
   * @param afterMissed at most so often because of unknown keys
   * @param firstRetry after a failure, doubled after each further one
   * @param longestRetry at most so long
   */
  record Pace(Duration interval, Duration afterMissed, Duration firstRetry, Duration longestRetry) {
    static final Pace USUAL =
        new Pace(
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));
  }

  /** Begins to look at the URL; waits a moment for the first answer. */
  static JwksUrl start(URI url, Set<String> algorithms, Needs needs) {
    return start(url, algorithms, needs, Pace.USUAL);
  }

  static JwksUrl start(URI url, Set<String> algorithms, Needs needs, Pace pace) {
    JwksUrl keys = new JwksUrl(url, algorithms, needs, pace);
    keys.thread.setDaemon(true);
    keys.thread.start();
    try {
      boolean answered = keys.tried.await(WAIT_AT_START.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("JWK Set at {} answered at once: {}", url, answered);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return keys;
  }

  @Override
  public @Nullable KeySet current() {
    return current;
  }

  @Override
  public synchronized boolean missed() {
    missed = true;
    notifyAll();
    return true;
  }

  /** Ends the thread and waits for it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    fetch.close();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      do {
        read();
        tried.countDown();
      } while (waitForNext());
    } catch (InterruptedException e) {
      LOG.debug("JWK Set at {} is not looked at any more", url);
    }
  }

  private void read() throws InterruptedException {
    try {
      Fetch.Answer answer = fetch.get(url, "application/jwk-set+json, application/json");
      if (answer.status() != 200) {
        throw new IOException("status " + answer.status());
      }
      take(Jwks.parse(answer.body(), algorithms).orElseThrow(() -> new IOException("no JWK Set")));
      succeeded();
    } catch (IOException e) {
      failed(e.getMessage());
    } catch (RuntimeException | Error e) { // the thread must not end, and no key ever come again
      failed(e.getClass().getName());
    }
  }

  private void take(Jwks set) {
    KeySet before = current;
    if (before != null && before.isSame(set.keys())) {
      return;
    }
    current = KeySet.of(set.keys(), needs);
    LOG.info("keys of JWTs: {} read from {}", set.keys().size(), url);
    set.notes().forEach(note -> LOG.info("JWK Set at {}: {}", url, note));
    if (set.hasPrivate()) {
      LOG.warn("the JWK Set at {} gives away a secret or private key", url);
    }
    if (set.keys().isEmpty()) {
      LOG.warn("the JWK Set at {} has no usable key: every JWT is refused", url);
    }
  }

  private synchronized void succeeded() {
    if (failures > 0) {
      LOG.info("the JWK Set at {} can be read again", url);
    }
    failures = 0;
  }

  private synchronized void failed(@Nullable String why) {
    if (failures == 0 && !closed) {
      String holds = current == null ? "JWTs are answered 503" : "the keys read last hold on";
      LOG.warn("the JWK Set at {} could not be read ({}): {}", url, why, holds);
    }
    failures = Math.min(failures + 1, 16);
  }

  /** Whether there is a next time. */
  private synchronized boolean waitForNext() throws InterruptedException {
    long next = System.nanoTime() + pause().toNanos();
    while (!closed) {
      long forMissed = lastForMissed + pace.afterMissed().toNanos();
      long due = missed && forMissed - next < 0 ? forMissed : next;
      long left = due - System.nanoTime();
      if (left <= 0) {
        if (missed) {
          missed = false;
          lastForMissed = System.nanoTime();
        }
        return true;
      }
      wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
    return false;
  }

  private Duration pause() {
    if (failures == 0) {
      return pace.interval();
    }
    Duration retry = pace.firstRetry().multipliedBy(1L << (failures - 1));
    return retry.compareTo(pace.longestRetry()) < 0 ? retry : pace.longestRetry();
  }
}
