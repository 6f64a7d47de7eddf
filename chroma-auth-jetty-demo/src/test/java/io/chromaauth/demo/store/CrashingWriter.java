package io.chromaauth.demo.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds batches from several threads until it is killed, or until the store fails. Prints the name
 * of each batch once the store has said that it is written.
 */
final class CrashingWriter {
  static final int BATCH = 5;
  private static final int THREADS = 4;

  private CrashingWriter() {}

  /** Arguments: folder, and a name that is new. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true);
    try (Store store = Store.open(Path.of(arguments[0]))) {
      ChromaCollection docs = store.catalog().getOrCreate(Samples.draft("docs", Space.L2));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String name = arguments[1] + "-" + i;
        threads.add(new Thread(() -> add(store, docs, name, out)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      out.println("can still read " + store.records().count(docs));
    }
  }

  private static void add(Store store, ChromaCollection docs, String name, PrintStream out) {
    try {
      for (int i = 0; ; i++) {
        String batch = name + "-" + i;
        String[] ids =
            IntStream.range(0, BATCH).mapToObj(n -> batch + "-" + n).toArray(String[]::new);
        store.records().write(docs, WriteMode.ADD, Samples.batch(ids));
        out.println("written " + batch);
      }
    } catch (StoreFailure e) {
      out.println("failed " + e.getMessage());
    }
  }
}
