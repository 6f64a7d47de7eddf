package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code --path} that is no good is one line that says why, and what to do. */
class FolderFaultTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run"})
  void aFileIsNoFolder(String command) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "theirs");
    refused(command, file, "found a file at " + file);
    assertEquals("theirs", Files.readString(file));
    refused(command, file.resolve("below"), "found '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run"})
  void aFolderThatCannotBeMade(String command) {
    Path path = Path.of("/proc/chroma-auth-test");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    refused(command, path, "found " + path + ", which can't be made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run"})
  void aFolderThatIsNotOurs(String command) throws Exception {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("r-x------"));
    assumeFalse(Files.isWritable(theirs), "root may do all");
    refused(command, theirs, "found no permission for " + theirs);
  }

  @Test
  void aLinkToAFolderIsOne() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertEquals(link, DemoFolder.open(link).folder());
  }

  @Test
  void aFolderThatASettingNamesIsToldByTheSetting() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Map<String, String> settings =
        Map.of("CHROMA_SERVER_AUTHN_PROVIDER", "token", "PERSIST_DIRECTORY", file.toString());
    Command.Outcome outcome = Command.run(settings, "a-long-random-token", "run");
    assertEquals(2, outcome.code(), outcome.err());
    String where = "chroma-auth: environment (PERSIST_DIRECTORY): found a file at " + file;
    assertTrue(outcome.err().startsWith(where), outcome.err());
  }

  @Test
  void runRefusesTheFolderOfADemo() throws Exception {
    DemoFolder demo = DemoFolder.open(folder.resolve("demo"));
    Files.createDirectory(demo.data());
    Files.createFile(demo.data().resolve("store.sqlite3"));
    for (String command : new String[] {"run", "check"}) {
      Command.Outcome outcome = serve(command, demo.folder());
      assertEquals(2, outcome.code(), outcome.err());
      assertEquals(
          "chroma-auth: --path DIR: found DIR, which is a demo's folder, its store is DIR/data,"
              + " expected the folder of a store; fix: --path DIR/data",
          outcome.err().strip().replace(demo.folder().toString(), "DIR"));
    }
    assertFalse(Files.exists(demo.folder().resolve("store.lock")));
    assertEquals(0, serve("check", demo.data()).code());
  }

  private static void refused(String command, Path path, String found) {
    Command.Outcome outcome = serve(command, path);
    assertEquals(2, outcome.code(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(
        outcome.err().startsWith("chroma-auth: --path " + path + ": " + found), outcome.err());
    String rest = ", expected a folder that this user may write; fix: give another --path";
    assertTrue(outcome.err().strip().endsWith(rest), outcome.err());
  }

  private static Command.Outcome serve(String command, Path path) {
    Map<String, String> settings = Map.of("CHROMA_SERVER_AUTHN_PROVIDER", "token");
    return Command.run(settings, "a-long-random-token", command, "--path", path.toString());
  }
}
