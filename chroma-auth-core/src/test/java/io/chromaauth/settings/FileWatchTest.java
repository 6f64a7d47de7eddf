package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    try (FileWatch watch = FileWatch.start(() -> Set.of(file), Duration.ofMillis(10), fails)) {
      assertTrue(twice.await(20, TimeUnit.SECONDS), watch::toString);
    }
  }

  @Test
  void aChangeIsToldOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("users.yaml"), "one");
    CountDownLatch twice = new CountDownLatch(2);
    try (FileWatch watch =
        FileWatch.start(() -> Set.of(file), Duration.ofMillis(10), twice::countDown)) {
      // the first look tells of what may have changed before it; then nothing does
      assertTrue(!twice.await(600, TimeUnit.MILLISECONDS), watch::toString);
      Files.writeString(file, "two");
      assertTrue(twice.await(20, TimeUnit.SECONDS), watch::toString);
    }
  }
}
