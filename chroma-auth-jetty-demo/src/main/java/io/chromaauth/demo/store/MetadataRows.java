package io.chromaauth.demo.store;

import io.chromaauth.demo.store.MetadataValue.Many;
import io.chromaauth.demo.store.MetadataValue.Nothing;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one collection that where filters look into. */
final class MetadataRows implements AutoCloseable {
  /** Chroma never shows such names. */
  private static final String HIDDEN = "chroma:";

  private final long collection;
  private final Set<MetadataKind> kinds = new LinkedHashSet<>();
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement insertKind;

  MetadataRows(Sql sql, long collection) throws SQLException {
    this.collection = collection;
    insert = sql.prepared("INSERT OR IGNORE INTO metadata VALUES (?, ?, ?, ?, ?)");
    delete =
        sql.prepared(
            """
            DELETE FROM metadata
            WHERE collection = ? AND name = ? AND kind = ? AND value = ? AND seq = ?""");
    insertKind = sql.prepared("INSERT OR IGNORE INTO metadata_kind VALUES (?, ?, ?)");
  }

  /** What of some metadata is stored: an empty list is not, but its name is remembered. */
  Map<String, MetadataValue> storable(@Nullable Map<String, MetadataValue> metadata) {
    Map<String, MetadataValue> kept = new LinkedHashMap<>();
    if (metadata != null) {
      metadata.forEach(
          (name, value) -> {
            if (name.startsWith(HIDDEN) || value == Nothing.NOTHING) {
              return;
            }
            kinds.add(new MetadataKind(name, value.kind()));
            if (!(value instanceof Many many && many.values().isEmpty())) {
              kept.put(name, value);
            }
          });
    }
    return kept;
  }

  void insert(long seq, Map<String, MetadataValue> metadata) throws SQLException {
    change(insert, seq, metadata);
  }

  void delete(long seq, @Nullable String json) throws SQLException {
    if (json != null) {
      change(delete, seq, MetadataJson.read(json));
    }
  }

  /**
   * Changes a record's rows.
   *
   * @param json its metadata so far
   * @param update new values, and nothing for names to be removed
   * @return its metadata from now on
   */
  @Nullable String merge(
      long seq, @Nullable String json, @Nullable Map<String, MetadataValue> update)
      throws SQLException {
    if (update == null || update.isEmpty()) {
      return json;
    }
    Map<String, MetadataValue> merged =
        json == null ? new LinkedHashMap<>() : MetadataJson.read(json);
    merged.putAll(update);
    Map<String, MetadataValue> kept = storable(merged);
    delete(seq, json);
    insert(seq, kept);
    return kept.isEmpty() ? null : MetadataJson.write(kept);
  }

  /** The names and kinds that have been inserted. */
  void writeKinds() throws SQLException {
    for (MetadataKind kind : kinds) {
      insertKind.setLong(1, collection);
      insertKind.setString(2, kind.name());
      insertKind.setString(3, kind.kind());
      insertKind.executeUpdate();
    }
  }

  private void change(PreparedStatement statement, long seq, Map<String, MetadataValue> metadata)
      throws SQLException {
    for (Map.Entry<String, MetadataValue> entry : metadata.entrySet()) {
      boolean list = entry.getValue() instanceof Many;
      for (MetadataValue value : SqlValues.scalars(entry.getValue())) {
        statement.setLong(1, collection);
        statement.setString(2, entry.getKey());
        statement.setInt(3, list ? SqlValues.kindInList(value) : SqlValues.kind(value));
        statement.setObject(4, SqlValues.value(value));
        statement.setLong(5, seq);
        statement.executeUpdate();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    delete.close();
    insertKind.close();
  }
}
