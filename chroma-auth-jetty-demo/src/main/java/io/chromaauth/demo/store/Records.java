package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of collections. Thread-safe; a write is one transaction, durable on return. */
public final class Records {
  private final Connections connections;
  private final VectorIndexes indexes;
  private final Duration filterTime;
  private final Budget.Share results;

  /**
   * @param filterTime how long a request may look for what its filter selects
   */
  Records(Connections connections, VectorIndexes indexes, Duration filterTime) {
    this(connections, indexes, filterTime, Budget.uncounted());
  }

  private Records(
      Connections connections, VectorIndexes indexes, Duration filterTime, Budget.Share results) {
    this.connections = connections;
    this.indexes = indexes;
    this.filterTime = filterTime;
    this.results = results;
  }

  /** The same records, for one request, whose results count for its share. */
  public Records countedBy(Budget.Share share) {
    return new Records(connections, indexes, filterTime, share);
  }

  /**
   * Writes all of a batch or nothing.
   *
   * @throws Refused if the collection is gone, or has another dimension
   */
  public void write(ChromaCollection collection, WriteMode mode, RecordBatch batch) {
    connections.write(
        connection -> {
          ensureDimension(connection, collection, batch.dimension());
          try (RecordWriter writer = new RecordWriter(connection, collection, mode)) {
            return writer.write(batch);
          }
        },
        changes -> indexes.apply(collection.key(), changes));
  }

  private static void ensureDimension(
      Connection connection, ChromaCollection collection, @Nullable Integer dimension)
      throws SQLException {
    Optional<ChromaCollection> now = CollectionRows.withId(connection, collection.id());
    Integer known = now.orElseThrow(() -> CollectionRows.gone(collection)).dimension();
    if (known == null && dimension != null) {
      new Sql(connection)
          .run("UPDATE collection SET dimension = ? WHERE key = ?", dimension, collection.key());
    } else if (known != null && dimension != null) {
      mustBe(known, dimension);
    }
  }

  private static void mustBe(int expected, int dimension) {
    if (expected != dimension) {
      throw Refused.dimension(expected, dimension);
    }
  }

  /** How many records a collection has. */
  public long count(ChromaCollection collection) {
    String sql = "SELECT count(*) FROM record WHERE collection = ?";
    return connections.read(connection -> new Sql(connection).number(sql, collection.key()));
  }

  /** The selected records in order of insertion. */
  public Page get(
      ChromaCollection collection,
      Selection selection,
      Set<Field> fields,
      long limit,
      long offset) {
    FilterSql filter = filter(collection, selection);
    RecordRows rows = new RecordRows(fields, results);
    return read(collection, filter, connection -> rows.page(connection, filter, limit, offset));
  }

  private FilterSql filter(ChromaCollection collection, Selection selection) {
    return FilterSql.of(
        collection.key(),
        selection,
        filterTime,
        () -> connections.read(connection -> TrigramUse.isFit(connection, collection)));
  }

  private <T> T read(ChromaCollection collection, FilterSql filter, Connections.Work<T> work) {
    try {
      return connections.read(collection.tenant(), work);
    } catch (StoreFailure e) {
      throw filter.cause(e);
    }
  }

  /**
   * The selected records nearest to each query.
   *
   * @throws Refused if the queries are not of the collection's dimension
   */
  public List<Neighbours> query(
      ChromaCollection collection,
      List<float[]> queries,
      Selection selection,
      int count,
      Set<Field> fields) {
    Integer dimension = collection.dimension();
    if (dimension == null) {
      return queries.stream()
          .map(any -> new Neighbours(RecordRows.none(fields), List.of()))
          .toList();
    }
    queries.forEach(query -> mustBe(dimension, query.length));
    long[] among = selection.isAll() ? null : seqs(collection, selection);
    RecordRows rows = new RecordRows(fields, results);
    List<List<VectorIndex.Hit>> hits = new ArrayList<>();
    try (VectorMemory.Lease vectors = indexes.of(collection, dimension)) {
      for (float[] query : queries) {
        hits.add(vectors.index().nearest(query, new Nearest(count, results), among));
      }
    }
    return connections.read(collection.tenant(), connection -> rows.neighbours(connection, hits));
  }

  private long[] seqs(ChromaCollection collection, Selection selection) {
    FilterSql filter = filter(collection, selection);
    return read(
        collection,
        filter,
        connection ->
            RecordRows.seqs(connection, filter, -1, results).stream().mapToLong(s -> s).toArray());
  }

  /**
   * Deletes the selected records.
   *
   * @param limit how many at most, the first inserted first; negative for all
   * @return how many there were
   */
  public int delete(ChromaCollection collection, Selection selection, long limit) {
    FilterSql filter = filter(collection, selection);
    try {
      VectorChanges changes =
          connections.write(
              connection ->
                  RecordRemoval.remove(connection, collection.key(), filter, limit, results),
              removed -> indexes.apply(collection.key(), removed));
      return changes.removed().size();
    } catch (StoreFailure e) {
      throw filter.cause(e);
    }
  }
}
