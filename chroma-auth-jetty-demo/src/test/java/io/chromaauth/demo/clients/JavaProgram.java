package io.chromaauth.demo.clients;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.client.ClientCredentials;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.slf4j.LoggerFactory;

/**
 * A Java program of {@code src/test/clients} on a library of {@code .ci/install-clients} and on the
 * {@code io.chromaauth.client} of this very checkout: so it is compiled here.
 */
final class JavaProgram {
  private static final Path SOURCES = Path.of("src", "test", "clients").toAbsolutePath();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private JavaProgram() {}

  /** Compiles what is in a folder, with what all share, and gives the command that runs it. */
  static List<String> command(String folder, String libraries, String mainClass) throws Exception {
    Path sources = SOURCES.resolve(folder);
    Path classes = Files.createDirectories(Path.of("target", "clients", folder).toAbsolutePath());
    String classPath =
        String.join(
            File.pathSeparator,
            classes.toString(),
            sources.toString(), // for META-INF/services
            Installed.text(libraries).strip(),
            placeOf(ClientCredentials.class),
            placeOf(LoggerFactory.class));
    List<String> options =
        new ArrayList<>(List.of("--release", "17", "-Xlint:all,-processing,-classfile", "-Werror"));
    options.addAll(List.of("-d", classes.toString(), "-cp", classPath));
    options.addAll(javaFiles(sources));
    options.addAll(javaFiles(SOURCES.resolve("java-checks")));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.out, System.err, options.toArray(String[]::new));
    assertEquals(0, status, folder + " does not compile");
    return List.of(JAVA, "-cp", classPath, mainClass);
  }

  private static List<String> javaFiles(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    }
  }

  private static String placeOf(Class<?> type) throws Exception {
    return Path.of(requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI())
        .toString();
  }
}
