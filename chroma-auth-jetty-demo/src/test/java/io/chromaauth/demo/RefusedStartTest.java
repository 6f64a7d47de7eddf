package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.slf4j.LoggerFactory;

/**
 * Every rule of settings and files, broken once: exit code 2, one line that names the place, what
 * was found and what to do, and no secret on any stream. The rows are in refused-starts.csv.
 */
class RefusedStartTest {
  private static final String HASH = "$2y$04$abcdefghijklmnopqrstuuQe66hACgXZ.ImKMvPGdqru0gQrWJ8Ju";
  private static final List<String> SECRETS = List.of("s3cret", "Qe66hACgXZ", "KvvxGxKAI7");

  @TempDir Path folder;

  /**
   * @param settings {@code NAME=value} with two blanks between them; {@code @} is the file's path
   * @param file what stands in it, {@code \n} for a line's end
   * @param place how the line begins, after the program's name
   * @param told what else it holds
   */
  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvFileSource(
      resources = "refused-starts.csv",
      delimiter = '|',
      quoteCharacter = '\u0000',
      maxCharsPerColumn = 20_000)
  void isOneLineWithPlaceAndRemedy(
      String rule, String settings, String file, String place, String told) throws Exception {
    Path path = write(file);
    Map<String, String> environment = new LinkedHashMap<>();
    for (String pair : settings.split("  +", -1)) {
      int equals = pair.indexOf('=');
      String value = unescaped(pair.substring(equals + 1)).replace("@", path.toString());
      environment.put(fullName(pair.substring(0, equals)), value);
    }
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ByteArrayOutputStream streams = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    root.addAppender(log);
    log.start();
    Command.Outcome outcome;
    try (PrintStream caught = new PrintStream(streams, true, StandardCharsets.UTF_8)) {
      System.setOut(caught);
      System.setErr(caught);
      outcome = Command.run(environment, "", "check");
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.detachAppender(log);
    }
    String line = outcome.err().strip();
    assertEquals(2, outcome.code(), outcome.out());
    assertEquals(1, line.lines().count(), line);
    String where = "chroma-auth: " + place.replace("@", path.toString());
    assertTrue(line.startsWith(where), line);
    assertTrue(line.contains(told), line);
    assertTrue(line.contains(": found ") && line.contains(", expected "), line);
    String all = outcome.out() + line + streams.toString(StandardCharsets.UTF_8) + log.list;
    SECRETS.forEach(secret -> assertFalse(all.contains(secret), all));
  }

  private Path write(String text) throws Exception {
    Path path = folder.resolve("file");
    if (text.equals("DIRECTORY")) {
      return Files.createDirectory(path);
    }
    if (text.equals("NONE")) {
      return path;
    }
    boolean wide = text.startsWith("UTF-16 ");
    Charset charset =
        wide
            ? StandardCharsets.UTF_16
            : text.startsWith("LATIN ") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return Files.writeString(path, unescaped(text.replaceFirst("^(UTF-16|LATIN) ", "")), charset);
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("HASH", HASH)
        .replace("EMPTY", "")
        .replace("BLANK", " ");
  }

  private static String fullName(String name) {
    return switch (name) {
      case "PROVIDER" -> "CHROMA_SERVER_AUTHN_PROVIDER";
      case "CREDENTIALS" -> "CHROMA_SERVER_AUTHN_CREDENTIALS";
      case "CREDENTIALS_FILE" -> "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE";
      case "RULES" -> "CHROMA_SERVER_AUTHZ_PROVIDER";
      case "CONFIG" -> "CHROMA_SERVER_AUTHZ_CONFIG";
      case "CONFIG_FILE" -> "CHROMA_SERVER_AUTHZ_CONFIG_FILE";
      default -> name;
    };
  }
}
