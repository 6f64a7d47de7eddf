package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Settings;
import io.chromaauth.settings.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand rotations while eight threads ask without a pause. A request is decided by one of the
 * versions between the last that was complete when it began and the last that was begun when it
 * ended, and by nothing else. The bcrypt of one user takes longer than many rotations.
 */
class RotationUnderLoadTest {
  private static final int ROTATIONS = 1_000;
  private static final int CONNECTIONS = 8;
  private static final String V2 = "/api/v2/tenants/t/databases/d/collections";

  /** All of them of the password {@code admin}. */
  private static final String QUICK =
      "$2y$04$abcdefghijklmnopqrstuuQe66hACgXZ.ImKMvPGdqru0gQrWJ8Ju";

  private static final String SLOW = "$2y$12$abcdefghijklmnopqrstuu12w/m81itNBaKxNG/AZzaB5lMPiIWPq";

  @TempDir Path folder;

  private final AtomicInteger complete = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicInteger acrossSwaps = new AtomicInteger();

  /** Who asks for what, and in which versions it is allowed. */
  private record Asker(String path, String header, String value, IntPredicate allowed) {}

  private static boolean odd(int version) {
    return version % 2 == 1;
  }

  private static boolean always(int version) {
    return version >= 0;
  }

  private static final List<Asker> ASKERS =
      List.of(
          new Asker(V2, "X-Chroma-Token", "stay-token", RotationUnderLoadTest::always),
          new Asker(V2, "Authorization", "Bearer flip-token", RotationUnderLoadTest::odd),
          new Asker(V2, "Authorization", "Bearer even-token", version -> !odd(version)),
          new Asker(V2, "X-Chroma-Token", "nobodys-token", version -> false),
          new Asker(V2, "X-Chroma-Token", "roleless-token", RotationUnderLoadTest::odd),
          new Asker(V2, "Authorization", basic("bstay"), RotationUnderLoadTest::always),
          new Asker(V2, "Authorization", basic("bflip"), RotationUnderLoadTest::odd),
          new Asker(V2, "Authorization", basic("slow"), RotationUnderLoadTest::always));

  @Test
  @Timeout(120)
  void nobodyIsRefusedWhomBothFilesAllowAndNobodyAllowedWhomNeitherDoes() throws Exception {
    assertEquals(CONNECTIONS, ASKERS.size());
    write(0);
    FilterState state = state();
    ChromaAuthFilter filter = new ChromaAuthFilter(state);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<?>> running = new ArrayList<>();
    ASKERS.forEach(asker -> running.add(threads.submit(() -> askWithoutPause(asker, filter))));
    try {
      for (int version = 1; version <= ROTATIONS; version++) {
        begun.set(version);
        write(version);
        state.steps().explaining().live().reload();
        complete.set(version);
        for (Asker asker : ASKERS.subList(0, 5)) { // the very next request
          assertEquals(
              asker.allowed().test(version), allows(asker, filter), asker.value() + version);
        }
      }
    } finally {
      begun.set(-1);
      threads.shutdown();
    }
    for (Future<?> future : running) {
      future.get();
    }
    filter.destroy();
    assertEquals(List.of(), List.copyOf(wrong));
    assertTrue(asked.get() > ROTATIONS, "asked " + asked);
    assertTrue(acrossSwaps.get() > 0, "no bcrypt was running while the files were swapped");
  }

  private void askWithoutPause(Asker asker, ChromaAuthFilter filter) {
    try {
      while (true) {
        int first = complete.get();
        boolean allowed = allows(asker, filter);
        int last = begun.get();
        if (last < 0) {
          return;
        }
        asked.incrementAndGet();
        boolean may = false;
        boolean must = true;
        for (int version = first; version <= last; version++) {
          may |= asker.allowed().test(version);
          must &= asker.allowed().test(version);
        }
        if (allowed ? !may : must) {
          wrong.add(asker.value() + " " + allowed + " in " + first + ".." + last);
        }
        if (asker.value().equals(basic("slow")) && last > first + 1) {
          acrossSwaps.incrementAndGet();
        }
      }
    } catch (Exception e) {
      wrong.add(asker.value() + " " + e);
    }
  }

  private static boolean allows(Asker asker, ChromaAuthFilter filter) throws Exception {
    return Call.get(asker.path()).header(asker.header(), asker.value()).through(filter).status()
        == 200;
  }

  private void write(int version) throws Exception {
    boolean odd = odd(version);
    String users =
        "users:\n- {id: stay, tokens: [stay-token]}\n- {id: roleless, tokens: [roleless-token]}\n"
            + "- {id: flip, tokens: ["
            + (odd ? "flip-token" : "even-token")
            + "]}\n";
    String passwords =
        "bstay:"
            + QUICK
            + "\nslow:"
            + SLOW
            + "\n"
            + (odd ? "bflip:" : "other:")
            + QUICK
            + "\n# "
            + version
            + "\n";
    String rules =
        "roles_mapping: {}\nusers:\n- {id: stay, role: reader}\n- {id: flip, role: reader}\n"
            + "- {id: bstay, role: reader}\n- {id: slow, role: reader}\n"
            + (odd ? "- {id: bflip, role: reader}\n- {id: roleless, role: reader}\n" : "");
    replace("users.yaml", users);
    replace("server.htpasswd", passwords);
    replace("authz.yaml", rules);
  }

  private void replace(String name, String text) throws Exception {
    Path fresh = Files.writeString(folder.resolve(name + ".new"), text);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private FilterState state() {
    Map<String, String> settings =
        Map.of(
            Names.AUTHN_PROVIDER, "token,basic",
            Names.AUTHN_CREDENTIALS_FILE,
                folder.resolve("users.yaml") + "," + folder.resolve("server.htpasswd"),
            Names.AUTHZ_PROVIDER, "simple_rbac",
            Names.AUTHZ_CONFIG_FILE, folder.resolve("authz.yaml").toString(),
            Names.THROTTLE, "off",
            Names.RELOAD_INTERVAL, "0");
    return new FilterAssembly(Settings.of("test", settings), List.of(), null, null, null, null)
        .assemble();
  }

  private static String basic(String user) {
    byte[] pair = (user + ":admin").getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
