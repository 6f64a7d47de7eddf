package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script of the checkout starts, with a {@code java} that tells its arguments. */
@Timeout(60)
class LauncherTest {
  private static final String EXIT = " -XX:+ExitOnOutOfMemoryError";
  private static final String VECTOR = " --add-modules jdk.incubator.vector";

  @TempDir Path folder;

  @BeforeEach
  void install() throws Exception {
    Path script = folder.resolve("chroma-auth");
    Files.copy(Path.of("..", "chroma-auth"), script);
    Path target = Files.createDirectories(folder.resolve("chroma-auth-jetty-demo/target"));
    Files.createFile(target.resolve("chroma-auth-jetty-demo.jar"));
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"$*\"\n");
    Files.writeString(folder.resolve("jdk/release"), "MODULES=\"jdk.incubator.vector\"\n");
    for (Path program : List.of(script, java)) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
  }

  // JAVA_OPTS | the JVM's options
  @ParameterizedTest(name = "[{0}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | -XX:+UseSerialGC -Xmx256m EXIT",
        "-Dx=y                     | -XX:+UseSerialGC -Xmx256m EXIT -Dx=y",
        "-Xmx1g                    | -XX:+UseSerialGC EXIT -Xmx1g",
        "-Xms512m                  | -XX:+UseSerialGC EXIT -Xms512m",
        "-XX:MaxRAMPercentage=70   | -XX:+UseSerialGC EXIT -XX:MaxRAMPercentage=70",
        "-XX:+UseG1GC              | -Xmx256m EXIT -XX:+UseG1GC",
        "-Xmx1g -XX:+UseParallelGC | EXIT -Xmx1g -XX:+UseParallelGC",
        "-XX:+UseStringDeduplication | -XX:+UseSerialGC -Xmx256m EXIT -XX:+UseStringDeduplication",
      })
  void javaOptsGoOverTheDefaultsAndLeaveTheOthers(String given, String expected) throws Exception {
    String options = expected.replace("EXIT", EXIT.strip());
    assertEquals(options + " -jar JAR check", started(given, "check"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "demo, true",
    "run --path x, true",
    "run --upstream http://localhost:8001, false",
    "check, false",
    "demo --help, false",
    "run -h, false",
    "help demo, false",
  })
  void onlyWhatSearchesGetsTheVectorModule(String arguments, boolean expected) throws Exception {
    String line = started("", arguments.split(" "));
    assertTrue(line.endsWith(" -jar JAR " + arguments), line);
    assertEquals(expected, line.contains(VECTOR), line);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "demo, store",
    "run --path x, store",
    "run --upstream http://localhost:8001, gateway",
    "check,",
    "run --help,",
  })
  void whatServesStartsWithTheClassesOfItsKind(String arguments, @Nullable String archive)
      throws Exception {
    Path target = folder.resolve("chroma-auth-jetty-demo/target");
    for (String kind : List.of("store", "gateway")) {
      Path made = Files.createFile(target.resolve("chroma-auth-jetty-demo-" + kind + ".jsa"));
      Files.setLastModifiedTime(made, FileTime.from(Instant.now().plusSeconds(60)));
    }
    String line = started("", arguments.split(" "));
    assertEquals(archive != null, line.contains("-XX:SharedArchiveFile="), line);
    assertTrue(archive == null || line.contains("-demo-" + archive + ".jsa "), line);
  }

  private String started(String javaOpts, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("chroma-auth").toString());
    builder.command().addAll(Arrays.asList(arguments));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("JAVA_OPTS", javaOpts);
    builder.environment().remove("CHROMA_AUTH_UPSTREAM");
    Process process = builder.redirectErrorStream(true).start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return line.strip().replaceAll("\\S+/chroma-auth-jetty-demo.jar", "JAR");
  }
}
