package io.chromaauth.demo.store;

import java.time.Duration;

/**
 * What a store may take.
 *
 * @param filterTime how long one request may look for what its filter selects
 * @param vectorBytes how much memory vectors may take
 * @param resultBytes how much memory the results of all requests may take
 */
record StoreLimits(Duration filterTime, long vectorBytes, long resultBytes) {
  /** Ten seconds, half of the memory that the JVM may have, and a sixth of it. */
  static StoreLimits usual() {
    return of(Duration.ofSeconds(10), Budget.partOfHeap(2));
  }

  static StoreLimits of(Duration filterTime, long vectorBytes) {
    return new StoreLimits(filterTime, vectorBytes, Budget.partOfHeap(6));
  }
}
