package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.chromaauth.RbacAuthorization;
import io.chromaauth.Settings;
import io.chromaauth.TokenAuthentication;
import io.chromaauth.settings.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files change in every way that people and orchestrators change them; the next requests follow.
 */
@Timeout(60)
class ReloadTest {
  private static final String LISTS = "/api/v2/tenants/t/databases/d/collections";
  private static final String WHO = "/api/v2/auth/identity";

  @TempDir Path folder;

  private @Nullable ChromaAuthFilter filter;

  @AfterEach
  void stop() {
    if (filter != null) {
      filter.destroy();
    }
  }

  /** How a file gets new content. */
  enum Way {
    IN_PLACE {
      @Override
      void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
      }
    },
    RENAMED_OVER {
      @Override
      void write(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    /** Kubernetes: file -> ..data/file, ..data -> ..2026; the link in the middle is swapped. */
    LINK_SWAPPED {
      @Override
      void write(Path file, String text) throws IOException {
        Path folder = file.resolveSibling("");
        Path version = Files.createTempDirectory(folder, "..v");
        Files.writeString(version.resolve(file.getFileName()), text);
        Path link = Files.createSymbolicLink(folder.resolve("..tmp"), version.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isSymbolicLink(file)) {
          Files.deleteIfExists(file);
          Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
        }
      }
    };

    abstract void write(Path file, String text) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsReplacedHoweverItsFileIsWritten(Way way) throws Exception {
    Path users = folder.resolve("users.yaml");
    way.write(users, users("old"));
    start(Map.of(), "50ms");
    assertEquals(200, status(WHO, "old-token"));
    way.write(users, users("fresh"));
    await(() -> status(WHO, "fresh-token") == 200);
    assertEquals(401, status(WHO, "old-token"));
  }

  /** The promise of the documentation, with the interval that holds where nobody sets one. */
  @Test
  void aRevokedTokenIsRefusedWithinTwoSeconds() throws Exception {
    Path users = folder.resolve("users.yaml");
    Files.writeString(users, users("a"));
    start(Map.of(), "");
    List<Duration> taken = new ArrayList<>();
    for (String next : List.of("b", "c", "d")) { // a busy machine may stand still once
      String revoked =
          Files.readString(users).contains("[a-") ? "a" : taken.size() == 1 ? "b" : "c";
      assertEquals(200, status(WHO, revoked + "-token"));
      long written = System.nanoTime();
      Way.RENAMED_OVER.write(users, users(next));
      await(() -> status(WHO, revoked + "-token") == 401);
      taken.add(Duration.ofNanos(System.nanoTime() - written));
      if (taken.get(taken.size() - 1).compareTo(Duration.ofSeconds(2)) <= 0) {
        return;
      }
    }
    fail("took " + taken);
  }

  @Test
  void rolesAndAHostsOwnPathsAreReadAgain() throws Exception {
    Path rules = folder.resolve("authz.yaml");
    Path routes = folder.resolve("routes.yaml");
    Files.writeString(folder.resolve("users.yaml"), users("a"));
    Files.writeString(rules, "roles_mapping: {}\nusers: []\n");
    Files.writeString(routes, "[]\n");
    start(
        Map.of(
            Names.AUTHZ_PROVIDER,
            "simple_rbac",
            Names.AUTHZ_CONFIG_FILE,
            rules.toString(),
            Names.ROUTES_FILE,
            routes.toString()),
        "50ms");
    assertEquals(403, status(LISTS, "a-token"));
    assertEquals(404, status("/orders", "a-token"));
    Files.writeString(rules, "roles_mapping: {}\nusers: [{id: u, role: reader}]\n");
    await(() -> status(LISTS, "a-token") == 200);
    Files.writeString(routes, "- {method: GET, path: /orders, action: identity}\n");
    await(() -> status("/orders", "a-token") == 200);
    assertEquals(401, status("/orders", "b-token"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "users: []\n# s3cret\n",
        "users:\n- id: u\n  tokens: s3cret\n",
        "users:\n- {id: u, tokens: [s3cret], databses: [x]}\n",
        "\uFFFF\u0000s3cret\n\n",
        "GONE"
      })
  void aBrokenFileChangesNothingAndIsToldWithoutItsSecrets(String broken) throws Exception {
    Path users = folder.resolve("users.yaml");
    Files.writeString(users, users("old"));
    start(Map.of(), "50ms");
    try (Logged log = Logged.by("chroma.auth")) {
      if (broken.equals("GONE")) {
        Files.delete(users);
      } else {
        Files.writeString(users, broken);
      }
      await(() -> log.lines().stream().anyMatch(line -> line.contains("not reloaded")));
      assertEquals(200, status(WHO, "old-token"));
      Files.writeString(users, users("fresh"));
      await(() -> status(WHO, "fresh-token") == 200);
      assertEquals(401, status(WHO, "old-token"));
      assertFalse(log.everything().contains("s3cret"), log::everything);
      assertFalse(log.everything().contains("fresh-token"), log::everything);
    }
  }

  @Test
  void theSameBytesMakeNoNewSnapshot() throws Exception {
    Path users = folder.resolve("users.yaml");
    Files.writeString(users, users("old"));
    FilterState state = assemble(Map.of(), "0");
    filter = new ChromaAuthFilter(state);
    var before = state.steps().explaining().live().now();
    Way.RENAMED_OVER.write(users, users("old"));
    state.steps().explaining().live().reload();
    assertSame(before, state.steps().explaining().live().now());
  }

  @Test
  void withTheIntervalOffNothingIsReadAgain() throws Exception {
    Files.writeString(folder.resolve("users.yaml"), users("old"));
    long before = reloadThreads();
    start(Map.of(), "0");
    assertEquals(before, reloadThreads());
  }

  @Test
  void theWatchEndsWithTheFilter() throws Exception {
    Files.writeString(folder.resolve("users.yaml"), users("old"));
    long before = reloadThreads();
    start(Map.of(), "50ms").destroy();
    filter = null;
    assertEquals(before, reloadThreads());
  }

  @Test
  void filesGivenInCodeAreReadAgainToo() throws Exception {
    Path users = folder.resolve("users.yaml");
    Path rules = folder.resolve("authz.yaml");
    Files.writeString(users, users("old"));
    Files.writeString(rules, "roles_mapping: {}\nusers: [{id: u, role: reader}]\n");
    filter =
        ChromaAuthFilter.builder()
            .settings(Settings.of("test", Map.of(Names.RELOAD_INTERVAL, "50ms")))
            .authentication(TokenAuthentication.users(users))
            .authorization(RbacAuthorization.of(rules))
            .build();
    assertEquals(200, status(LISTS, "old-token"));
    Files.writeString(users, users("fresh"));
    await(() -> status(LISTS, "fresh-token") == 200);
    Files.writeString(rules, "roles_mapping: {}\nusers: []\n");
    await(() -> status(LISTS, "fresh-token") == 403);
  }

  @Test
  void severalTokensOfAUserLiveAtOnceAndAnExpiredOneDoesNot() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Files.writeString(
        folder.resolve("users.yaml"),
        "users:\n- id: u\n  tokens:\n  - old-token\n  - {token: next-token, expires: "
            + today.plusDays(2)
            + "}\n  - {token: past-token, expires: "
            + today.minusDays(2)
            + "}\n  - {token: past-2-token, expires: \"2020-01-01T00:00:00Z\"}\n");
    start(Map.of(), "0");
    assertEquals(
        List.of(200, 200, 401, 401),
        List.of(
            status(WHO, "old-token"),
            status(WHO, "next-token"),
            status(WHO, "past-token"),
            status(WHO, "past-2-token")));
  }

  private ChromaAuthFilter start(Map<String, String> more, String interval) {
    ChromaAuthFilter started = new ChromaAuthFilter(assemble(more, interval));
    filter = started;
    return started;
  }

  private FilterState assemble(Map<String, String> more, String interval) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put(Names.AUTHN_PROVIDER, "token");
    settings.put(Names.AUTHN_CREDENTIALS_FILE, folder.resolve("users.yaml").toString());
    settings.put(Names.THROTTLE, "off"); // these tests ask until they get what they want
    settings.put(Names.RELOAD_INTERVAL, interval);
    return new FilterAssembly(Settings.of("test", settings), List.of(), null, null, null, null)
        .assemble();
  }

  private int status(String path, String token) throws Exception {
    ChromaAuthFilter running = Objects.requireNonNull(filter);
    return Call.get(path).header("X-Chroma-Token", token).through(running).status();
  }

  private static String users(String token) {
    return "users:\n- {id: u, tokens: [" + token + "-token]}\n";
  }

  private static long reloadThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("chroma-auth-reload"))
        .count();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    await(Duration.ofSeconds(20), condition);
  }

  private static void await(Duration atMost, Condition condition) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "not within " + atMost);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
