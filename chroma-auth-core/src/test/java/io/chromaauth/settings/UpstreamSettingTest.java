package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.ConfigException;
import io.chromaauth.Samples;
import io.chromaauth.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamSettingTest {
  private static final String URL = "http://localhost:8001";

  @TempDir Path directory;

  private final Faults faults = new Faults();

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8001, http://localhost:8001, true",
    "http://localhost:8001/, http://localhost:8001, true",
    "https://127.0.0.1, https://127.0.0.1, true",
    "http://127.1.2.3:80, http://127.1.2.3:80, true",
    "http://[::1]:8001, http://[::1]:8001, true",
    "https://chroma.example/base/, https://chroma.example/base, false",
    "http://10.0.0.1, http://10.0.0.1, false",
    "http://127.0.0.1.evil.example, http://127.0.0.1.evil.example, false",
    "http://localhost.evil.example, http://localhost.evil.example, false"
  })
  void aUrlIsReadWithoutItsFinalSlash(String value, String uri, boolean loopback) {
    UpstreamSetting upstream = read(value, "").orElseThrow();
    assertEquals(uri, upstream.toString());
    assertEquals(loopback, upstream.isLoopback());
    assertEquals(null, upstream.header());
    assertTrue(faults.isEmpty());
  }

  /** What is wrong with it may be a password in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@localhost",
        "http://localhost?token=s3cret",
        "http://localhost#s3cret",
        "http://local host/s3cret"
      })
  void whatIsNoPlainUrlIsAFaultThatDoesNotQuoteIt(String value) {
    assertEquals(Optional.empty(), read(value, ""));
    assertEquals(
        List.of(
            "test (CHROMA_AUTH_UPSTREAM): found something else, expected a URL such as"
                + " http://localhost:8001"),
        told());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8001, ; fix: write http://localhost:8001",
    "ftp://localhost, ''",
    "http://, ''",
    "/path, ''"
  })
  void aUrlWithoutASecretIsQuoted(String value, String fix) {
    assertEquals(Optional.empty(), read(value, ""));
    assertEquals(
        List.of(
            "test (CHROMA_AUTH_UPSTREAM): found '"
                + value
                + "', expected a URL such as http://localhost:8001"
                + fix),
        told());
  }

  @Test
  void withoutAnUpstreamThereIsNone() {
    assertEquals(Optional.empty(), UpstreamSetting.read(Settings.of("test", Map.of()), faults));
    assertTrue(faults.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Chroma-Token: s3cret value",
        "X-Chroma-Token:s3cret value \n",
        "X-Chroma-Token: \t s3cret value\r\n"
      })
  void itsHeaderIsReadAndNotPrinted(String text) throws IOException {
    UpstreamSetting upstream = read(URL, header(text)).orElseThrow();
    UpstreamHeader header = Objects.requireNonNull(upstream.header()).get();
    assertEquals(new UpstreamHeader("X-Chroma-Token", "s3cret value"), header);
    assertEquals("X-Chroma-Token: ***", header.toString());
    assertEquals(URL, upstream.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        ": s3cret",
        "X Y: s3cret",
        "X-Chroma-Token:",
        "X-Chroma-Token: s3cret\nX-Other: s3cret",
        "X-Chroma-Token: s3cret\u0007",
        "X-Chroma-Token: s3crét"
      })
  void whatIsNoHeaderIsAFaultThatDoesNotQuoteIt(String text) throws IOException {
    read(URL, header(text));
    assertEquals(List.of("header: found something else, expected one line, Name: value"), told());
  }

  @Test
  void aMissingHeaderFileIsAFaultOnce() {
    read(URL, directory.resolve("nope").toString());
    assertEquals(
        List.of(
            "test (CHROMA_AUTH_UPSTREAM_HEADER_FILE): found 'nope', which does not exist, expected"
                + " a file; fix: create it, or correct the path"),
        told());
  }

  @Test
  void aPathThatIsNoneIsAFault() {
    read(URL, "no\0path");
    assertEquals(1, told().size());
  }

  @Test
  void bothFaultsAreToldAtOnce() throws IOException {
    read("localhost", header("s3cret"));
    assertEquals(2, told().size());
  }

  private Optional<UpstreamSetting> read(String url, String headerFile) {
    Map<String, String> values =
        Map.of("CHROMA_AUTH_UPSTREAM", url, "CHROMA_AUTH_UPSTREAM_HEADER_FILE", headerFile);
    return UpstreamSetting.read(Settings.of("test", values), faults);
  }

  private String header(String text) throws IOException {
    return Files.writeString(directory.resolve("header"), text).toString();
  }

  private List<String> told() {
    ConfigException e = assertThrows(ConfigException.class, faults::throwIfAny);
    Samples.assertNoSecret(e.toString());
    return e.faults().stream().map(f -> f.toString().replace(directory + "/", "")).toList();
  }

  @Test
  void itsHeaderIsReadAgainWhenTheFileHasChanged() throws Exception {
    Path file = Path.of(header("X-Key: one"));
    Supplier<UpstreamHeader> header = read(URL, file.toString(), "1ms");
    assertEquals(new UpstreamHeader("X-Key", "one"), header.get());
    Files.writeString(file, "X-Other: second\n");
    awaitHeader(header, new UpstreamHeader("X-Other", "second"));
    Files.writeString(file, "no header");
    Files.writeString(directory.resolve("next"), "X-Other: third one\n");
    assertEquals(new UpstreamHeader("X-Other", "second"), later(header));
    Files.move(directory.resolve("next"), file, StandardCopyOption.REPLACE_EXISTING);
    awaitHeader(header, new UpstreamHeader("X-Other", "third one"));
    Files.delete(file);
    assertEquals(new UpstreamHeader("X-Other", "third one"), later(header));
  }

  @Test
  void itsHeaderIsNotReadAgainWhereReloadingIsOff() throws Exception {
    Path file = Path.of(header("X-Key: one"));
    Supplier<UpstreamHeader> header = read(URL, file.toString(), "0");
    Files.writeString(file, "X-Key: two");
    assertEquals(new UpstreamHeader("X-Key", "one"), later(header));
  }

  private Supplier<UpstreamHeader> read(String url, String file, String interval) {
    Settings settings =
        Settings.of(
            "test",
            Map.of(
                Names.UPSTREAM, url,
                Names.UPSTREAM_HEADER_FILE, file,
                Names.RELOAD_INTERVAL, interval));
    return Objects.requireNonNull(UpstreamSetting.read(settings, faults).orElseThrow().header());
  }

  private static void awaitHeader(Supplier<UpstreamHeader> header, UpstreamHeader expected) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!header.get().equals(expected) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(expected, header.get());
  }

  /** After it must have looked again. */
  private static UpstreamHeader later(Supplier<UpstreamHeader> header) throws InterruptedException {
    UpstreamHeader last = header.get();
    for (int i = 0; i < 3; i++) {
      TimeUnit.MILLISECONDS.sleep(2); // the interval, which shows nowhere
      last = header.get();
    }
    return last;
  }
}
