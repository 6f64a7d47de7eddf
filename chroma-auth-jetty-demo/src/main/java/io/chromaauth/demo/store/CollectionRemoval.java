package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Removes a collection with all its rows, within the caller's transaction. */
final class CollectionRemoval {
  private static final List<String> STATEMENTS =
      List.of(
          """
          DELETE FROM trigram WHERE rowid IN
            (SELECT seq FROM record WHERE collection = ? AND document IS NOT NULL)""",
          "DELETE FROM embedding WHERE seq IN (SELECT seq FROM record WHERE collection = ?)",
          "DELETE FROM record WHERE collection = ?",
          "DELETE FROM metadata WHERE collection = ?",
          "DELETE FROM metadata_kind WHERE collection = ?",
          "DELETE FROM collection WHERE key = ?");

  private CollectionRemoval() {}

  static void remove(Connection connection, long key) throws SQLException {
    Sql sql = new Sql(connection);
    for (String statement : STATEMENTS) {
      sql.run(statement, key);
    }
  }
}
