package io.chromaauth.demo.clients;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The servers that several test classes share, because a start takes seconds. */
final class GuardedChromas implements ParameterResolver {
  static final List<String> VERSIONS = List.of("1.5.9", "0.6.3");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Servers.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(GuardedChromas.class))
        .getOrComputeIfAbsent(Servers.class, key -> Servers.start(), Servers.class);
  }

  /** One for each version; whatever a test makes there it removes. */
  static final class Servers implements AutoCloseable {
    private final Map<String, GuardedChroma> byVersion = new LinkedHashMap<>();
    private final Path folder;

    private Servers(Path folder) {
      this.folder = folder;
    }

    /** Starts them at the same time. */
    static Servers start() {
      try {
        Servers servers = new Servers(Files.createTempDirectory("chroma-auth"));
        Map<String, CompletableFuture<GuardedChroma>> starting = new LinkedHashMap<>();
        VERSIONS.forEach(
            version ->
                starting.put(
                    version, CompletableFuture.supplyAsync(() -> servers.startOne(version))));
        starting.forEach((version, server) -> servers.byVersion.put(version, server.join()));
        return servers;
      } catch (Exception e) {
        throw new IllegalStateException("the servers did not start", e);
      }
    }

    GuardedChroma of(String version) {
      return requireNonNull(byVersion.get(version), version);
    }

    @Override
    public void close() throws IOException {
      for (GuardedChroma server : byVersion.values()) {
        server.close();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }

    private GuardedChroma startOne(String version) {
      try {
        return GuardedChroma.start(version, folder);
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    }
  }
}
