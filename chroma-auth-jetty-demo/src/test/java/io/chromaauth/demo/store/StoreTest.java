package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAfterReopening() throws Exception {
    ChromaCollection made;
    try (Store store = Store.open(folder)) {
      made = Samples.collection(store, "kept", Space.IP);
      store.records().write(made, WriteMode.ADD, Samples.batch("a", "b"));
    }
    try (Store store = Store.open(folder)) {
      ChromaCollection found = Samples.now(store, made);
      assertEquals(Space.IP, found.space());
      assertEquals(2, found.dimension());
      Page page = store.records().get(found, Selection.ALL, Samples.EVERYTHING, -1, 0);
      assertEquals(List.of("a", "b"), Samples.ids(page));
      assertEquals("document of a", page.records().get(0).document());
      assertEquals(
          List.of("b"), Samples.nearest(store, found, new float[] {'b', 1}, 1, Selection.ALL));
    }
  }

  @Test
  void aSecondOneOnTheSameFolderIsRefused() throws Exception {
    try (Store first = Store.open(folder)) {
      assertTrue(first.catalog().hasTenant("default_tenant"));
      String message = refusal();
      assertEquals(
          "store " + folder + " is in use by another process; fix: stop it, or give another --path",
          message);
    }
    Store.open(folder).close();
  }

  @Test
  void aNewerFormatIsRefusedAndLeftAsItIs() throws Exception {
    Store.open(folder).close();
    Path data = folder.resolve("store.sqlite3");
    execute(data, "PRAGMA user_version = 2");
    byte[] before = Files.readAllBytes(data);
    String message = refusal();
    assertTrue(message.contains("format 2, this release knows formats up to 1"), message);
    assertArrayEquals(before, Files.readAllBytes(data));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count()); // the data and the lock
    }
  }

  @Test
  void aForeignFileIsRefusedAndLeftAsItIs() throws Exception {
    Path data = folder.resolve("store.sqlite3");
    execute(data, "CREATE TABLE theirs(x)", "PRAGMA user_version = 1");
    byte[] before = Files.readAllBytes(data);
    assertTrue(refusal().contains("store.sqlite3 is not a store of chroma-auth; fix: "));
    assertArrayEquals(before, Files.readAllBytes(data));
  }

  @Test
  void aForeignDatabaseWithoutAVersionIsRefusedAndLeftAsItIs() throws Exception {
    Path data = folder.resolve("store.sqlite3");
    execute(data, "CREATE TABLE theirs(x)");
    byte[] before = Files.readAllBytes(data);
    assertTrue(refusal().contains("store.sqlite3 is not a store of chroma-auth"));
    assertArrayEquals(before, Files.readAllBytes(data));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 99, 1_400})
  void aTextFileIsRefusedAndLeftAsItIs(int length) throws Exception {
    Path data = folder.resolve("store.sqlite3");
    String text = "junk\n".repeat(300).substring(0, length);
    Files.writeString(data, text);
    assertEquals(
        "store "
            + folder
            + ": store.sqlite3 is not a store of chroma-auth; fix: move it away, or give another"
            + " --path",
        refusal());
    assertEquals(text, Files.readString(data));
  }

  @ParameterizedTest
  @ValueSource(ints = {72, 100, 8_192, 20_000})
  void aFileThatIsCutOffIsRefusedAndLeftAsItIs(int length) throws Exception {
    Store.open(folder).close();
    Path data = folder.resolve("store.sqlite3");
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(data), length);
    Files.write(data, bytes);
    assertTrue(refusal().startsWith("store " + folder + ": store.sqlite3 is "));
    assertArrayEquals(bytes, Files.readAllBytes(data));
  }

  @Test
  void aFirstStartThatWasBrokenOffBeginsAnew() throws Exception {
    Files.writeString(folder.resolve("store.sqlite3.new"), "half");
    Files.writeString(folder.resolve("store.sqlite3.new-wal"), "half");
    try (Store store = Store.open(folder)) {
      assertTrue(store.catalog().hasTenant("default_tenant"));
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count()); // the data and the lock
    }
  }

  @Test
  void theLogOfAFileThatWasDeletedDoesNotCount() throws Exception {
    Path other = folder.resolve("other");
    try (Store store = Store.open(other)) {
      store.catalog().createTenant("old_tenant");
      Files.copy(other.resolve("store.sqlite3-wal"), folder.resolve("store.sqlite3-wal"));
    }
    try (Store store = Store.open(folder)) {
      assertTrue(!store.catalog().hasTenant("old_tenant"));
      store.catalog().createTenant("tenant");
    }
    try (Store store = Store.open(folder)) {
      assertTrue(store.catalog().hasTenant("tenant"));
    }
  }

  @Test
  void nobodyButItsOwnerMayReadIt() throws Exception {
    Path made = folder.resolve("new/store");
    for (int again = 0; again < 2; again++) {
      try (Store store = Store.open(made)) {
        store.catalog().createTenant("tenant" + again);
        for (String name : List.of("store.sqlite3", "store.sqlite3-wal", "store.sqlite3-shm")) {
          assertEquals("rw-------", permissions(made.resolve(name)), name);
        }
        assertEquals("rw-------", permissions(made.resolve("store.lock")));
      }
      for (String name : List.of("store.sqlite3", "store.lock")) {
        Files.setPosixFilePermissions(
            made.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
    assertEquals("rwx------", permissions(made));
    assertEquals("rwx------", permissions(folder.resolve("new")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theFolderOfARealChromaIsRefused() throws Exception {
    Files.createFile(folder.resolve("chroma.sqlite3"));
    assertTrue(refusal().contains("holds a Chroma server's data"));
  }

  @Test
  void aDamagedFileIsRefusedWithAReason() throws Exception {
    Store.open(folder).close();
    Path data = folder.resolve("store.sqlite3");
    byte[] bytes = Files.readAllBytes(data);
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x5A);
    Files.write(data, bytes);
    IOException refused = assertThrows(IOException.class, () -> Store.open(folder));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("store " + folder), refused::toString);
  }

  @Test
  void aResetLeavesTheDefaults() throws Exception {
    try (Store store = Store.open(folder)) {
      ChromaCollection gone = Samples.collection(store, "gone");
      store.records().write(gone, WriteMode.ADD, Samples.batch("a"));
      assertEquals(
          List.of("a"), Samples.nearest(store, gone, new float[] {1, 1}, 1, Selection.ALL));
      store.catalog().createTenant("tenant");
      store.catalog().createDatabase("tenant", "database");
      store.catalog().deleteDatabase("default_tenant", "default_database");
      store.reset();
      assertEquals(Optional.empty(), store.catalog().collection(gone.id()));
      assertEquals(List.of(), store.catalog().databases("tenant", -1, 0));
      assertTrue(!store.catalog().hasTenant("tenant"));
      ChromaCollection fresh = Samples.collection(store, "gone");
      assertEquals(List.of(), Samples.ids(store, fresh));
    }
  }

  @Test
  void aClosedOneFails() throws Exception {
    Store store = Store.open(folder);
    store.close();
    assertThrows(StoreFailure.class, () -> store.catalog().hasTenant("default_tenant"));
    assertThrows(StoreFailure.class, () -> store.catalog().createTenant("late"));
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(StoreUnavailableException.class, () -> Store.open(folder)).getMessage());
  }

  private static void execute(Path data, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
