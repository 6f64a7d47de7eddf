package io.chromaauth.settings;

/** Hosts that only this machine can reach. */
public final class Loopback {
  private Loopback() {}

  /** Whether a URL's host is one, by its spelling alone. */
  public static boolean isHost(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
