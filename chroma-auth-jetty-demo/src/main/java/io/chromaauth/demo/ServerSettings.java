package io.chromaauth.demo;

import io.chromaauth.ConfigException;
import io.chromaauth.Settings;
import io.chromaauth.servlet.ChromaAuthFilter;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Loopback;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.SettingReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the commands need to know to serve, from options and settings, all faults at once.
 *
 * @param host address or name to bind
 * @param port TCP port, 0 for a free one
 * @param backend the Chroma behind
 * @param upstreamTimeout how long it may be silent
 * @param corsOrigins browsers' origins whose pages may read answers
 * @param tlsAsked whether a setting asks for TLS, which is not there yet
 * @param owners finds owners in the embedded store once that is open
 * @param filter what guards it
 */
record ServerSettings(
    String host,
    int port,
    Backend backend,
    Duration upstreamTimeout,
    Set<String> corsOrigins,
    boolean tlsAsked,
    StoreOwners owners,
    ChromaAuthFilter filter) {
  private static final Set<String> EVERY = Set.of("0.0.0.0", "::", "[::]");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final String TLS = "CHROMA_SERVER_SSL_ENABLED";
  static final String HOST = "CHROMA_SERVER_HOST";
  static final String PORT = "CHROMA_SERVER_HTTP_PORT";
  private static final Duration UPSTREAM_TIMEOUT = Duration.ofMinutes(2);

  /**
   * Reads and checks everything.
   *
   * @param faults what the command has found already
   * @throws ConfigException with every fault
   */
  static ServerSettings of(Settings settings, Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    refuseDisabled(settings, faults);
    refuseContainer(settings, faults);
    Optional<Backend> backend = Backend.read(settings, faults);
    String host = reader.text(HOST).orElse("localhost");
    int port = reader.number(PORT, 8000, 0, 65_535);
    backend
        .filter(Backend.Upstream.class::isInstance)
        .map(upstream -> ((Backend.Upstream) upstream).setting().uri())
        .filter(uri -> isItself(uri, host, port))
        .ifPresent(uri -> refuseItself(uri, reader, port));
    Duration timeout = reader.duration(Names.UPSTREAM_TIMEOUT, UPSTREAM_TIMEOUT);
    List<String> origins = reader.texts(Names.CORS_ALLOW_ORIGINS);
    boolean tlsAsked = reader.flag(TLS);
    StoreOwners owners = new StoreOwners();
    boolean embedded = backend.filter(Backend.Embedded.class::isInstance).isPresent();
    Optional<ChromaAuthFilter> filter = filter(settings, embedded ? owners : null, faults);
    faults.throwIfAny();
    return new ServerSettings(
        host,
        port,
        backend.orElseThrow(),
        timeout,
        Set.copyOf(origins),
        tlsAsked,
        owners,
        filter.orElseThrow());
  }

  /** Whether an upstream is where we listen ourselves. */
  private static boolean isItself(URI upstream, String host, int port) {
    int usual = "https".equals(upstream.getScheme()) ? 443 : 80;
    if ((upstream.getPort() < 0 ? usual : upstream.getPort()) != port) {
      return false;
    }
    String other = upstream.getHost();
    boolean here = Loopback.isHost(other) || EVERY.contains(other);
    boolean listensHere = Loopback.isHost(host) || LOOPBACK.contains(host) || EVERY.contains(host);
    return other.equalsIgnoreCase(host) || (here && listensHere);
  }

  /** Each request would be sent on to ourselves until no thread is left. */
  private static void refuseItself(URI upstream, SettingReader reader, int port) {
    reader.fault(
        Names.UPSTREAM,
        "'" + upstream + "', where the gateway itself listens",
        "a Chroma elsewhere",
        "run Chroma on another port, e.g. chroma run --port " + (port == 8001 ? 8002 : 8001));
  }

  /** What is probably not meant so: the filter's own warnings, and what the listener lacks. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(filter.summary().warnings());
    if (!LOOPBACK.contains(host)) {
      warnings.add("plain HTTP on " + host + ": credentials travel readable; put TLS in front");
    }
    if (tlsAsked) {
      warnings.add(TLS + " is not acted on yet: put TLS in front");
    }
    return warnings;
  }

  private static Optional<ChromaAuthFilter> filter(
      Settings settings, @Nullable StoreOwners owners, Faults faults) {
    try {
      ChromaAuthFilter.Builder builder = ChromaAuthFilter.builder().settings(settings);
      return Optional.of((owners == null ? builder : builder.resolver(owners)).build());
    } catch (ConfigException e) {
      faults.addAll(e);
      return Optional.empty();
    }
  }

  private static void refuseDisabled(Settings settings, Faults faults) {
    Place place = Place.of(settings, Names.DISABLED);
    if (settings.value(Names.DISABLED).isPresent() && !place.where().equals(Options.NO_AUTH)) {
      faults.add(place, "a setting of the filter", "nothing", "use " + Options.NO_AUTH + " here");
    }
  }

  /** Nobody is ever logged in by a container here. */
  private static void refuseContainer(Settings settings, Faults faults) {
    String value = settings.value(Names.AUTHN_PROVIDER).orElse("");
    if (Stream.of(value.split(",", -1)).map(String::strip).anyMatch("container"::equals)) {
      faults.add(
          Place.of(settings, Names.AUTHN_PROVIDER),
          "'container', the login of a servlet container",
          "it in a webapp only",
          "name basic, token or jwt here");
    }
  }
}
