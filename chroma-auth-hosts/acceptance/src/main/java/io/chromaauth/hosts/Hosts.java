package io.chromaauth.hosts;

import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The hosts of this module. */
public final class Hosts {
  private Hosts() {}

  /** All of them. */
  public static Stream<Host> all() {
    return ServiceLoader.load(Host.class).stream().map(ServiceLoader.Provider::get);
  }
}
