package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is left of an application that was taken out of a host. */
@ParameterizedClass(name = "{0}")
@MethodSource("hostsOfWars")
public abstract class LifecycleRows extends SharedServers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Stream<Host> hostsOfWars() {
    return Hosts.all().filter(Host::deploysWars);
  }

  @Test
  void nothingIsLeftOfARedeployedApplication() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    Path rules = Workspace.folder("rules").resolve("rules.yaml");
    try (ChromaBehind chroma = new ChromaBehind();
        Host.Running running = host().start(Setup.of())) {
      for (int i = 0; i < 5; i++) {
        Files.writeString(rules, Team.RULES);
        loaders.add(use(running, chroma, rules));
        await("no thread of ours", () -> ours().isEmpty());
      }
      await("no class loader", () -> areCollected(loaders));
      assertTrue(chroma.asked() >= 5, "the resolver was never asked");
    }
  }

  /** Deploys, asks, changes a file that is watched, asks again, and undeploys. */
  private static WeakReference<ClassLoader> use(
      Host.Running running, ChromaBehind chroma, Path rules) throws Exception {
    WeakReference<ClassLoader> loader =
        new WeakReference<>(
            running.deploy(WebApp.sample(Form.WEB_XML, settings(chroma, rules)).at("/ctx")));
    int port = running.port();
    String mine = "/ctx" + Team.MINE;
    assertEquals(200, Wire.ask(port, Ask.get(mine).as("alice")).status());
    assertEquals(200, Wire.ask(port, Ask.get(mine).basic("bob", "bob-password")).status());
    assertEquals(401, Wire.ask(port, Ask.get(mine)).status());
    Ask records = Ask.post(mine + "/" + UUID.randomUUID() + "/get", "{}").as("alice");
    assertEquals(200, Wire.ask(port, records).status());
    assertTrue(!ours().isEmpty(), "nothing watches files");
    Files.writeString(rules, Team.RULES.replace("- {id: alice, roles: [writer]}\n", ""));
    await("a reload", () -> isRefused(port, mine));
    running.undeploy("/ctx");
    return loader;
  }

  private static Map<String, String> settings(ChromaBehind chroma, Path rules) {
    Map<String, String> settings = Team.settings("CHROMA_AUTH_RELOAD_INTERVAL", "50ms");
    settings.remove("CHROMA_SERVER_AUTHZ_CONFIG");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG_FILE", rules.toString());
    settings.put("CHROMA_AUTH_UPSTREAM", chroma.url());
    return settings;
  }

  private static boolean isRefused(int port, String mine) {
    try {
      return Wire.ask(port, Ask.get(mine).as("alice")).status() == 403;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("chroma-auth"))
        .toList();
  }

  private static boolean areCollected(List<WeakReference<ClassLoader>> loaders) {
    RecordLinkage.link();
    System.gc();
    return loaders.stream().allMatch(loader -> loader.get() == null);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "still not: " + what);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
