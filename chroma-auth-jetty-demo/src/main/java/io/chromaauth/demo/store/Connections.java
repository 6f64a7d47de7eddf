package io.chromaauth.demo.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The connections to one database file: one that writes, and some that read beside it. Write-ahead
 * logging lets readers see the last commit while a write goes on.
 */
final class Connections implements AutoCloseable {
  private static final int READERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAGE_BYTES = 8192;
  private static final int CACHE_KIB = 16 * 1024;

  private final Path file;
  private final Connection writer;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Semaphore readers = new Semaphore(READERS, true);
  private final ThreadLocal<Boolean> reads = ThreadLocal.withInitial(() -> false);
  private final Map<String, Semaphore> tenants = new ConcurrentHashMap<>();
  private final Duration patience;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  private Connections(Path file, Connection writer, Duration patience) {
    this.patience = patience;
    this.file = file;
    this.writer = writer;
  }

  /** Opens a file, which is made if it is not there. */
  static Connections open(Path file) throws SQLException {
    return open(file, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long a read may wait for a connection
   */
  static Connections open(Path file, Duration patience) throws SQLException {
    SQLiteConfig config = config();
    config.setPageSize(PAGE_BYTES);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    Connection writer = config.createConnection("jdbc:sqlite:" + file);
    RegexFunction.addTo(writer);
    return new Connections(file, writer, patience);
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setCacheSize(-CACHE_KIB);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  /** Work on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Reads beside everything else.
   *
   * @throws Refused if all connections are in use for too long
   * @throws IllegalStateException within a read: threads that hold a connection and wait for
   *     another one would wait for each other
   */
  <T> T read(Work<T> work) {
    if (reads.get()) {
      throw new IllegalStateException("a read within a read");
    }
    acquire(readers);
    reads.set(true);
    try {
      Connection connection = take();
      try {
        return work.on(connection);
      } finally {
        giveBack(connection);
      }
    } catch (SQLException e) {
      throw new StoreFailure(e);
    } finally {
      reads.remove();
      readers.release();
    }
  }

  /**
   * Reads what may take long: for one tenant, half of the connections at most.
   *
   * @throws Refused if all are in use for too long
   */
  <T> T read(String tenant, Work<T> work) {
    Semaphore ofTenant = tenants.computeIfAbsent(tenant, any -> new Semaphore(READERS / 2, true));
    acquire(ofTenant);
    try {
      return read(work);
    } finally {
      ofTenant.release();
    }
  }

  private void acquire(Semaphore permits) {
    try {
      if (permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Refused.busy("too many requests read at once: try again");
  }

  /** One transaction: all of the work or, if it throws, nothing. Durable when this returns. */
  <T> T write(Work<T> work) {
    return write(work, done -> {});
  }

  /**
   * One transaction, and what must follow it before the next one.
   *
   * @param afterwards gets the work's result once it is durable; writers still wait
   */
  <T> T write(Work<T> work, Consumer<T> afterwards) {
    writing.lock();
    try {
      T done = transaction(work);
      afterwards.accept(done);
      return done;
    } catch (SQLException e) {
      throw new StoreFailure(e);
    } finally {
      writing.unlock();
    }
  }

  /** In plain SQL: JDBC's own transactions lose count when a commit fails. */
  private <T> T transaction(Work<T> work) throws SQLException {
    boolean committed = false;
    execute("BEGIN IMMEDIATE");
    try {
      T done = work.on(writer);
      execute("COMMIT");
      committed = true;
      return done;
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  private void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyDone) {
      // after an error of the disk SQLite has rolled back by itself; else the next BEGIN fails
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Keeps writers out while something reads that must not miss a commit. */
  <T> T readBetweenWrites(Work<T> work) {
    writing.lock();
    try {
      return read(work);
    } finally {
      writing.unlock();
    }
  }

  private Connection take() throws SQLException {
    synchronized (idle) {
      Connection free = idle.poll();
      if (free != null) {
        return free;
      }
      if (closed) {
        throw new SQLException("closed", "", SQLiteErrorCode.SQLITE_MISUSE.code);
      }
    }
    SQLiteConfig config = config();
    config.setReadOnly(true);
    Connection made = config.createConnection("jdbc:sqlite:" + file);
    RegexFunction.addTo(made);
    return made;
  }

  private void giveBack(Connection connection) throws SQLException {
    synchronized (idle) {
      if (!closed) {
        idle.push(connection);
        return;
      }
    }
    connection.close();
  }

  /** Waits for the write in flight; later work fails. */
  @Override
  public void close() {
    writing.lock();
    try {
      synchronized (idle) {
        closed = true;
        for (Connection connection : idle) {
          connection.close();
        }
        idle.clear();
      }
      writer.close();
    } catch (SQLException e) {
      throw new StoreFailure(e);
    } finally {
      writing.unlock();
    }
  }
}
