package io.chromaauth.hosts;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of the acceptance test, run on every host of a module. */
@ParameterizedClass(name = "{0}")
@MethodSource("hosts")
public abstract class HostRows extends SharedServers {
  static Stream<Host> hosts() {
    return Hosts.all();
  }
}
