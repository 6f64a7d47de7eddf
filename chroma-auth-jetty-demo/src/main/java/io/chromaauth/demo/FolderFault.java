package io.chromaauth.demo;

import io.chromaauth.ConfigException;
import io.chromaauth.ConfigException.Fault;
import io.chromaauth.settings.Place;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the operating system has against a folder, which its exceptions tell by a bare path. */
final class FolderFault {
  private FolderFault() {}

  /** In words for whoever named the folder at this place. */
  static ConfigException of(Place place, FileSystemException e) {
    return new ConfigException(
        new Fault(
            place.where(),
            place.line(),
            place.key(),
            found(e),
            "a folder that this user may write",
            "give another " + Options.PATH));
  }

  private static String found(FileSystemException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "a file at " + e.getFile();
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for " + e.getFile();
    }
    if (e instanceof NoSuchFileException) {
      return e.getFile() + ", which can't be made";
    }
    return "'" + e.getReason() + "' at " + e.getFile();
  }
}
