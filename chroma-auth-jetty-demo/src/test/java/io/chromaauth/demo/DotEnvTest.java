package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.ConfigException;
import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialect of python-dotenv, which Chroma's servers read. */
class DotEnvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "A=b | b",
        "export A=b | b",
        "  A = b   | b",
        "A=\"b c\" | b c",
        "A='b c' # why | b c",
        "A=b # why | b",
        "A=b#c | b#c",
        "A=\"b\\\"c\\\\n\" | b\"c\\n",
        "A='b\\'c' | b'c",
        "A=\"b;c\" | b;c",
        "A=b\\;B=c | b\\;B=c",
        "# A=x;;A=b | b",
        "A=x;A=b | b",
        "A='one;two' | one;two",
      })
  void aLineMeansWhatItMeantForChroma(String text, String value) {
    Faults faults = new Faults();
    Map<String, String> values =
        DotEnv.parse(
            text.replace("\\;", "\u0001").replace(";", "\n").replace("\u0001", "\\;"),
            Place.of(".env"),
            faults);
    assertEquals(value.replace(";", "\n").replace("\\\n", "\\;"), values.get("A"));
    assertEquals(true, faults.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "A=b;s3cret | .env:2: found a line that is no KEY=VALUE, expected KEY=VALUE",
        "A=\"s3cret | .env:1 (A): found a quote that does not end, expected a value as it is",
        "A='s3cret;B=c | .env:1 (A): found a quote that does not end, expected a value as it is",
        "CHROMA_X=${S3CRET} | .env:1 (CHROMA_X): found a variable, expected a value as it is",
      })
  void whatIsNoneIsToldByItsLineAlone(String text, String fault) {
    Faults faults = new Faults();
    DotEnv.parse(text.replace(";", "\n"), Place.of(".env"), faults);
    ConfigException e = assertThrows(ConfigException.class, faults::throwIfAny);
    assertEquals(fault, e.getMessage());
    assertFalse(e.toString().contains("s3cret"));
  }

  @Test
  void othersVariablesAreNobodysBusiness() {
    Faults faults = new Faults();
    DotEnv.parse("IMAGE=app:${TAG}\r\nCHROMA_X=1\r\n", Place.of(".env"), faults);
    assertEquals(true, faults.isEmpty());
  }

  @Test
  void aLongValueIsReadToo() {
    String users = "users:\n" + "- {id: a, tokens: [b]}\n".repeat(10_000);
    Map<String, String> values =
        DotEnv.parse("A=\"" + users + "\"\nB='" + users + "'", Place.of(".env"), new Faults());
    assertEquals(users, values.get("A"));
    assertEquals(users, values.get("B"));
  }

  @Test
  void aFileThatIsNotThereSaysNothing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve(".env");
    assertEquals(Optional.empty(), DotEnv.read(file).value("A"));
    Files.writeString(file, "a=b\n");
    Settings settings = DotEnv.read(file);
    assertEquals(Optional.of("b"), settings.value("A"));
    assertEquals(file.toString(), settings.sourceOf("A"));
  }
}
