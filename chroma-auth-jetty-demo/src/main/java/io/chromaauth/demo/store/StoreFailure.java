package io.chromaauth.demo.store;

import java.sql.SQLException;

/**
 * The store could not do its work: disk full, input/output error, damaged file. A write that ends
 * with it has changed nothing; reads may still work.
 */
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreFailure(SQLException cause) {
    super("the store failed: " + cause.getMessage(), cause);
  }
}
