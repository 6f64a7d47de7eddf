package io.chromaauth.servlet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the suite: everything with one thread, the decisions of tokens with two as well. Figures go
 * to {@code bench-1.csv} and {@code bench-2.csv}, those of loads to {@code bench-loads.csv}, slices beside each other to
 * {@code bench-slices.txt}.
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
      inOwnJvm(folder.resolve("bench-slices.txt"), Slices.class);
      loads(folder, users(args));
    }
  }

  /** How many users the decisions are made among. */
  private static String[] users(String[] args) {
    String prefix = "users=";
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith(prefix))
        .flatMap(arg -> Arrays.stream(arg.substring(prefix.length()).split(",")))
        .toArray(String[]::new);
  }

  /** Each in a JVM of its own, as a server loads them. */
  private static void loads(Path folder, String[] users) throws Exception {
    Path file = folder.resolve("bench-loads.csv");
    Files.writeString(file, "kind,users,ms,cpu_s,heap_mib\n");
    for (String size : users) {
      for (Loads.Kind kind : Loads.Kind.values()) {
        inOwnJvm(file, Loads.class, kind.name(), size);
      }
    }
    Files.readAllLines(file).forEach(System.out::println);
  }

  /** Runs a program whose lines are added to a file. */
  private static void inOwnJvm(Path file, Class<?> program, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx4g", "-XX:+UseSerialGC", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(args));
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(command + ": exit " + exit);
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
