package io.chromaauth.demo.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store, held by one process at a time. The operating system gives the lock back
 * when the process ends, however it ends.
 */
final class StoreFolder implements AutoCloseable {
  private static final String LOCK = "store.lock";
  private static final String DATA = "store.sqlite3";
  private static final String UNFINISHED = DATA + ".new";
  private static final List<String> BESIDES = List.of("", "-wal", "-shm");
  private static final String OF_CHROMA = "chroma.sqlite3";
  private static final byte[] MAGIC = {'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f'};
  private static final int HEADER = 100;
  private static final int PAGE_BYTES_AT = 16;
  private static final int PAGES_AT = 28;
  private static final int VERSION_AT = 60;
  private static final int APPLICATION_AT = 68;

  private final Path folder;
  private final FileChannel lock;

  private StoreFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the folder, which is made if it is not there. Nothing in it is touched before all is
   * clear.
   *
   * @throws StoreUnavailableException if another process has it, or it is not ours to open
   */
  static StoreFolder take(Path folder) throws IOException {
    OwnerOnly.makeFolder(folder);
    if (Files.exists(folder.resolve(OF_CHROMA))) {
      throw new StoreUnavailableException(
          "store " + folder + " holds a Chroma server's data (" + OF_CHROMA + "): use another one");
    }
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnly.fileAttributes());
    StoreFolder taken = new StoreFolder(folder, channel);
    try {
      if (lock(channel) == null) {
        throw new StoreUnavailableException(
            "store "
                + folder
                + " is in use by another process; fix: stop it, or give another --path");
      }
      taken.mustBeAStore();
      taken.tighten();
      return taken;
    } catch (IOException e) {
      taken.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException thisProcess) {
      return null;
    }
  }

  /** The database file. */
  Path data() {
    return folder.resolve(DATA);
  }

  /** Whether there is no database file yet. */
  boolean isNew() {
    return !Files.exists(data());
  }

  /**
   * An empty file for a new database under a name of its own: the database file is there only once
   * it is whole, so that an empty or a half one is never taken for a start that was broken off.
   */
  Path unfinished() throws IOException {
    for (String end : BESIDES) {
      Files.deleteIfExists(folder.resolve(UNFINISHED + end));
    }
    Path file = folder.resolve(UNFINISHED);
    OwnerOnly.makeFile(file); // SQLite gives the files beside it the same permissions
    return file;
  }

  /** What was made in {@link #unfinished()} is whole and closed. */
  void finish() throws IOException {
    for (String end : BESIDES) { // the log of a file that was deleted would be played into this one
      Files.deleteIfExists(folder.resolve(DATA + end));
    }
    Files.move(folder.resolve(UNFINISHED), data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void tighten() throws IOException {
    OwnerOnly.tighten(folder.resolve(LOCK));
    for (String end : BESIDES) {
      OwnerOnly.tighten(folder.resolve(DATA + end));
    }
  }

  /** Reads the header itself: even looking at it through SQLite could change the file. */
  private void mustBeAStore() throws IOException {
    if (isNew()) {
      return;
    }
    byte[] bytes = header();
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || header.getInt(APPLICATION_AT) != StoreSchema.APPLICATION) {
      throw unusable("is not a store of chroma-auth; fix: move it away, or give another --path");
    }
    if (header.getInt(VERSION_AT) > StoreSchema.VERSION) {
      throw newer(header.getInt(VERSION_AT));
    }
    long whole = (long) header.getShort(PAGE_BYTES_AT) * header.getInt(PAGES_AT);
    boolean complete = Files.exists(folder.resolve(DATA + "-wal")); // or will be from there
    if (!complete && Files.size(data()) < whole) {
      throw unusable(
          "is cut off: "
              + Files.size(data())
              + " bytes of "
              + whole
              + "; fix: put a whole copy there, or give another --path");
    }
  }

  private byte[] header() throws IOException {
    if (!Files.isRegularFile(data())) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(data())) {
      return in.readNBytes(HEADER);
    }
  }

  private StoreUnavailableException unusable(String why) {
    return new StoreUnavailableException("store " + folder + ": " + DATA + " " + why);
  }

  /** It was written by a later release. */
  StoreUnavailableException newer(long version) {
    return new StoreUnavailableException(
        "store "
            + folder
            + " has format "
            + version
            + ", this release knows formats up to "
            + StoreSchema.VERSION
            + ": use the release that wrote it");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
