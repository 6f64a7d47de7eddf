package io.chromaauth.demo.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that nobody but their owner may read, where the host knows of owners. */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnly() {}

  /** Makes a folder and those above it; one that is there already stays as it is. */
  public static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) { // or a link to one, which createDirectories does not take
      Files.createDirectories(folder, attributes(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Makes an empty file. */
  public static void makeFile(Path file) throws IOException {
    Files.createFile(file, fileAttributes());
  }

  /** What a file is to be made with. */
  static FileAttribute<?>[] fileAttributes() {
    return attributes(FILE);
  }

  /** Takes others' permissions away from a file, if it is there and ours. */
  static void tighten(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null
        || !Files.exists(file)
        || FILE.containsAll(view.readAttributes().permissions())) {
      return;
    }
    try {
      view.setPermissions(FILE);
    } catch (FileSystemException e) {
      // another user's, who lets us write it: that one decides
    }
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
