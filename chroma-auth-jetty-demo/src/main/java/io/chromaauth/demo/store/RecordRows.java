package io.chromaauth.demo.store;

import io.chromaauth.demo.store.VectorIndex.Hit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads records, of each only the fields that are asked for. */
final class RecordRows {
  /** As Chroma tells it, which keeps a URI among the metadata and hides it there. */
  private static final String METADATA =
      "CASE WHEN r.metadata IS NULL AND r.uri IS NOT NULL THEN '{}' ELSE r.metadata END";

  private final boolean embeddings;
  private final String columns;

  RecordRows(Set<Field> fields) {
    this.embeddings = fields.contains(Field.EMBEDDINGS);
    this.columns =
        "r.seq, r.id, "
            + (fields.contains(Field.METADATAS) ? METADATA : "NULL")
            + (fields.contains(Field.URIS) ? ", r.uri" : ", NULL")
            + (fields.contains(Field.DOCUMENTS) ? ", r.document" : ", NULL");
  }

  /** Nothing found. */
  static Page none(Set<Field> fields) {
    return new Page(List.of(), fields.contains(Field.EMBEDDINGS) ? List.of() : null);
  }

  /** The numbers of records in order of insertion; all of them if the limit is negative. */
  static List<Long> seqs(Connection connection, FilterSql filter, long limit) throws SQLException {
    return new Sql(connection)
        .all(
            "SELECT r.seq FROM record r WHERE " + filter.sql() + " ORDER BY r.seq LIMIT ?",
            row -> row.getLong(1),
            filter.values(limit));
  }

  Page page(Connection connection, FilterSql filter, long limit, long offset) throws SQLException {
    String vector = embeddings ? ", (SELECT vector FROM embedding e WHERE e.seq = r.seq)" : "";
    String sql =
        "SELECT "
            + columns
            + vector
            + " FROM record r WHERE "
            + filter.sql()
            + " ORDER BY r.seq LIMIT ? OFFSET ?";
    List<StoredRecord> records = new ArrayList<>();
    List<float[]> vectors = embeddings ? new ArrayList<>() : null;
    try (PreparedStatement statement =
            new Sql(connection).prepared(sql, filter.values(limit, offset));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        records.add(record(row));
        if (vectors != null) {
          vectors.add(Vectors.floats(row.getBytes(6)));
        }
      }
    }
    return new Page(records, vectors);
  }

  /** Those of the hits that are still there. */
  Neighbours neighbours(Connection connection, List<Hit> hits, VectorIndex index)
      throws SQLException {
    List<StoredRecord> records = new ArrayList<>();
    List<Float> distances = new ArrayList<>();
    List<float[]> vectors = embeddings ? new ArrayList<>() : null;
    try (PreparedStatement statement =
        new Sql(connection).prepared("SELECT " + columns + " FROM record r WHERE r.seq = ?")) {
      for (Hit hit : hits) {
        StoredRecord record = record(statement, hit.seq());
        float[] vector = record == null ? null : index.vector(hit.seq());
        if (record != null && vector != null) {
          records.add(record);
          distances.add(hit.distance());
          if (vectors != null) {
            vectors.add(vector);
          }
        }
      }
    }
    return new Neighbours(new Page(records, vectors), distances);
  }

  private static @Nullable StoredRecord record(PreparedStatement statement, long seq)
      throws SQLException {
    statement.setLong(1, seq);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? record(row) : null;
    }
  }

  private static StoredRecord record(ResultSet row) throws SQLException {
    return new StoredRecord(
        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
  }
}
