package io.chromaauth.hosts;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of the acceptance test, run on every host of a module. */
@ParameterizedClass(name = "{0}")
@MethodSource("hosts")
public abstract class HostRows {
  private static final Servers SERVERS = new Servers();

  @Parameter @Nullable Host parameter;

  static Stream<Host> hosts() {
    return Hosts.all();
  }

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
