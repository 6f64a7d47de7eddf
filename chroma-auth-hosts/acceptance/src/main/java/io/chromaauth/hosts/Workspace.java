package io.chromaauth.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for what a host needs on disk, below the build's own. */
public final class Workspace {
  private Workspace() {}

  /** A new, empty folder. */
  public static Path folder(String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "hosts").toAbsolutePath());
    return Files.createTempDirectory(target, name);
  }

  /** A file with this text, the same for all who ask for it. */
  public static Path file(String name, String text) {
    try {
      Path file = Path.of("target", "hosts").toAbsolutePath().resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder and everything in it, if there is one. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
