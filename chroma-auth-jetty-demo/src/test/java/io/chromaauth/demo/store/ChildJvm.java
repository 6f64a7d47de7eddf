package io.chromaauth.demo.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of the tests in a JVM of its own. */
final class ChildJvm {
  private ChildJvm() {}

  static Process start(Class<?> main, Object... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /**
   * With something before it that ends in running its arguments.
   *
   * @param wrapper the beginning of a command line
   */
  static Process start(List<String> wrapper, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
