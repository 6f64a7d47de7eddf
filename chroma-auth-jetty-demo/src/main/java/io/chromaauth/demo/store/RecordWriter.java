package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one batch into one collection, within the caller's transaction. */
final class RecordWriter implements AutoCloseable {
  private final ChromaCollection collection;
  private final WriteMode mode;
  private final VectorChanges changes = new VectorChanges();
  private final MetadataRows metadataRows;
  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement insertVector;
  private final PreparedStatement updateVector;
  private final PreparedStatement update;
  private final PreparedStatement insertTrigrams;
  private final PreparedStatement deleteTrigrams;

  RecordWriter(Connection connection, ChromaCollection collection, WriteMode mode)
      throws SQLException {
    this.collection = collection;
    this.mode = mode;
    Sql sql = new Sql(connection);
    metadataRows = new MetadataRows(sql, collection.key());
    find =
        sql.prepared(
            "SELECT seq, metadata, uri, document FROM record WHERE collection = ? AND id = ?");
    insert =
        sql.prepared(
            """
            INSERT INTO record(collection, id, metadata, uri, document) VALUES (?, ?, ?, ?, ?)
            RETURNING seq""");
    insertVector = sql.prepared("INSERT INTO embedding(seq, vector) VALUES (?, ?)");
    updateVector = sql.prepared("UPDATE embedding SET vector = ? WHERE seq = ?");
    update = sql.prepared("UPDATE record SET metadata = ?, uri = ?, document = ? WHERE seq = ?");
    insertTrigrams = sql.prepared("INSERT INTO trigram(rowid, text) VALUES (?, ?)");
    deleteTrigrams = sql.prepared("DELETE FROM trigram WHERE rowid = ?");
  }

  /** What it comes to for the vectors. */
  VectorChanges write(RecordBatch batch) throws SQLException {
    for (int i = 0; i < batch.ids().size(); i++) {
      Written record =
          new Written(
              batch.ids().get(i),
              RecordBatch.at(batch.metadatas(), i),
              RecordBatch.at(batch.uris(), i),
              RecordBatch.at(batch.documents(), i));
      write(record, RecordBatch.at(batch.embeddings(), i));
    }
    metadataRows.writeKinds();
    return changes;
  }

  private void write(Written record, float @Nullable [] vector) throws SQLException {
    StoredRecord there = find(record.id());
    if (there == null && mode != WriteMode.UPDATE && vector != null) {
      insert(record, vector);
    } else if (there != null && mode != WriteMode.ADD) {
      update(there, record);
      if (vector != null) {
        bind(updateVector, Vectors.bytes(vector), there.seq()).executeUpdate();
        changes.replace(there.seq(), vector);
      }
    }
  }

  private @Nullable StoredRecord find(String id) throws SQLException {
    try (ResultSet row = bind(find, collection.key(), id).executeQuery()) {
      return row.next()
          ? new StoredRecord(
              row.getLong(1), id, row.getString(2), row.getString(3), row.getString(4))
          : null;
    }
  }

  private void insert(Written record, float[] vector) throws SQLException {
    Map<String, MetadataValue> metadata = metadataRows.storable(record.metadata());
    String json = metadata.isEmpty() ? null : MetadataJson.write(metadata);
    bind(insert, collection.key(), record.id(), json, record.uri(), record.document());
    long seq;
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      seq = row.getLong(1);
    }
    bind(insertVector, seq, Vectors.bytes(vector)).executeUpdate();
    if (record.document() != null) {
      bind(insertTrigrams, seq, record.document()).executeUpdate();
    }
    metadataRows.insert(seq, metadata);
    changes.add(seq, vector);
  }

  private void update(StoredRecord there, Written record) throws SQLException {
    String json = metadataRows.merge(there.seq(), there.metadata(), record.metadata());
    String uri = record.uri() == null ? there.uri() : record.uri();
    String document = record.document() == null ? there.document() : record.document();
    bind(update, json, uri, document, there.seq()).executeUpdate();
    if (document != null && !document.equals(there.document())) {
      bind(deleteTrigrams, there.seq()).executeUpdate();
      bind(insertTrigrams, there.seq(), document).executeUpdate();
    }
  }

  private static PreparedStatement bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    metadataRows.close();
    for (PreparedStatement statement :
        new PreparedStatement[] {
          find, insert, insertVector, updateVector, update, insertTrigrams, deleteTrigrams
        }) {
      statement.close();
    }
  }

  /** One record of the batch without its embedding. */
  private record Written(
      String id,
      @Nullable Map<String, MetadataValue> metadata,
      @Nullable String uri,
      @Nullable String document) {}
}
