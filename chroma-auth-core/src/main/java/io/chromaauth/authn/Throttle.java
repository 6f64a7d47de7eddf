package io.chromaauth.authn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chromaauth.AuthnResult;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows down guesses: after some failures within a time, the next try has to wait, twice as long
 * after each further failure. Success forgets them. Bounded in size; thread-safe.
 */
public final class Throttle {
  /** How many failures are forgiven unless the settings say otherwise. */
  public static final int FAILURES = 10;

  /** Within which time. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  private static final long LONGEST_DELAY = Duration.ofSeconds(30).toNanos();
  private static final long FIRST_DELAY = Duration.ofSeconds(1).toNanos();
  private static final int MOST_REMEMBERED = 100_000;
  private static final int LONGEST_NAME = 128;

  private final int failures;
  private final long window;
  private final LongSupplier nanoTime;
  private final Cache<String, Guesses> guesses;

  /** By these numbers: {@code 0} failures never wait for anything, which turns it off. */
  public Throttle(int failures, Duration window) {
    this(failures, window, System::nanoTime);
  }

  Throttle(int failures, Duration window, LongSupplier nanoTime) {
    this.failures = failures;
    this.window = window.toNanos();
    this.nanoTime = nanoTime;
    this.guesses =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(window.plusNanos(LONGEST_DELAY))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** By Chroma-auth's own numbers. */
  public static Throttle byDefault() {
    return new Throttle(FAILURES, WINDOW);
  }

  /** One that never makes anybody wait. */
  public static Throttle off() {
    return new Throttle(0, WINDOW);
  }

  /** Who guesses what: a user's password from a source, or, with an empty name, any token. */
  static String key(String user, String source) {
    String name =
        user.length() <= LONGEST_NAME
            ? user
            : user.substring(0, LONGEST_NAME) + Integer.toHexString(user.hashCode());
    return source + ' ' + name;
  }

  /**
   * What becomes of a token that is not right, tried from this source: it is counted, or, after too
   * many, not even that.
   */
  public AuthnResult guessed(AuthnResult wrong, String source) {
    if (failures == 0) {
      return wrong;
    }
    String guess = key("", source);
    Duration delay = delay(guess);
    if (!delay.isZero()) {
      return new AuthnResult.Delayed(delay, "too many unknown tokens from there");
    }
    failed(guess);
    return wrong;
  }

  /** How long the next try has to wait; zero if it need not. */
  Duration delay(String key) {
    Guesses known = failures == 0 ? null : guesses.getIfPresent(key);
    long left = known == null ? 0 : known.blockedUntil - nanoTime.getAsLong();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** A try has failed. */
  void failed(String key) {
    if (failures > 0) {
      long now = nanoTime.getAsLong();
      guesses
          .asMap()
          .compute(key, (any, before) -> before == null ? first(now) : next(before, now));
    }
  }

  /** A try was right: what was before is forgiven. */
  void succeeded(String key) {
    guesses.invalidate(key);
  }

  /** For how many guesses something is remembered. */
  long size() {
    guesses.cleanUp();
    return guesses.estimatedSize();
  }

  private Guesses first(long now) {
    return failures > 1 ? new Guesses(1, now, now, 0) : delayed(1, now, now, FIRST_DELAY);
  }

  private Guesses next(Guesses before, long now) {
    // below the limit a window begins with its first failure; a delay is remembered for a window
    if (now - (before.delay == 0 ? before.since : before.blockedUntil) > window) {
      return first(now);
    }
    int count = before.count + 1;
    if (count < failures) {
      return new Guesses(count, before.since, now, 0);
    }
    long delay = Math.min(LONGEST_DELAY, before.delay == 0 ? FIRST_DELAY : before.delay * 2);
    return delayed(count, before.since, now, delay);
  }

  private static Guesses delayed(int count, long since, long now, long delay) {
    return new Guesses(count, since, now + delay, delay);
  }

  private record Guesses(int count, long since, long blockedUntil, long delay) {}
}
