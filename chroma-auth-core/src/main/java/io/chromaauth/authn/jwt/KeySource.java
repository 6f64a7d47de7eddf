package io.chromaauth.authn.jwt;

import org.jspecify.annotations.Nullable;

/** Where keys come from. Thread-safe. */
interface KeySource extends AutoCloseable {
  /** The keys that hold now, or null if none have been read yet. */
  @Nullable KeySet current();

  /** A token has named a key that is not there: it may be a new one. */
  default void missed() {}

  @Override
  default void close() {}
}
