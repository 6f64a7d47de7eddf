package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the store has acknowledged survives the end of its process at any moment, and a full disk.
 * {@code -Dcrash.rounds=50} takes longer.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 4);

  @TempDir Path folder;

  @Test
  void everythingAcknowledgedIsThereAfterAKill() throws Exception {
    Random random = new Random(9);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Process child = ChildJvm.start(CrashingWriter.class, folder, "round" + round);
      List<String> lines = untilKilled(child, 20 + random.nextInt(200));
      lines.stream()
          .filter(line -> line.startsWith("written "))
          .forEach(line -> acknowledged.add(line.substring("written ".length())));
      assertTrue(acknowledged.size() >= 20 * (round + 1), lines::toString);
      assertAllThere(acknowledged);
    }
  }

  /** Reads on after the kill: what was printed before it counts as well. */
  private static List<String> untilKilled(Process child, int batches) throws Exception {
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (lines.size() == batches) {
          child.toHandle().destroyForcibly(); // leaves its output to be read
        }
      }
    }
    assertEquals(128 + 9, child.waitFor(), lines::toString);
    return lines;
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a limit on the size of files")
  void aFullDiskFailsWritesWithAReasonAndReadsGoOn() throws Exception {
    List<String> limited = List.of("bash", "-c", "ulimit -f 1500; exec \"$@\"", "bash");
    Process child = ChildJvm.start(limited, CrashingWriter.class, folder, "full");
    List<String> lines;
    try (BufferedReader out = child.inputReader()) {
      lines = out.lines().toList();
    }
    assertEquals(0, child.waitFor(), lines::toString);
    List<String> failures = lines.stream().filter(line -> line.startsWith("failed ")).toList();
    assertFalse(failures.isEmpty(), lines::toString);
    assertTrue(failures.get(0).startsWith("failed the store failed: [SQLITE_"), failures.get(0));
    Set<String> acknowledged = new HashSet<>();
    lines.stream()
        .filter(line -> line.startsWith("written "))
        .forEach(line -> acknowledged.add(line.substring("written ".length())));
    assertTrue(
        lines.contains("can still read " + acknowledged.size() * CrashingWriter.BATCH),
        lines::toString);
    assertAllThere(acknowledged);
  }

  private void assertAllThere(Set<String> acknowledged) throws Exception {
    try (Store store = Store.open(folder)) {
      ChromaCollection docs =
          store.catalog().collection("default_tenant", "default_database", "docs").orElseThrow();
      Set<String> found = new HashSet<>(Samples.ids(store, docs));
      for (String batch : acknowledged) {
        for (int i = 0; i < CrashingWriter.BATCH; i++) {
          assertTrue(found.contains(batch + "-" + i), batch);
        }
      }
      assertEquals(0, found.size() % CrashingWriter.BATCH, "half a batch");
      assertEquals(
          found.size(),
          Samples.nearest(store, docs, new float[] {0, 0}, 1 << 20, Selection.ALL).size());
      store
          .records()
          .write(
              docs, WriteMode.ADD, Samples.batch("again1", "again2", "again3", "again4", "again5"));
    }
  }
}
