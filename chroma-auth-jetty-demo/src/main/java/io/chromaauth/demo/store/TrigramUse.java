package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Whether the trigram index serves a collection. It is one for all documents of the store: how long
 * it takes would tell of texts that are none of the asker's, and grows with them.
 */
final class TrigramUse {
  private static final int LEAST_SHARE = 4;

  private TrigramUse() {}

  /** True if all is one tenant's, or at least a quarter of all records is the collection's own. */
  static boolean isFit(Connection connection, ChromaCollection collection) throws SQLException {
    Sql sql = new Sql(connection);
    String others = "SELECT EXISTS(SELECT 1 FROM collection WHERE tenant <> ?)";
    if (sql.number(others, collection.tenant()) == 0) {
      return true;
    }
    long own = sql.number("SELECT count(*) FROM record WHERE collection = ?", collection.key());
    // as many as there ever were, at most: to count them would take the longer the more there are
    long all = sql.number("SELECT max(seq) FROM record");
    return own * LEAST_SHARE >= all;
  }
}
