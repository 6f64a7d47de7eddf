package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.Settings;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.ProviderNames;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A decision against the size of what it looks through: the last of so many roles, databases or
 * patterns is the one that allows it; host's paths beside Chroma's own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrowthBenchmark {
  private static final String TOKEN = "tok-0123456789abcdef0123456789abcdef";
  private static final FilterChain APPLICATION =
      (request, response) -> ((HttpServletResponse) response).setStatus(204);

  /** Of what there are many. */
  public enum Grown {
    ROLES,
    DATABASES,
    PATTERNS,
    HOST_PATHS
  }

  @Param public Grown what = Grown.ROLES;

  @Param({"1", "10", "100"})
  public int size;

  private ChromaAuthFilter filter = new ChromaAuthFilter();

  @Setup
  public void prepare() throws Exception {
    Path folder = Files.createTempDirectory("bench");
    Path users = folder.resolve("users.yaml");
    Path rules = folder.resolve("authz.yaml");
    Path paths = folder.resolve("paths.yaml");
    Files.writeString(users, "users:\n- {id: u, tokens: [" + TOKEN + "]" + bounds() + "}\n");
    int roles = what == Grown.ROLES ? size : 1;
    String mapping =
        IntStream.range(0, roles)
            .mapToObj(i -> "  r" + i + ": {actions: [" + action(i == roles - 1) + "]}\n")
            .collect(Collectors.joining());
    String names = list(roles, "r", "r" + (roles - 1));
    Files.writeString(rules, "roles_mapping:\n" + mapping + "users:\n- {id: u, roles: " + names + "}\n");
    Files.writeString(
        paths,
        IntStream.range(0, what == Grown.HOST_PATHS ? size : 1)
            .mapToObj(i -> "- {method: GET, path: \"/shop" + i + "/{order}\", action: identity}\n")
            .collect(Collectors.joining()));
    Map<String, String> settings =
        Map.of(
            Names.AUTHN_PROVIDER, "token",
            Names.AUTHN_CREDENTIALS_FILE, users.toString(),
            Names.AUTHZ_PROVIDER, ProviderNames.authorizationNames().get(0),
            Names.AUTHZ_CONFIG_FILE, rules.toString(),
            Names.RELOAD_INTERVAL, "0");
    AuthzResource owner = AuthzResource.of(Site.TENANT, Site.DATABASE, "docs-a");
    CollectionResolver resolver = (id, tenant, database) -> new CollectionResolver.Found(owner);
    filter =
        ChromaAuthFilter.builder()
            .settings(Settings.of("bench", settings))
            .resolver(resolver)
            .routes(paths)
            .build();
    if (filter() != 204) {
      throw new IllegalStateException(what + " " + size + ": " + filter());
    }
  }

  private static String action(boolean granting) {
    return granting ? "collection:query" : "collection:count";
  }

  private String bounds() {
    return switch (what) {
      case ROLES, HOST_PATHS -> "";
      case DATABASES -> ", databases: " + list(size, "d", Site.DATABASE);
      case PATTERNS -> ", collections: " + list(size, "p-*-", "docs-*");
    };
  }

  /** A list of so many texts, the last of which is given. */
  private static String list(int length, String begin, String last) {
    return IntStream.range(0, length)
        .mapToObj(i -> "'" + (i == length - 1 ? last : begin + i) + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @TearDown
  public void close() {
    filter.destroy();
  }

  @Benchmark
  public int filter() throws IOException, ServletException {
    StubResponse response = new StubResponse();
    StubRequest request = new StubRequest("POST", Site.COLLECTION + "/query", "Bearer " + TOKEN);
    filter.doFilter(request, response, APPLICATION);
    return response.getStatus();
  }
}
