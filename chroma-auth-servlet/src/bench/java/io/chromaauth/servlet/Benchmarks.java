package io.chromaauth.servlet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the suite: everything with one thread, the decisions of tokens with two as well. Figures go
 * to {@code bench-1.csv} and {@code bench-2.csv}.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * @param args the folder for the figures, a pattern of benchmarks, and options of JMH that go
   *     before the suite's own
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<String> given = new ArrayList<>(List.of(args).subList(2, args.length));
    run(folder, args[1], 1, given);
    if (args[1].equals(".*")) {
      given.addAll(List.of("-p", "work=TOKEN,BASIC_REMEMBERED"));
      run(folder, "DecisionBenchmark", 2, given);
    }
  }

  private static void run(Path folder, String include, int threads, List<String> given)
      throws Exception {
    CommandLineOptions options = new CommandLineOptions(given.toArray(String[]::new));
    Options suite =
        new OptionsBuilder()
            .parent(options)
            .include(include)
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgs("-Xmx5g", "-XX:+UseSerialGC")
            .resultFormat(ResultFormatType.CSV)
            .result(folder.resolve("bench-" + threads + ".csv").toString())
            .build();
    new Runner(suite).run();
  }
}
