package io.chromaauth.demo.store;

import java.time.Duration;

/**
 * What a store may take.
 *
 * @param regexTime how long the regular expressions of one request may look for matches
 * @param vectorBytes how much memory vectors may take
 */
record StoreLimits(Duration regexTime, long vectorBytes) {
  /** Ten seconds, and half of the memory that the JVM may have. */
  static StoreLimits usual() {
    return new StoreLimits(Duration.ofSeconds(10), Runtime.getRuntime().maxMemory() / 2);
  }
}
