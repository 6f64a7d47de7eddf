package io.chromaauth.demo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads every vector from the file in each search: slow, in next to no memory. */
final class FileIndex implements VectorIndex {
  /** Of one collection in order of insertion. */
  static final String VECTORS =
      """
      SELECT r.seq, e.vector FROM record r JOIN embedding e ON e.seq = r.seq
      WHERE r.collection = ? ORDER BY r.seq""";

  private static final String VECTOR = "SELECT seq, vector FROM embedding WHERE seq = ?";

  private final Connections connections;
  private final ChromaCollection collection;
  private final int dimension;

  FileIndex(Connections connections, ChromaCollection collection, int dimension) {
    this.connections = connections;
    this.collection = collection;
    this.dimension = dimension;
  }

  @Override
  public VectorIndex with(VectorChanges changes) {
    return this;
  }

  @Override
  public List<Hit> nearest(float[] query, Nearest nearest, long @Nullable [] among) {
    if (nearest.wantsNone()) {
      return List.of();
    }
    Scan scan = new Scan(query, nearest);
    return connections.read(
        collection.tenant(),
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(among == null ? VECTORS : VECTOR)) {
            for (long key : among == null ? new long[] {collection.key()} : among) {
              statement.setLong(1, key);
              scan.read(statement);
            }
          }
          return scan.nearest.inOrder();
        });
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long bytesFor(VectorChanges changes) {
    return 0;
  }

  /** One search. */
  private final class Scan {
    private final float[] query;
    private final float scale;
    private final Nearest nearest;

    Scan(float[] query, Nearest nearest) {
      this.query = query;
      this.scale = collection.space().inverseLength(query);
      this.nearest = nearest;
    }

    void read(PreparedStatement statement) throws SQLException {
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          float[] vector = Vectors.floats(rows.getBytes(2));
          if (vector.length == dimension) {
            float both = scale * collection.space().inverseLength(vector);
            nearest.offer(rows.getLong(1), collection.space().distance(query, vector, 0, both));
          }
        }
      }
    }
  }
}
