package io.chromaauth.hosts;

import java.util.HashMap;
import java.util.Map;

/** Hosts that run: one for each setup, shared by the rows that ask for the same. */
final class Servers {
  private final Map<Setup, Host.Running> running = new HashMap<>();

  /** The host in this setup, started at the first call. */
  Host.Running of(Host host, Setup setup) {
    return running.computeIfAbsent(setup, any -> start(host, setup));
  }

  private static Host.Running start(Host host, Setup setup) {
    try {
      return host.start(setup);
    } catch (Exception e) {
      throw new IllegalStateException(host.name() + " does not start with " + setup, e);
    }
  }

  /** Ends all. */
  void close() {
    for (Host.Running each : running.values()) {
      each.close();
    }
    running.clear();
  }
}
