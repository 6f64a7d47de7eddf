package io.chromaauth.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a configuration file whole, as UTF-8 and nothing else. */
public final class TextFile {
  /** More than a million token users; a guard against a path that was meant for something else. */
  private static final long LIMIT = 512L << 20;

  /** A bcrypt hash, or more than one line. */
  private static final Pattern NO_PATH = Pattern.compile(":\\$2|\\R");

  private TextFile() {}

  /**
   * The file's text without a byte order mark; empty after noting a fault at {@code setting}, the
   * setting that names the file.
   */
  public static Optional<String> read(Path file, Place setting, Faults faults) {
    if (!Files.exists(file)) {
      faults.add(setting, "'" + file + "', which does not exist", "a file", whereWeAre(file));
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      faults.add(setting, "'" + file + "', which is not a file", "a file", null);
      return Optional.empty();
    }
    try {
      if (Files.size(file) > LIMIT) {
        faults.add(setting, "'" + file + "' of over 512 MiB", "a configuration file", null);
        return Optional.empty();
      }
      return decode(Files.readAllBytes(file), Place.of(file.toString()), faults);
    } catch (IOException e) {
      faults.add(
          setting,
          "'" + file + "', which can't be read (" + e.getClass().getSimpleName() + ")",
          "a readable file",
          "let the user who runs this read it: chmod u+r '" + file + "'");
      return Optional.empty();
    }
  }

  /** The same for a path as a setting gives it. */
  public static Optional<String> read(String path, Place setting, Faults faults) {
    if (NO_PATH.matcher(path).find()) {
      faults.add(setting, "credentials", "the path of a file that holds them", null);
      return Optional.empty();
    }
    try {
      return read(Path.of(path), setting, faults);
    } catch (InvalidPathException e) {
      faults.add(setting, "what this host does not take as a path", "a path", null);
      return Optional.empty();
    }
  }

  private static String whereWeAre(Path file) {
    return file.isAbsolute()
        ? "create it, or correct the path"
        : "it is looked for in " + Path.of("").toAbsolutePath() + "; an absolute path is safest";
  }

  private static Optional<String> decode(byte[] bytes, Place place, Faults faults) {
    try {
      String text = strictlyDecoded(bytes);
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      faults.add(
          place,
          looksLikeUtf16(bytes) ? "UTF-16 text" : "bytes that are not UTF-8",
          "UTF-8 text",
          "iconv -f " + (looksLikeUtf16(bytes) ? "UTF-16" : "ISO-8859-1") + " -t UTF-8");
      return Optional.empty();
    }
  }

  /** What is not UTF-8 reads as U+FFFD: only a text with one has to be read again to tell why. */
  private static String strictlyDecoded(byte[] bytes) throws CharacterCodingException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0
        ? text
        : StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
  }

  private static boolean looksLikeUtf16(byte[] bytes) {
    return bytes.length >= 2 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFF + 0xFE;
  }
}
