package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the programs in {@code src/test/clients}, each on a real client library. */
enum ClientProgram {
  PYTHON_1_5_9("1.5.9"),
  NPM_3_5_0("1.5.9"),
  GO_0_3_0("1.5.9"),
  PYTHON_0_6_3("0.6.3"),
  PYTHON_0_5_23("0.6.3"),
  NPM_1_10("0.6.3"),
  PYTHON_0_4_24("0.4.24"),
  GO_0_2_5("0.4.24"),
  JAVA_0_1_7("0.4.24"),
  JAVA_HEADERS("0.4.24"),
  SPRING_AI("1.5.9"),
  LANGCHAIN4J("1.5.9");

  private static final Path SOURCES = Path.of("src", "test", "clients").toAbsolutePath();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int MINUTES = 4;

  private final String server;

  ClientProgram(String server) {
    this.server = server;
  }

  /** The version of the server that it is run against. */
  String server() {
    return server;
  }

  /**
   * Runs {@code flow}, {@code refusals} or {@code elsewhere} in an empty folder; what it printed
   * and its exit code.
   */
  Outcome run(String what, Path folder, Map<String, String> environment) throws Exception {
    Path output = folder.resolve(name() + "-" + what + ".out");
    ProcessBuilder builder = new ProcessBuilder(command(what));
    builder.directory(Files.createTempDirectory(folder, "cwd").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CHROMA_"));
    builder.environment().putAll(environment);
    builder.environment().putAll(nodeModules());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertTrue(ended, name() + " " + what + " did not end: " + text);
    return new Outcome(process.exitValue(), text);
  }

  private List<String> command(String what) throws Exception {
    List<String> command = new ArrayList<>();
    switch (this) {
      case PYTHON_1_5_9, PYTHON_0_6_3, PYTHON_0_5_23, PYTHON_0_4_24 ->
          command.addAll(List.of(Installed.path(name()), SOURCES + "/python/client.py"));
      case NPM_3_5_0, NPM_1_10 -> command.addAll(List.of("node", SOURCES + "/node/client.mjs"));
      case GO_0_3_0, GO_0_2_5 -> command.add(Installed.path(name()));
      case JAVA_0_1_7 -> command.addAll(List.of(JAVA, "-cp", Installed.text(name()), "Client"));
      case JAVA_HEADERS ->
          command.addAll(JavaProgram.command("java-headers", "JAVA_0_1_7", "Headers"));
      case SPRING_AI -> command.addAll(JavaProgram.command("java-spring-ai", name(), "SpringAi"));
      case LANGCHAIN4J ->
          command.addAll(JavaProgram.command("java-langchain4j", name(), "LangChain4j"));
    }
    command.add(what);
    return command;
  }

  private Map<String, String> nodeModules() {
    return name().startsWith("NPM")
        ? Map.of("NODE_MODULES_DIR", Installed.path(name().replace("NPM", "NODE")))
        : Map.of();
  }

  /** How a run ended. */
  record Outcome(int exitCode, String output) {}
}
