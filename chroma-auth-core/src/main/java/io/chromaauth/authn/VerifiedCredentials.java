package io.chromaauth.authn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which credentials were right, so that a password costs its bcrypt once
 * and not per request. Holds only successes, under an HMAC whose key dies with this object; belongs
 * to one set of users and goes with it. Thread-safe.
 */
final class VerifiedCredentials {
  private final Function<String, Digest> keyed = Digest.keyed();
  private final @Nullable Cache<Digest, Account> cache;

  /**
   * @param ttl how long to remember; zero turns it off
   * @param size how many at most; zero turns it off
   */
  VerifiedCredentials(Duration ttl, long size) {
    boolean off = ttl.isZero() || size == 0;
    // Runs its upkeep in the caller: no thread of a shared pool outlives a webapp in its name.
    cache =
        off
            ? null
            : Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumSize(size)
                .executor(Runnable::run)
                .build();
  }

  /** The key under which credentials are remembered. */
  Digest key(String credentials) {
    return keyed.apply(credentials);
  }

  /** Whose credentials these are, or null if they have not been verified lately. */
  @Nullable Account find(Digest key) {
    return cache == null ? null : cache.getIfPresent(key);
  }

  /** Remembers credentials that are right. */
  void remember(Digest key, Account account) {
    if (cache != null) {
      cache.put(key, account);
    }
  }
}
