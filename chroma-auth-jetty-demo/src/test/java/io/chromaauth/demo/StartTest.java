package io.chromaauth.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the first seconds are not spent on. */
@Timeout(60)
class StartTest {
  // each of these sets of classes once took more than 0.1 s of every gateway's start
  private static final List<String> NEEDLESS =
      List.of(
          "sun.security.ssl.",
          "jdk.internal.net.http.",
          "org.xml.sax.",
          "com.sun.jmx.",
          "sun.util.locale.provider.BreakIteratorProviderImpl",
          "org.sqlite.",
          "com.nimbusds.",
          "io.chromaauth.demo.MigrateCommand");

  @TempDir Path folder;

  @Test
  void aGatewayIsReadyWithoutWhatItDoesNotNeed() throws Exception {
    Path loaded = folder.resolve("loaded");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load:file=" + loaded + ":none");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run", "--host", "127.0.0.1", "--port", "0"));
    command.addAll(List.of("--no-auth", "--upstream", "http://127.0.0.1:1"));
    Process gateway =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (BufferedReader log =
        new BufferedReader(new InputStreamReader(gateway.getInputStream(), UTF_8))) {
      assertTrue(log.lines().anyMatch(line -> line.contains(" listening on ")));
    } finally {
      gateway.destroyForcibly().waitFor();
    }
    List<String> classes = Files.readAllLines(loaded);
    assertTrue(classes.stream().anyMatch(name -> name.startsWith("org.eclipse.jetty.server.")));
    assertEquals(
        List.of(),
        classes.stream().filter(name -> NEEDLESS.stream().anyMatch(name::startsWith)).toList());
  }

  @ParameterizedTest
  @CsvSource({"run, 1", "help, 8", "--help, 8", "nonsense, 8"})
  void aCommandThatIsNamedIsLookedAtAlone(String argument, int commands) {
    assertEquals(
        commands,
        Main.commandLine(
                () -> {
                  throw new AssertionError("settings");
                },
                argument)
            .getSubcommands()
            .size());
  }

  @Test
  void propertiesThatAreSetStay() {
    String name = "java.locale.providers";
    String before = System.getProperty(name);
    System.setProperty(name, "COMPAT");
    try {
      ShorterStart.prepare();
      assertEquals("COMPAT", System.getProperty(name));
      System.clearProperty(name);
      ShorterStart.prepare();
      assertEquals("CLDR", System.getProperty(name));
    } finally {
      System.clearProperty(name);
      if (before != null) {
        System.setProperty(name, before);
      }
    }
  }
}
