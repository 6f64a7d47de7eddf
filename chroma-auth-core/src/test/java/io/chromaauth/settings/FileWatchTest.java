package io.chromaauth.settings;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileWatchTest {
  @TempDir Path directory;

  /** Else what was revoked would live on until the next change. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeThatCouldNotBeReadIsTriedAgain(boolean error) throws Exception {
    Path file = Files.writeString(directory.resolve("users.yaml"), "one");
    CountDownLatch twice = new CountDownLatch(2);
    Runnable fails =
        () -> {
          twice.countDown();
          if (twice.getCount() > 0 && error) {
            throw new OutOfMemoryError("on purpose");
          }
          if (twice.getCount() > 0) {
            throw new IllegalStateException("on purpose");
          }
        };
    try (FileWatch watch =
        FileWatch.start(() -> read(file, "before"), Duration.ofMillis(10), fails)) {
      assertTrue(twice.await(20, TimeUnit.SECONDS), watch::toString);
    }
  }

  @Test
  void aChangeIsToldOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("users.yaml"), "one");
    CountDownLatch twice = new CountDownLatch(2);
    try (FileWatch watch =
        FileWatch.start(() -> read(file, "before"), Duration.ofMillis(10), twice::countDown)) {
      // the first look tells of what has changed before it; then nothing does
      assertTrue(!twice.await(600, TimeUnit.MILLISECONDS), watch::toString);
      assertEquals(1, twice.getCount());
      Files.writeString(file, "two");
      assertTrue(twice.await(20, TimeUnit.SECONDS), watch::toString);
    }
  }

  /** It may be large, and reading it anew takes as long as the start did. */
  @Test
  void whatIsAsItWasReadIsNoChange() throws Exception {
    Path file = Files.writeString(directory.resolve("users.yaml"), "one");
    CountDownLatch once = new CountDownLatch(1);
    try (FileWatch watch =
        FileWatch.start(() -> read(file, "one"), Duration.ofMillis(10), once::countDown)) {
      assertTrue(!once.await(600, TimeUnit.MILLISECONDS), watch::toString);
      Files.move(Files.writeString(directory.resolve("new"), "two"), file, REPLACE_EXISTING);
      assertTrue(once.await(20, TimeUnit.SECONDS), watch::toString);
    }
  }

  private static Map<Path, String> read(Path file, String text) {
    return Map.of(file, DigestUtils.sha256Hex(text));
  }
}
