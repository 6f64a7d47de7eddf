package io.chromaauth.demo.api;

import io.chromaauth.demo.store.Budget;
import java.nio.file.Path;

/**
 * What the bodies of all requests may take together.
 *
 * @param folder where those that are longer wait until they are there
 * @param memory of values that are read from them
 * @param disk of those that wait
 */
record Bodies(Path folder, Budget memory, Budget disk) {
  private static final long DISK = 1L << 30;

  /** A sixth of the memory that the JVM may have, and 1 GiB. */
  static Bodies in(Path folder) {
    String advice = "send fewer records at once";
    return new Bodies(
        folder,
        new Budget(Budget.partOfHeap(6), "the request body", advice),
        new Budget(DISK, "the request body", advice));
  }

  CollectedBody collect() {
    return new CollectedBody(folder, memory.share(), disk.share());
  }
}
