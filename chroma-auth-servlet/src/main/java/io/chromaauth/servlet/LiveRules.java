package io.chromaauth.servlet;

import io.chromaauth.ChromaAuth;
import io.chromaauth.ConfigException;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.FileWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials, rules and paths that hold now. When a file changes they are read again, all of
 * them, and swapped at once; what is not right changes nothing. Thread-safe.
 */
final class LiveRules implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");

  private final ChromaAuth auth;
  private final ConfiguredApi configured;
  private volatile Rules now;
  private @Nullable FileWatch watch;

  LiveRules(ChromaAuth auth, ConfiguredApi configured, Api api) {
    this.auth = auth;
    this.configured = configured;
    this.now = new Rules(auth.snapshot(), api);
  }

  /**
   * What a request is decided by, from its beginning to its end.
   *
   * @param snapshot credentials and rules
   * @param api the paths
   */
  record Rules(ChromaAuth.Snapshot snapshot, Api api) {}

  /** What holds now. */
  Rules now() {
    return now;
  }

  /**
   * Begins to look at the files.
   *
   * @param interval how often; zero never
   */
  void watch(Duration interval) {
    if (!interval.isZero() && !files().isEmpty()) {
      watch = FileWatch.start(this::files, interval, this::reload);
    }
  }

  /** Reads everything again. */
  void reload() {
    try {
      Faults faults = new Faults();
      Api api = configured.read(faults);
      faults.throwIfAny();
      swap(new Rules(auth.reload(api.hostActions()), api));
    } catch (ConfigException e) {
      e.faults().forEach(fault -> LOG.error("chroma-auth: not reloaded: {}", fault));
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    auth.close();
  }

  private void swap(Rules fresh) {
    boolean same =
        fresh.snapshot() == now.snapshot() && fresh.api().hostLines().equals(now.api().hostLines());
    if (!same) {
      now = fresh;
      LOG.info("configuration reloaded from {}", files().keySet());
      auth.summary().warnings().forEach(LOG::warn);
    }
  }

  /** With what holds now of each. */
  private Map<Path, String> files() {
    Map<Path, String> files = new HashMap<>(auth.files());
    files.putAll(now.api().files());
    return files;
  }
}
