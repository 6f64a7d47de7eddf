package io.chromaauth.demo.api;

import io.chromaauth.demo.store.Budget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A body that comes bit by bit: a short one in memory, a longer one in a file that goes with it.
 * For one thread at a time.
 */
final class CollectedBody implements AutoCloseable {
  private static final int MOST_IN_MEMORY = 1 << 16;

  private final Path folder;
  private final Budget.Share memory;
  private final Budget.Share disk;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(0);
  private @Nullable FileChannel file;

  CollectedBody(Path folder, Budget.Share memory, Budget.Share disk) {
    this.folder = folder;
    this.memory = memory;
    this.disk = disk;
  }

  /**
   * Adds what has come.
   *
   * @throws ApiException if it can't be kept
   */
  void add(byte[] bytes, int length) {
    try {
      keep(bytes, length);
    } catch (IOException e) {
      throw ApiException.of(Fault.FAILED, "the request body can't be kept: " + e.getMessage());
    }
  }

  private void keep(byte[] bytes, int length) throws IOException {
    if (file == null && beginning.size() + length <= MOST_IN_MEMORY) {
      memory.take(2L * length); // arrays grow by doubling
      beginning.write(bytes, 0, length);
      return;
    }
    FileChannel all = file == null ? open() : file;
    write(all, bytes, length);
  }

  private FileChannel open() throws IOException {
    Path path = Files.createTempFile(folder, "body", ".tmp");
    FileChannel opened =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE); // where it can, Java deletes it at once
    file = opened;
    write(opened, beginning.toByteArray(), beginning.size());
    beginning.reset();
    return opened;
  }

  private void write(FileChannel all, byte[] bytes, int length) throws IOException {
    disk.take(length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      all.write(buffer);
    }
  }

  /** All of it, once it has come. */
  InputStream read() throws IOException {
    FileChannel all = file;
    if (all == null) {
      return new ByteArrayInputStream(beginning.toByteArray());
    }
    all.position(0);
    return Channels.newInputStream(all);
  }

  /** What it and its values count for. */
  Budget.Share memory() {
    return memory;
  }

  @Override
  public void close() throws IOException {
    memory.close();
    disk.close();
    if (file != null) {
      file.close();
    }
  }
}
