package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of the collections that were searched last, as far as a part of the memory holds
 * them. A collection that there is no room for is read from the file by each search.
 */
final class VectorIndexes {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final long MIB = 1 << 20;
  private static final long HEAP_STEP = 256;

  /** How much of a collection is copied at a time. */
  private static final long PART_BYTES = 1 << 20;

  private static final String COUNT = "SELECT count(*) FROM record WHERE collection = ?";

  private final Connections connections;
  private final VectorMemory memory;
  private final long mostBytes;

  /** Those that were warned of. */
  private final Set<Long> told = ConcurrentHashMap.newKeySet();

  /**
   * @param mostBytes how much memory all vectors together may take
   */
  VectorIndexes(Connections connections, long mostBytes) {
    this.connections = connections;
    this.memory = new VectorMemory(mostBytes);
    this.mostBytes = mostBytes;
  }

  /** The vectors as after the last commit; they count until the lease is closed. */
  VectorMemory.Lease of(ChromaCollection collection, int dimension) {
    VectorMemory.Lease present = memory.use(collection.key());
    if (present != null) {
      return present;
    }
    long count = connections.read(connection -> count(connection, collection));
    long bytes = ExactIndex.bytes(count, dimension);
    if (bytes > mostBytes) {
      tell(collection, bytes);
    }
    return memory.hasRoom(bytes)
        ? connections.readBetweenWrites(connection -> load(connection, collection, dimension))
        : inFile(collection, dimension);
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

  private static long count(Connection connection, ChromaCollection collection)
      throws SQLException {
    return new Sql(connection).number(COUNT, collection.key());
  }

  private VectorMemory.Lease inFile(ChromaCollection collection, int dimension) {
    return new VectorMemory.Lease(new FileIndex(connections, collection, dimension), () -> {});
  }

  private VectorMemory.Lease load(Connection connection, ChromaCollection collection, int dimension)
      throws SQLException {
    VectorMemory.Lease present = memory.use(collection.key());
    if (present != null) {
      return present;
    }
    long bytes = ExactIndex.bytes(count(connection, collection), dimension);
    if (!memory.reserve(bytes)) {
      return inFile(collection, dimension);
    }
    VectorIndex index = null;
    try {
      index = read(connection, collection, dimension);
    } finally {
      memory.loaded(collection.key(), index, bytes);
    }
    VectorMemory.Lease loaded = memory.use(collection.key());
    return loaded == null ? inFile(collection, dimension) : loaded;
  }

  private static VectorIndex read(Connection connection, ChromaCollection collection, int dimension)
      throws SQLException {
    VectorIndex index = ExactIndex.empty(collection.space(), dimension);
    VectorChanges part = new VectorChanges();
    try (PreparedStatement statement =
            new Sql(connection).prepared(FileIndex.VECTORS, collection.key());
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        part.add(rows.getLong(1), Vectors.floats(rows.getBytes(2)));
        if (ExactIndex.bytes(part.added().size(), dimension) >= PART_BYTES) {
          index = index.with(part);
          part = new VectorChanges();
        }
      }
    }
    return index.with(part);
  }

  /** Called between writes: follows a commit. */
  void apply(long collection, VectorChanges changes) {
    memory.apply(collection, changes);
  }

  /** How much memory they take. */
  long bytes() {
    return memory.bytes();
  }

  void forget(long collection) {
    memory.forget(collection);
    told.remove(collection);
  }

  void forgetAll() {
    memory.forgetAll();
    told.clear();
  }
}
