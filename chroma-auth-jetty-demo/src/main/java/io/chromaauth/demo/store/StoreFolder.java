package io.chromaauth.demo.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store, held by one process at a time. The operating system gives the lock back
 * when the process ends, however it ends.
 */
final class StoreFolder implements AutoCloseable {
  private static final String LOCK = "store.lock";
  private static final String DATA = "store.sqlite3";
  private static final String OF_CHROMA = "chroma.sqlite3";
  private static final byte[] MAGIC = {'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f'};
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
    Files.createDirectories(folder);
    if (Files.exists(folder.resolve(OF_CHROMA))) {
      throw new StoreUnavailableException(
          "store " + folder + " holds a Chroma server's data (" + OF_CHROMA + "): use another one");
    }
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    StoreFolder taken = new StoreFolder(folder, channel);
    try {
      if (lock(channel) == null) {
        throw new StoreUnavailableException("store " + folder + " is in use by another process");
      }
      taken.mustBeReadable();
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

  /** Reads the header itself: even looking at it through SQLite could change the file. */
  private void mustBeReadable() throws IOException {
    if (!Files.exists(data()) || Files.size(data()) == 0) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(data().toFile(), "r")) {
      byte[] magic = new byte[MAGIC.length];
      file.readFully(magic);
      file.seek(VERSION_AT);
      int version = file.readInt();
      file.seek(APPLICATION_AT);
      boolean ours = file.readInt() == StoreSchema.APPLICATION || version == 0;
      if (!Arrays.equals(magic, MAGIC) || !ours) {
        throw new StoreUnavailableException("store " + folder + ": " + DATA + " is not a store");
      }
      if (version > StoreSchema.VERSION) {
        throw newer(version);
      }
    }
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
