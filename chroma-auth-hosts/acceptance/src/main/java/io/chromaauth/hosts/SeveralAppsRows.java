package io.chromaauth.hosts;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows for the hosts that take more than one application. */
@ParameterizedClass(name = "{0}")
@MethodSource("hosts")
public abstract class SeveralAppsRows extends SharedServers {
  static Stream<Host> hosts() {
    return Hosts.all().filter(Host::takesSeveralApps);
  }
}
