package io.chromaauth.demo.store;

import io.chromaauth.demo.store.MetadataValue.Nothing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of collections. */
final class CollectionRows {
  private static final String SELECT =
      """
      SELECT key, id, tenant, database, name, space, configuration, metadata, dimension
      FROM collection WHERE\s""";

  private CollectionRows() {}

  static Optional<ChromaCollection> named(
      Connection connection, String tenant, String database, String name) throws SQLException {
    return new Sql(connection)
        .first(
            SELECT + "tenant = ? AND database = ? AND name = ?",
            CollectionRows::read,
            tenant,
            database,
            name);
  }

  static Optional<ChromaCollection> withId(Connection connection, UUID id) throws SQLException {
    return new Sql(connection).first(SELECT + "id = ?", CollectionRows::read, id.toString());
  }

  static List<ChromaCollection> page(
      Connection connection, String tenant, String database, long limit, long offset)
      throws SQLException {
    return new Sql(connection)
        .all(
            SELECT + "tenant = ? AND database = ? ORDER BY id LIMIT ? OFFSET ?",
            CollectionRows::read,
            tenant,
            database,
            limit,
            offset);
  }

  static ChromaCollection insert(Connection connection, CollectionDraft draft) throws SQLException {
    UUID id = UUID.randomUUID();
    int made =
        new Sql(connection)
            .run(
                """
                INSERT OR IGNORE INTO collection
                  (id, tenant, database, name, space, configuration, metadata)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                id.toString(),
                draft.tenant(),
                draft.database(),
                draft.name(),
                draft.space().name(),
                draft.configuration(),
                json(draft.metadata()));
    if (made == 0) {
      throw Refused.exists("Collection [" + draft.name() + "] already exists");
    }
    return withId(connection, id).orElseThrow();
  }

  static ChromaCollection update(
      Connection connection, ChromaCollection collection, CollectionChange change)
      throws SQLException {
    Sql sql = new Sql(connection);
    ChromaCollection now = withId(connection, collection.id()).orElseThrow(() -> gone(collection));
    String name = change.name();
    if (name != null && !name.equals(now.name())) {
      if (named(connection, now.tenant(), now.database(), name).isPresent()) {
        throw Refused.exists("Collection [" + name + "] already exists");
      }
      sql.run("UPDATE collection SET name = ? WHERE key = ?", name, now.key());
    }
    if (change.metadata() != null) {
      sql.run(
          "UPDATE collection SET metadata = ? WHERE key = ?", json(change.metadata()), now.key());
    }
    if (change.configuration() != null) {
      sql.run(
          "UPDATE collection SET configuration = ? WHERE key = ?",
          change.configuration(),
          now.key());
    }
    return now;
  }

  static Refused gone(ChromaCollection collection) {
    return Refused.noCollection("Collection [" + collection.id() + "] does not exist.");
  }

  private static @Nullable String json(@Nullable Map<String, MetadataValue> metadata) {
    if (metadata == null || metadata.values().stream().allMatch(Nothing.NOTHING::equals)) {
      return null;
    }
    return MetadataJson.write(metadata);
  }

  private static ChromaCollection read(ResultSet row) throws SQLException {
    int dimension = row.getInt(9);
    return new ChromaCollection(
        row.getLong(1),
        UUID.fromString(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Space.valueOf(row.getString(6)),
        row.getString(7),
        row.getString(8),
        dimension == 0 ? null : dimension);
  }
}
