package io.chromaauth.authn.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chromaauth.AuthnResult;
import io.chromaauth.authn.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which tokens were right, until they expire or a short time has passed. Holds only
 * successes, under an HMAC whose key dies with this object. Thread-safe.
 */
final class RememberedTokens {
  private final Function<String, Digest> keyed = Digest.keyed();
  private final @Nullable Cache<Digest, Remembered> cache;

  /**
   * @param ttl how long to remember; zero turns it off
   * @param size how many at most; zero turns it off
   */
  RememberedTokens(Duration ttl, long size) {
    boolean off = ttl.isZero() || size == 0;
    cache =
        off
            ? null
            : Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumSize(size)
                .executor(Runnable::run)
                .build();
  }

  private record Remembered(AuthnResult result, long expires) {}

  /** What a token came to, or null if it is not known or has expired. */
  @Nullable AuthnResult find(String token) {
    Remembered known = cache == null ? null : cache.getIfPresent(keyed.apply(token));
    return known != null && System.currentTimeMillis() < known.expires ? known.result : null;
  }

  /** Remembers a token that is right. */
  void remember(String token, AuthnResult result, Instant expires) {
    if (cache != null) {
      cache.put(keyed.apply(token), new Remembered(result, expires.toEpochMilli()));
    }
  }
}
