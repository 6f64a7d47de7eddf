package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Tenants and databases, and the collections in them. Thread-safe.
 *
 * <p>As in Chroma, a database may be created in a tenant that nobody has created.
 */
public final class Catalog {
  private final Connections connections;
  private final LongConsumer onDelete;

  /**
   * @param onDelete told the key of each collection that is gone
   */
  Catalog(Connections connections, LongConsumer onDelete) {
    this.connections = connections;
    this.onDelete = onDelete;
  }

  /**
   * Creates a tenant.
   *
   * @throws Refused if there is one of that name
   */
  public void createTenant(String name) {
    String sql = "INSERT OR IGNORE INTO tenant VALUES (?)";
    if (connections.write(connection -> new Sql(connection).run(sql, name)) == 0) {
      throw Refused.exists("Tenant [" + name + "] already exists");
    }
  }

  /** Whether there is such a tenant. */
  public boolean hasTenant(String name) {
    String sql = "SELECT count(*) FROM tenant WHERE name = ?";
    return connections.read(connection -> new Sql(connection).number(sql, name)) > 0;
  }

  /**
   * Creates a database.
   *
   * @throws Refused if the tenant has one of that name
   */
  public void createDatabase(String tenant, String name) {
    String sql = "INSERT OR IGNORE INTO database VALUES (?, ?, ?)";
    String id = UUID.randomUUID().toString();
    if (connections.write(connection -> new Sql(connection).run(sql, id, tenant, name)) == 0) {
      throw Refused.exists("Database [" + name + "] already exists");
    }
  }

  /** A database, if it is there. */
  public Optional<ChromaDatabase> database(String tenant, String name) {
    String sql = "SELECT id, tenant, name FROM database WHERE tenant = ? AND name = ?";
    return connections.read(
        connection -> new Sql(connection).first(sql, Catalog::databaseOf, tenant, name));
  }

  /** A tenant's databases by name. */
  public List<ChromaDatabase> databases(String tenant, long limit, long offset) {
    String sql =
        "SELECT id, tenant, name FROM database WHERE tenant = ? ORDER BY name LIMIT ? OFFSET ?";
    return connections.read(
        connection -> new Sql(connection).all(sql, Catalog::databaseOf, tenant, limit, offset));
  }

  private static ChromaDatabase databaseOf(ResultSet row) throws SQLException {
    return new ChromaDatabase(row.getString(1), row.getString(2), row.getString(3));
  }

  /**
   * Deletes a database with all that is in it.
   *
   * @throws Refused if it is not there
   */
  public void deleteDatabase(String tenant, String name) {
    List<Long> gone =
        connections.write(
            connection -> {
              Sql sql = new Sql(connection);
              if (sql.run("DELETE FROM database WHERE tenant = ? AND name = ?", tenant, name)
                  == 0) {
                throw Refused.notFound("Database [" + name + "] not found");
              }
              List<Long> keys =
                  sql.all(
                      "SELECT key FROM collection WHERE tenant = ? AND database = ?",
                      row -> row.getLong(1),
                      tenant,
                      name);
              for (long key : keys) {
                CollectionRemoval.remove(connection, key);
              }
              return keys;
            });
    gone.forEach(onDelete::accept);
  }

  /**
   * Creates a collection with an id of its own.
   *
   * @throws Refused if the database is not there, or has one of that name
   */
  public ChromaCollection create(CollectionDraft draft) {
    return connections.write(connection -> insert(connection, draft));
  }

  /** The collection of that name, unchanged, or a new one. */
  public ChromaCollection getOrCreate(CollectionDraft draft) {
    return connections.write(
        connection -> {
          Optional<ChromaCollection> there =
              CollectionRows.named(connection, draft.tenant(), draft.database(), draft.name());
          return there.isPresent() ? there.get() : insert(connection, draft);
        });
  }

  private static ChromaCollection insert(Connection connection, CollectionDraft draft)
      throws SQLException {
    Sql sql = new Sql(connection);
    String databases = "SELECT count(*) FROM database WHERE tenant = ? AND name = ?";
    if (sql.number(databases, draft.tenant(), draft.database()) == 0) {
      throw Refused.invalid("Database [" + draft.database() + "] does not exist");
    }
    return CollectionRows.insert(connection, draft);
  }

  /** A collection by its name. */
  public Optional<ChromaCollection> collection(String tenant, String database, String name) {
    return connections.read(connection -> CollectionRows.named(connection, tenant, database, name));
  }

  /** A collection by its id, wherever it is. */
  public Optional<ChromaCollection> collection(UUID id) {
    return connections.read(connection -> CollectionRows.withId(connection, id));
  }

  /** A database's collections by id, as Chroma lists them. */
  public List<ChromaCollection> collections(
      String tenant, String database, long limit, long offset) {
    return connections.read(
        connection -> CollectionRows.page(connection, tenant, database, limit, offset));
  }

  /** How many collections a database has. */
  public long count(String tenant, String database) {
    String sql = "SELECT count(*) FROM collection WHERE tenant = ? AND database = ?";
    return connections.read(connection -> new Sql(connection).number(sql, tenant, database));
  }

  /**
   * Changes a collection; what the change does not say stays.
   *
   * @throws Refused if it is gone, or the database has another one of the new name
   */
  public void update(ChromaCollection collection, CollectionChange change) {
    connections.write(connection -> CollectionRows.update(connection, collection, change));
  }

  /** Deletes a collection and its records. Does nothing if it is gone. */
  public void delete(ChromaCollection collection) {
    connections.write(
        connection -> {
          CollectionRemoval.remove(connection, collection.key());
          return collection.key();
        },
        onDelete::accept);
  }

  /** The names and kinds that a collection's metadata ever had, in no certain order. */
  public List<MetadataKind> kinds(ChromaCollection collection) {
    String sql = "SELECT name, kind FROM metadata_kind WHERE collection = ?";
    return connections.read(
        connection ->
            new Sql(connection)
                .all(
                    sql,
                    row -> new MetadataKind(row.getString(1), row.getString(2)),
                    collection.key()));
  }
}
