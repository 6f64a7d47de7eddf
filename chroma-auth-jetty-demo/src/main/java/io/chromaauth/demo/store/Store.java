package io.chromaauth.demo.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A persistent store in one folder, for one process. Thread-safe.
 *
 * <p>What a method has written when it returns survives the end of the process at any moment.
 */
public final class Store implements AutoCloseable {
  private final StoreFolder folder;
  private final Connections connections;
  private final VectorIndexes indexes;
  private final Catalog catalog;
  private final Records records;
  private final Budget results;

  private Store(StoreFolder folder, Connections connections, StoreLimits limits) {
    this.folder = folder;
    this.connections = connections;
    this.indexes = new VectorIndexes(connections, limits.vectorBytes());
    this.results =
        new Budget(
            limits.resultBytes(), "the answer", "ask for less at once (limit, offset, include)");
    this.catalog = new Catalog(connections, indexes::forget);
    this.records = new Records(connections, indexes, limits.filterTime());
  }

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @throws StoreUnavailableException if another process has it open, or a later release wrote it
   */
  public static Store open(Path dir) throws IOException {
    return open(dir, StoreLimits.usual());
  }

  /** The same with limits of its own. */
  static Store open(Path dir, StoreLimits limits) throws IOException {
    StoreFolder folder = StoreFolder.take(dir);
    try {
      if (folder.isNew()) {
        create(folder);
      }
      Connections connections = Connections.open(folder.data());
      mustBeKnown(folder, connections);
      return new Store(folder, connections, limits);
    } catch (SQLException | StoreFailure e) {
      folder.close();
      throw new IOException("store " + dir + " can't be opened: " + e.getMessage(), e);
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private static void create(StoreFolder folder) throws IOException, SQLException {
    try (Connections connections = Connections.open(folder.unfinished())) {
      connections.write(
          connection -> {
            StoreSchema.create(connection);
            return true;
          });
    }
    folder.finish();
  }

  /** The file's header may be older than what waits in the log beside it. */
  private static void mustBeKnown(StoreFolder folder, Connections connections) throws IOException {
    long version =
        connections.read(connection -> new Sql(connection).number("PRAGMA user_version"));
    if (version > StoreSchema.VERSION) {
      connections.close();
      throw folder.newer(version);
    }
  }

  /** Tenants, databases and collections. */
  public Catalog catalog() {
    return catalog;
  }

  /** The records of collections. */
  public Records records() {
    return records;
  }

  /** The memory that the results of all requests share. */
  public Budget results() {
    return results;
  }

  /** Deletes everything but the default tenant and database. */
  public void reset() {
    connections.write(
        connection -> {
          StoreSchema.empty(connection);
          return true;
        });
    indexes.forgetAll();
  }

  /** How much memory vectors take. */
  long vectorBytes() {
    return indexes.bytes();
  }

  @Override
  public void close() throws IOException {
    connections.close();
    folder.close();
  }
}
