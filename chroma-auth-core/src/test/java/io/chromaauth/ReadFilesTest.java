package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.chromaauth.settings.FileWatch;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadFilesTest {
  private static final Path FILE = Path.of("users.yaml");
  private static final String OLD = FileWatch.digest("old");
  private static final String NEW = FileWatch.digest("new");

  private final ReadFiles files = new ReadFiles();

  @Test
  void aFileThatIsReadTwiceTheSameSaysThat() {
    files.add(FILE);
    files.add(FILE, OLD);
    files.add(FILE);
    files.add(FILE, OLD);
    assertEquals(Map.of(FILE, OLD), files.digests());
  }

  /** Else who read it first would live on with what has been revoked since. */
  @Test
  void aFileThatChangedBetweenTwoReadingsIsNeitherAndReadAgain() {
    files.add(FILE, OLD);
    files.add(FILE, NEW);
    assertNotEquals(OLD, files.digests().get(FILE));
    assertNotEquals(NEW, files.digests().get(FILE));
    files.add(FILE, NEW);
    assertNotEquals(NEW, files.digests().get(FILE));
  }

  @Test
  void aFileThatCouldNotBeReadHasNoDigest() {
    files.add(FILE);
    assertEquals(Map.of(FILE, ""), files.digests());
  }
}
