package io.chromaauth.demo.store;

import io.chromaauth.demo.store.VectorIndex.Hit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads records, of each only the fields that are asked for. */
final class RecordRows {
  /** As Chroma tells it, which keeps a URI among the metadata and hides it there. */
  private static final String METADATA =
      "CASE WHEN r.metadata IS NULL AND r.uri IS NOT NULL THEN '{}' ELSE r.metadata END";

  private final boolean embeddings;

  /** Of a record in memory, beside its texts and its vector. */
  private static final int RECORD_BYTES = 256;

  /** Of a record's number, and of its place in a set of them. */
  private static final int SEQ_BYTES = 96;

  private final String select;
  private final Budget.Share results;

  RecordRows(Set<Field> fields, Budget.Share results) {
    this.results = results;
    this.embeddings = fields.contains(Field.EMBEDDINGS);
    this.select =
        "SELECT r.seq, r.id, "
            + (fields.contains(Field.METADATAS) ? METADATA : "NULL")
            + (fields.contains(Field.URIS) ? ", r.uri" : ", NULL")
            + (fields.contains(Field.DOCUMENTS) ? ", r.document" : ", NULL")
            + (embeddings ? ", (SELECT vector FROM embedding e WHERE e.seq = r.seq)" : ", NULL")
            + " FROM record r ";
  }

  /** Nothing found. */
  static Page none(Set<Field> fields) {
    return new Page(List.of(), fields.contains(Field.EMBEDDINGS) ? List.of() : null);
  }

  /** The numbers of records in order of insertion; all of them if the limit is negative. */
  static List<Long> seqs(Connection connection, FilterSql filter, long limit, Budget.Share results)
      throws SQLException {
    return filter.inTime(
        connection,
        () ->
            new Sql(connection)
                .all(
                    "SELECT r.seq FROM record r WHERE " + filter.sql() + " ORDER BY r.seq LIMIT ?",
                    row -> {
                      results.take(SEQ_BYTES);
                      return row.getLong(1);
                    },
                    filter.values(limit)));
  }

  Page page(Connection connection, FilterSql filter, long limit, long offset) throws SQLException {
    String sql = select + "WHERE " + filter.sql() + " ORDER BY r.seq LIMIT ? OFFSET ?";
    return page(
        filter.inTime(
            connection,
            () -> new Sql(connection).all(sql, this::row, filter.values(limit, offset))));
  }

  /** Those of each query's hits that are still there; a record is read once for all of them. */
  List<Neighbours> neighbours(Connection connection, List<List<Hit>> hits) throws SQLException {
    Map<Long, Optional<Row>> known = new HashMap<>();
    List<Neighbours> all = new ArrayList<>();
    try (PreparedStatement statement = new Sql(connection).prepared(select + "WHERE r.seq = ?")) {
      for (List<Hit> ofOne : hits) {
        List<Row> rows = new ArrayList<>();
        List<Float> distances = new ArrayList<>();
        for (Hit hit : ofOne) {
          Optional<Row> row = known.get(hit.seq());
          if (row == null) {
            row = row(statement, hit.seq());
            known.put(hit.seq(), row);
          }
          if (row.isPresent()) {
            rows.add(row.get());
            distances.add(hit.distance());
          }
        }
        all.add(new Neighbours(page(rows), distances));
      }
    }
    return all;
  }

  private Optional<Row> row(PreparedStatement statement, long seq) throws SQLException {
    statement.setLong(1, seq);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row(row)) : Optional.empty();
    }
  }

  private Row row(ResultSet row) throws SQLException {
    byte[] vector = row.getBytes(6);
    results.take(RECORD_BYTES + (vector == null ? 0 : vector.length));
    return new Row(
        new StoredRecord(
            row.getLong(1), row.getString(2), text(row, 3), text(row, 4), text(row, 5)),
        vector == null ? null : Vectors.floats(vector));
  }

  private @Nullable String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    if (text != null) {
      results.take(bytes(text));
    }
    return text;
  }

  /** As the JVM keeps texts: one byte for each character, or two if one of them needs two. */
  private static long bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return 2L * text.length();
      }
    }
    return text.length();
  }

  private Page page(List<Row> rows) {
    List<float[]> vectors = new ArrayList<>();
    for (Row row : rows) {
      if (row.vector() != null) {
        vectors.add(row.vector());
      }
    }
    return new Page(rows.stream().map(Row::record).toList(), embeddings ? vectors : null);
  }

  /** A record with its vector, if that is asked for. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(StoredRecord record, float @Nullable [] vector) {}
}
