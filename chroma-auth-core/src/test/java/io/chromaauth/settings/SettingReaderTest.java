package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chromaauth.ConfigException;
import io.chromaauth.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingReaderTest {
  private final Faults faults = new Faults();

  @ParameterizedTest
  @CsvSource({
    "true, true", "TRUE, true", "1, true", "yes, true", "On, true", "t, true", "Y, true",
    "false, false", "FALSE, false", "0, false", "no, false", "Off, false", "f, false", "N, false",
    "'', false", "' ', false"
  })
  void aFlagIsReadAsChromaReadsOne(String value, boolean flag) {
    assertEquals(flag, reader(value).flag("NAME"));
    assertEquals(true, faults.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "wahr, wahr", "truee, truee", "tr ue, tr ue"})
  void whatIsNoFlagIsAFaultAndFalse(String value, String told) {
    assertEquals(false, reader(value).flag("NAME"));
    assertEquals("test (NAME): found '" + told + "', expected true or false", fault());
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "5, PT5S",
    "5s, PT5S",
    "5 s, PT5S",
    "250ms, PT0.25S",
    "5m, PT5M",
    "5min, PT5M",
    "2h, PT2H",
    "999999999h, PT999999999H",
    "'', PT42S"
  })
  void aTimeHasAUnitOrIsSeconds(String value, Duration time) {
    assertEquals(time, reader(value).duration("NAME", Duration.ofSeconds(42)));
    assertEquals(true, faults.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "5d", "5 minutes", "1.5s", "s", "5  s", "1000000000", "٣s", "5S"})
  void whatIsNoTimeIsAFault(String value) {
    assertEquals(Duration.ZERO, reader(value).duration("NAME", Duration.ZERO));
    assertEquals(
        "test (NAME): found '" + value + "', expected a time such as 300s, 5m or 250ms", fault());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "10B, 10",
    "8KiB, 8192",
    "8 MiB, 8388608",
    "2GiB, 2147483648",
    "'', 42"
  })
  void aSizeHasAUnitOrIsBytes(String value, long bytes) {
    assertEquals(bytes, reader(value).bytes("NAME", 42));
    assertEquals(true, faults.isEmpty());
  }

  /** The last two do not fit into a number of 64 bits. */
  @ParameterizedTest
  @ValueSource(strings = {"-1", "8MB", "8M", "8 kib", "1.5KiB", "8589934592GiB", "17179869184GiB"})
  void whatIsNoSizeIsAFault(String value) {
    assertEquals(42, reader(value).bytes("NAME", 42));
    assertEquals(
        "test (NAME): found '" + value + "', expected a size such as 8MiB or 1048576", fault());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 10", "007, 7", "'', 42"})
  void aNumberLiesWithinItsLimits(String value, int number) {
    assertEquals(number, reader(value).number("NAME", 42, 1, 10));
    assertEquals(true, faults.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "-1", "1e1", "ten", "9999999999", "0x1", " 1"})
  void whatIsNoNumberWithinLimitsIsAFault(String value) {
    assertEquals(42, reader(value).number("NAME", 42, 1, 10));
    assertEquals("test (NAME): found '" + value + "', expected a number from 1 to 10", fault());
  }

  @Test
  void aChoiceIsOneOfItsWords() {
    Set<String> words = Set.of("refused", "all");
    assertEquals("all", reader("all").choice("NAME", "refused", words));
    assertEquals("refused", reader("").choice("NAME", "refused", words));
    assertEquals(true, faults.isEmpty());
    assertEquals("refused", reader("ALL").choice("NAME", "refused", words));
    assertEquals(
        "test (NAME): found 'ALL', expected one of all, refused; fix: did you mean 'all'?",
        fault());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                              | ``",
        "[]                              | ``",
        "[\"http://a\", \"http://b:80\"]  | http://a http://b:80",
        "[\"*\"]                         | *"
      })
  void aListIsReadFromJson(String json, String texts) {
    List<String> expected = texts.isEmpty() ? List.of() : List.of(texts.split(" ", -1));
    assertEquals(expected, reader(json).texts("NAME"));
    assertEquals(true, faults.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http://a | test:1 (NAME): found a text, expected a list",
        "{}       | test:1 (NAME): found a mapping, expected a list",
        "[null]   | test:1 (NAME[0]): found an empty value, expected a text that is not empty"
      })
  void whatIsNoListIsAFault(String json, String fault) {
    assertEquals(List.of(), reader(json).texts("NAME"));
    assertEquals(fault, fault());
  }

  /** A star alone is what a user writes first. */
  @ParameterizedTest
  @ValueSource(strings = {"*", "[", "[\"a\"", "[a] [b]", "{\"a\"", "!x"})
  void whatCannotBeReadIsAFaultThatNamesTheSetting(String json) {
    assertEquals(List.of(), reader(json).texts("NAME"));
    assertEquals(true, fault().startsWith("test NAME:1: found "), this::fault);
  }

  @Test
  void listsAreReadFromJsonByName() {
    assertEquals(Optional.empty(), reader("").lists("NAME"));
    assertEquals(Optional.of(Map.of()), reader("{}").lists("NAME"));
    assertEquals(
        Optional.of(Map.of("/api/v2", List.of("GET", "POST"), "/x", List.of())),
        reader("{\"/api/v2\": [\"GET\", \"POST\"], \"/x\": []}").lists("NAME"));
    assertEquals(true, faults.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"/api/v2\":\"GET\"}", "{\"/a\":[1],\"/a\":[1]}", "{", "[]", "x", "null"})
  void whatAreNoListsByNameIsAFault(String json) {
    reader(json).lists("NAME");
    assertEquals(1, told().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "'a'", "\"\"", "''"})
  void aValueInQuotesIsAFault(String value) {
    assertEquals(Optional.empty(), reader(value).text("NAME"));
    assertEquals(
        "test (NAME): found '"
            + value
            + "' with literal quotes around it, expected "
            + (value.length() == 2 ? "the value without quotes" : "a")
            + "; fix: remove"
            + " them (in a list of a compose file quotes are part of the value)",
        fault());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "'", "\"a", "a\"", "\"a'", "a'b'c", "a"})
  void aQuoteAloneIsPartOfTheValue(String value) {
    assertEquals(Optional.of(value), reader(value).text("NAME"));
    assertEquals(Optional.of(value), reader(value).secret("NAME"));
    assertEquals(true, faults.isEmpty());
  }

  private SettingReader reader(String value) {
    return new SettingReader(Settings.of("test", Map.of("NAME", value)), faults);
  }

  private String fault() {
    assertEquals(1, told().size());
    return told().get(0);
  }

  private List<String> told() {
    ConfigException e = assertThrows(ConfigException.class, faults::throwIfAny);
    return e.faults().stream().map(ConfigException.Fault::toString).toList();
  }
}
