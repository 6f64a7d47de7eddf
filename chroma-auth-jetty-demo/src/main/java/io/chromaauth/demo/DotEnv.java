package io.chromaauth.demo;

import io.chromaauth.ConfigException;
import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file as Chroma's servers did (python-dotenv): {@code KEY=VALUE} lines,
 * {@code export} before them, single and double quotes over several lines, comments. Libraries for
 * Java read other dialects. {@code ${...}} is refused: nobody should guess what a secret expands
 * to.
 */
final class DotEnv {
  private static final Pattern ENTRY =
      Pattern.compile(
          "[^\\S\\n]*(?:export[^\\S\\n]+)?(?<key>[A-Za-z_][A-Za-z0-9_.]*)[^\\S\\n]*=[^\\S\\n]*"
              + "(?:'(?<single>[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'"
              + "|\"(?<double>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(?<plain>[^\\n]*))"
              + "[^\\S\\n]*(?:#[^\\n]*)?(?:\\n|\\z)",
          Pattern.DOTALL);
  private static final Pattern NOTHING = Pattern.compile("[^\\S\\n]*(?:#[^\\n]*)?(?:\\n|\\z)");

  private DotEnv() {}

  /**
   * The settings of a file, none where there is no such file.
   *
   * @throws ConfigException with the line that is none
   */
  static Settings read(Path file) {
    Faults faults = new Faults();
    Map<String, String> values =
        Files.exists(file)
            ? TextFile.read(file, Place.of(file.toString()), faults)
                .map(text -> parse(text, Place.of(file.toString()), faults))
                .orElse(Map.of())
            : Map.of();
    faults.throwIfAny();
    return Settings.of(file.toString(), values);
  }

  /** The values in a text by name, after noting what is wrong with it. */
  static Map<String, String> parse(String text, Place source, Faults faults) {
    String lines = text.replace("\r\n", "\n");
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    while (at < lines.length()) {
      Matcher nothing = NOTHING.matcher(lines).region(at, lines.length());
      Matcher entry = ENTRY.matcher(lines).region(at, lines.length());
      if (nothing.lookingAt()) {
        at = nothing.end();
      } else if (entry.lookingAt()) {
        put(entry, source.line(line(lines, at)), values, faults);
        at = entry.end();
      } else {
        faults.add(source.line(line(lines, at)), "a line that is no KEY=VALUE", "KEY=VALUE", null);
        int end = lines.indexOf('\n', at);
        at = end < 0 ? lines.length() : end + 1;
      }
    }
    return values;
  }

  private static void put(Matcher entry, Place line, Map<String, String> values, Faults faults) {
    String key = entry.group("key");
    if (entry.group("single") != null) {
      values.put(key, entry.group("single").replaceAll("\\\\([\\\\'])", "$1"));
      return;
    }
    String quoted = entry.group("double");
    String value =
        quoted == null
            ? entry.group("plain").replaceAll("(^|\\s)#.*", "").strip()
            : unescaped(quoted);
    boolean halfQuoted = quoted == null && (value.startsWith("\"") || value.startsWith("'"));
    if (halfQuoted || (MigratedSettings.isOurs(key) && value.contains("${"))) {
      faults.add(
          new Place(line.where(), line.line(), key),
          halfQuoted ? "a quote that does not end" : "a variable",
          "a value as it is",
          null);
    }
    values.put(key, value);
  }

  private static String unescaped(String quoted) {
    return Pattern.compile("\\\\(.)", Pattern.DOTALL)
        .matcher(quoted)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    switch (escape.group(1)) {
                      case "n" -> "\n";
                      case "r" -> "\r";
                      case "t" -> "\t";
                      default -> escape.group(1);
                    }));
  }

  private static int line(String text, int at) {
    return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }
}
