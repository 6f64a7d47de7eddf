package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The vectors of the collections that have been searched since the start. */
final class VectorIndexes {
  private static final String VECTORS =
      """
      SELECT r.seq, e.vector FROM record r JOIN embedding e ON e.seq = r.seq
      WHERE r.collection = ? ORDER BY r.seq""";
  private static final int PART = 4_096;

  private final Connections connections;
  private final Map<Long, VectorIndex> loaded = new ConcurrentHashMap<>();

  VectorIndexes(Connections connections) {
    this.connections = connections;
  }

  /** The vectors as after the last commit; read from the file the first time. */
  VectorIndex of(ChromaCollection collection, int dimension) {
    VectorIndex present = loaded.get(collection.key());
    return present != null
        ? present
        : connections.readBetweenWrites(connection -> load(connection, collection, dimension));
  }

  private VectorIndex load(Connection connection, ChromaCollection collection, int dimension)
      throws SQLException {
    VectorIndex present = loaded.get(collection.key());
    if (present != null) {
      return present;
    }
    VectorIndex index = ExactIndex.empty(collection.space(), dimension);
    VectorChanges part = new VectorChanges();
    try (PreparedStatement statement = new Sql(connection).prepared(VECTORS, collection.key());
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        part.add(rows.getLong(1), Vectors.floats(rows.getBytes(2)));
        if (part.added().size() == PART) {
          index = index.with(part);
          part = new VectorChanges();
        }
      }
    }
    index = index.with(part);
    loaded.put(collection.key(), index);
    return index;
  }

  /** Called between writes: follows a commit. */
  void apply(long collection, VectorChanges changes) {
    VectorIndex present = loaded.get(collection);
    if (present != null) {
      loaded.remove(collection); // where memory runs out now, the next search reads the file
      loaded.put(collection, present.with(changes));
    }
  }

  void forget(long collection) {
    loaded.remove(collection);
  }

  void forgetAll() {
    loaded.clear();
  }
}
