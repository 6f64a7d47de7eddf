package io.chromaauth.hosts;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Rows on one host, which start it once for each setup. */
public abstract class SharedServers {
  private static final Servers SERVERS = new Servers();

  @Parameter @Nullable Host parameter;

  @AfterParameterizedClassInvocation
  static void endServers() {
    SERVERS.close();
  }

  /** The host that this is about. */
  protected final Host host() {
    return Objects.requireNonNull(parameter);
  }

  /** The host in this setup, which ends with this class's rows. */
  protected final Host.Running running(Setup setup) {
    return SERVERS.of(host(), setup);
  }

  /** The answer of the host in this setup. */
  protected final Reply ask(Setup setup, Ask request) throws IOException {
    return Wire.ask(running(setup).port(), request);
  }
}
