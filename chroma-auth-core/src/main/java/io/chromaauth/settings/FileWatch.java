package io.chromaauth.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time whether files have changed, in whatever way: written in place, renamed
 * over, a symbolic link swapped (as Kubernetes does). One thread, which ends with {@link #close}.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");

  /** A file must be the same for so long, so that none is read while it is being written. */
  private static final Duration SETTLED = Duration.ofMillis(100);

  /** Files that never rest are read all the same: a revoked credential must not live on. */
  private static final int MOST_WAITS = 3;

  /** Younger files are compared by their bytes: a clock's tick may hide a second change. */
  private static final Duration YOUNG = Duration.ofSeconds(3);

  private final Supplier<Map<Path, String>> files;
  private final Runnable onChange;
  private final Duration interval;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;
  private Map<Path, State> known;

  private FileWatch(Supplier<Map<Path, String>> files, Duration interval, Runnable onChange) {
    this.files = files;
    this.onChange = onChange;
    this.interval = interval;
    Map<Path, State> read = new HashMap<>(); // what may have changed before the first look
    files.get().forEach((file, digest) -> read.put(file, new State("", digest)));
    this.known = read;
    this.thread = new Thread(this::watch, "chroma-auth-reload");
    thread.setDaemon(true);
  }

  /**
   * Looks at files for as long as it is not closed.
   *
   * @param files which they are, asked each time; at first with the SHA-256 of what has been read
   *     of each, in hexadecimal
   * @param interval how often
   * @param onChange told after a change, in the watch's own thread; not again until the next one
   */
  public static FileWatch start(
      Supplier<Map<Path, String>> files, Duration interval, Runnable onChange) {
    FileWatch watch = new FileWatch(files, interval, onChange);
    watch.thread.start();
    return watch;
  }

  /** What a watch is told of a text that has been read: its SHA-256 in hexadecimal. */
  public static String digest(String text) {
    return DigestUtils.sha256Hex(text);
  }

  /** Ends the thread and waits for it. */
  @Override
  public void close() {
    end.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          lookOnce();
        } catch (RuntimeException | Error e) { // the thread must not end, and nothing be read again
          LOG.error("files could not be read again; what held before holds on", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOnce() throws InterruptedException {
    Map<Path, State> now = look(known);
    if (now.equals(known)) {
      known = now; // with what has been learnt of young files
      return;
    }
    for (int i = 0; i < MOST_WAITS; i++) {
      if (end.await(SETTLED.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      Map<Path, State> before = now;
      now = look(before);
      if (now.equals(before)) {
        break;
      }
    }
    onChange.run();
    known = now; // not if that failed: then it is a change again, the next time
  }

  private Map<Path, State> look(Map<Path, State> before) {
    Map<Path, State> states = new HashMap<>();
    for (Path file : files.get().keySet()) {
      states.put(file, state(file, before.get(file)));
    }
    return states;
  }

  private static State state(Path file, @Nullable State before) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      String looks =
          attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
      boolean old = attributes.lastModifiedTime().toInstant().plus(YOUNG).isBefore(Instant.now());
      if (old && before != null && before.looks().equals(looks)) {
        return before;
      }
      try (InputStream bytes = Files.newInputStream(file)) { // after its looks, never before
        return new State(looks, DigestUtils.sha256Hex(bytes));
      }
    } catch (IOException | RuntimeException e) {
      return new State("", e.getClass().getName()); // gone, or not readable now
    }
  }

  /**
   * A file at one time; equal where the bytes are.
   *
   * @param looks what tells quickly that nothing has changed
   */
  private record State(String looks, String bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof State state && bytes.equals(state.bytes);
    }

    @Override
    public int hashCode() {
      return bytes.hashCode();
    }
  }
}
