package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as such: that they are there, can be read and are UTF-8. */
class ConfigurationFilesTest {
  private static final String USERS = "users:\n- id: admin\n  tokens: [s3cret]\n";

  @TempDir Path directory;

  @Test
  void aMissingFileIsToldWithItsSetting() {
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found 'nope', which does not"
                + " exist, expected a file; fix: create it, or correct the path"),
        faults(directory.resolve("nope").toString()));
  }

  @Test
  void aMissingRelativeFileIsToldWithTheFolderInWhichItIsLookedFor() {
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found 'no/such.file', which does"
                + " not exist, expected a file; fix: it is looked for in "
                + Path.of("").toAbsolutePath()
                + "; an absolute path is safest"),
        faults("no/such.file"));
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found 'folder', which is not a"
                + " file, expected a file"),
        faults(folder.toString()));
  }

  /** Root may read every file; what the kernel refuses to everybody is this process's memory. */
  @Test
  void aFileThatCannotBeReadIsToldWithWhatToDo() {
    Path memory = Path.of("/proc/self/mem");
    assumeTrue(Files.isRegularFile(memory));
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found '/proc/self/mem', which"
                + " can't be read (IOException), expected a readable file; fix: let the user who"
                + " runs this read it: chmod u+r '/proc/self/mem'"),
        faults(memory.toString()));
  }

  @Test
  void aFileThatIsMeantForSomethingElseIsNotRead() throws IOException {
    Path big = directory.resolve("big");
    try (var file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength((512L << 20) + 1);
    }
    assertEquals(
        List.of(
            "environment (CHROMA_SERVER_AUTHN_CREDENTIALS_FILE): found 'big' of over 512 MiB,"
                + " expected a configuration file"),
        faults(big.toString()));
  }

  /** A host without a UTF-8 locale refuses paths beyond ASCII in the same way. */
  @Test
  void aValueThatCannotBeAPathIsAFaultAndNothingElse() {
    assertEquals(1, faults("no\0path").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin:" + Samples.ADMIN_HASH, USERS})
  void credentialsInPlaceOfTheirFilesPathAreNotPrinted(String credentials) {
    assertEquals(1, faults(credentials).size());
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, UTF-16", "UTF-16BE, UTF-16"})
  void utf16IsToldAsSuch(String charset, String name) throws IOException {
    Path file = directory.resolve("users.yaml");
    Files.write(file, ("\uFEFF" + USERS).getBytes(Charset.forName(charset)));
    assertEquals(
        List.of(
            "users.yaml: found "
                + name
                + " text, expected UTF-8 text; fix: iconv -f UTF-16 -t UTF-8"),
        faults(file.toString()));
  }

  @Test
  void latin1IsToldAsSuch() throws IOException {
    Path file = directory.resolve("users.yaml");
    Files.write(file, USERS.replace("admin", "jürgen").getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        List.of(
            "users.yaml: found bytes that are not UTF-8, expected UTF-8 text; fix: iconv -f"
                + " ISO-8859-1 -t UTF-8"),
        faults(file.toString()));
  }

  @Test
  void aSingleOddByteIsNotUtf16() throws IOException {
    Path file = Files.write(directory.resolve("users.yaml"), new byte[] {(byte) 0xFF});
    assertEquals(
        List.of(
            "users.yaml: found bytes that are not UTF-8, expected UTF-8 text; fix: iconv -f"
                + " ISO-8859-1 -t UTF-8"),
        faults(file.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        USERS,
        "\uFEFF" + USERS,
        "users:\r\n- id: admin\r\n  tokens: [s3cret]\r\n",
        "---\nusers:\n- id: admin\n  tokens: [s3cret]\n",
        "s3cret",
        "s3cret\n",
        "\uFEFFs3cret\r\n",
        "\ns3cret\n\n",
        "sha256:1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0\n"
      })
  void aTokenIsFoundHoweverItsFileIsWritten(String text) {
    try (var auth = Start.with(Start.token(directory, text))) {
      assertInstanceOf(
          AuthnResult.Authenticated.class, auth.snapshot().authenticate(Samples.bearer("s3cret")));
    }
  }

  private List<String> faults(String file) {
    Map<String, String> settings = Map.of(AUTHN_PROVIDER, "token", AUTHN_CREDENTIALS_FILE, file);
    return Start.faults(settings, directory);
  }
}
