package io.chromaauth.authn.jwt;

import org.jspecify.annotations.Nullable;

/** Where keys come from. Thread-safe. */
interface KeySource extends AutoCloseable {
  /** The keys that hold now, or null if none have been read yet. */
  @Nullable KeySet current();

  /**
   * A token has named a key that is not there. Whether it may be a new one, which is looked for.
   */
  default boolean missed() {
    return false;
  }

  @Override
  default void close() {}
}
