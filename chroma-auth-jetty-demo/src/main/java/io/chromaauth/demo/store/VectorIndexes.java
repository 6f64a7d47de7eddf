package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of the collections that were searched last, as far as a part of the memory holds
 * them. A collection that is too large for it alone is read from the file by each search.
 */
final class VectorIndexes {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final int PART = 4_096;
  private static final long MIB = 1 << 20;
  private static final long HEAP_STEP = 256;

  private final Connections connections;
  private final long mostBytes;

  /** The one that was searched longest ago comes first. */
  private final Map<Long, VectorIndex> loaded = new LinkedHashMap<>(16, 0.75f, true);

  /** Those that were warned of. */
  private final Set<Long> told = ConcurrentHashMap.newKeySet();

  /**
   * @param mostBytes how much memory all vectors together may take
   */
  VectorIndexes(Connections connections, long mostBytes) {
    this.connections = connections;
    this.mostBytes = mostBytes;
  }

  /** The vectors as after the last commit. */
  VectorIndex of(ChromaCollection collection, int dimension) {
    VectorIndex present = present(collection.key());
    if (present != null) {
      return present;
    }
    String records = "SELECT count(*) FROM record WHERE collection = ?";
    long count =
        connections.read(connection -> new Sql(connection).number(records, collection.key()));
    long bytes = ExactIndex.bytes(count, dimension);
    if (bytes > mostBytes) {
      tell(collection, bytes);
      return new FileIndex(connections, collection, dimension);
    }
    return connections.readBetweenWrites(connection -> load(connection, collection, dimension));
  }

  private void tell(ChromaCollection collection, long bytes) {
    if (told.add(collection.key())) {
      // half of the heap is for vectors, and the collector keeps a part of it
      long heap = (bytes * 9 / 4 / MIB / HEAP_STEP + 1) * HEAP_STEP;
      LOG.warn(
          "collection {}/{}/{}: its vectors are {} MB, {} MB fit into memory: each search reads"
              + " the file, slowly; fix: JAVA_OPTS=-Xmx{}m",
          collection.tenant(),
          collection.database(),
          collection.name(),
          (bytes + MIB - 1) / MIB,
          mostBytes / MIB,
          heap);
    }
  }

  private VectorIndex load(Connection connection, ChromaCollection collection, int dimension)
      throws SQLException {
    VectorIndex present = present(collection.key());
    if (present != null) {
      return present;
    }
    VectorIndex index = ExactIndex.empty(collection.space(), dimension);
    VectorChanges part = new VectorChanges();
    try (PreparedStatement statement =
            new Sql(connection).prepared(FileIndex.VECTORS, collection.key());
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        part.add(rows.getLong(1), Vectors.floats(rows.getBytes(2)));
        if (part.added().size() == PART) {
          index = index.with(part);
          makeRoom(index.bytes());
          part = new VectorChanges();
        }
      }
    }
    index = index.with(part);
    keep(collection.key(), index);
    return index;
  }

  /** Called between writes: follows a commit. */
  void apply(long collection, VectorChanges changes) {
    VectorIndex present = present(collection);
    if (present != null) {
      forget(collection); // where memory runs out now, the next search reads the file
      keep(collection, present.with(changes));
    }
  }

  private synchronized @Nullable VectorIndex present(long collection) {
    return loaded.get(collection);
  }

  private synchronized void keep(long collection, VectorIndex index) {
    if (index.bytes() <= mostBytes) {
      makeRoom(index.bytes());
      loaded.put(collection, index);
    }
  }

  private synchronized void makeRoom(long bytes) {
    while (!loaded.isEmpty() && bytes() + bytes > mostBytes) {
      loaded.remove(loaded.keySet().iterator().next());
    }
  }

  /** How much memory they take. */
  synchronized long bytes() {
    return loaded.values().stream().mapToLong(VectorIndex::bytes).sum();
  }

  synchronized void forget(long collection) {
    loaded.remove(collection);
    told.remove(collection);
  }

  synchronized void forgetAll() {
    loaded.clear();
    told.clear();
  }
}
