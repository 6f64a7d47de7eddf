package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Removes records with all their rows, within the caller's transaction. */
final class RecordRemoval {
  private RecordRemoval() {}

  /** What it comes to for the vectors. */
  static VectorChanges remove(
      Connection connection, long collection, FilterSql filter, long limit, Budget.Share results)
      throws SQLException {
    Sql sql = new Sql(connection);
    VectorChanges changes = new VectorChanges();
    try (MetadataRows metadata = new MetadataRows(sql, collection)) {
      for (long seq : RecordRows.seqs(connection, filter, limit, results)) {
        String json =
            sql.first(
                    "SELECT coalesce(metadata, '{}') FROM record WHERE seq = ?",
                    row -> row.getString(1),
                    seq)
                .orElseThrow();
        metadata.delete(seq, json);
        sql.run("DELETE FROM trigram WHERE rowid = ?", seq);
        sql.run("DELETE FROM embedding WHERE seq = ?", seq);
        sql.run("DELETE FROM record WHERE seq = ?", seq);
        changes.remove(seq);
      }
    }
    return changes;
  }
}
