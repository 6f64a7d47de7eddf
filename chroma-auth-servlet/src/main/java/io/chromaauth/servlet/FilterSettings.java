package io.chromaauth.servlet;

import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.SettingReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The filter's own settings, checked.
 *
 * @param native06 whether strangers get 403 as in Chroma 0.6
 * @param prefix segments below which the Chroma API is mounted
 * @param inspectLimit how many bytes of a body are read
 * @param allowedOrigins in lower case
 * @param bodyGuard whether {@code trust_remote_code} is refused
 * @param audit which events are written
 * @param resolver {@code upstream}, {@code trust-path} or an empty text
 * @param reloadInterval how often files are looked at; zero never
 * @param trustedProxies whose word on a client's address is taken
 * @param overwrites whether a singleton tenant or database takes the place of Chroma's default
 */
record FilterSettings(
    boolean native06,
    List<String> prefix,
    int inspectLimit,
    Set<String> allowedOrigins,
    boolean bodyGuard,
    Audit audit,
    String resolver,
    Duration reloadInterval,
    TrustedProxies trustedProxies,
    boolean overwrites) {
  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(1);
  private static final int INSPECT_LIMIT = 8 << 20;
  private static final int MOST_INSPECTED = 1 << 30;

  /** Which events are written. */
  enum Audit {
    REFUSED,
    ALL,
    OFF
  }

  /** Reads them, noting what is wrong. */
  static FilterSettings read(Settings settings, Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    String compat = reader.choice(Names.COMPAT, "standard", Set.of("standard", "native-0.6"));
    String audit = reader.choice(Names.AUDIT, "refused", Set.of("refused", "all", "off"));
    return new FilterSettings(
        compat.equals("native-0.6"),
        prefix(reader),
        (int) Math.min(reader.bytes(Names.INSPECT_LIMIT, INSPECT_LIMIT), MOST_INSPECTED),
        origins(reader),
        reader.choice(Names.BODY_GUARD, "on", Set.of("on", "off")).equals("on"),
        Audit.valueOf(audit.toUpperCase(Locale.ROOT)),
        reader.choice(Names.RESOLVER, "", Set.of("upstream", "trust-path")),
        reader.duration(Names.RELOAD_INTERVAL, RELOAD_INTERVAL),
        TrustedProxies.read(reader),
        reader.flag(Names.OVERWRITE));
  }

  /** Whether the settings open everything; only {@code true} does, exactly so. */
  static boolean disabled(Settings settings, Faults faults) {
    return new SettingReader(settings, faults)
        .choice(Names.DISABLED, "false", Set.of("true", "false"))
        .equals("true");
  }

  private static List<String> prefix(SettingReader reader) {
    String path = reader.text(Names.PATH_PREFIX).orElse("/");
    RequestPath parsed = RequestPath.parse(path);
    if (parsed.ambiguous()) {
      reader.fault(Names.PATH_PREFIX, "'" + path + "'", "a path such as /chroma");
    }
    return parsed.segments();
  }

  private static Set<String> origins(SettingReader reader) {
    boolean own = reader.text(Names.ALLOWED_ORIGINS).isPresent();
    List<String> origins = reader.texts(own ? Names.ALLOWED_ORIGINS : Names.CORS_ALLOW_ORIGINS);
    if (origins.stream().anyMatch("null"::equalsIgnoreCase)) {
      reader.fault(Names.ALLOWED_ORIGINS, "'null'", "origins: any page can be that one");
    }
    return origins.stream()
        .map(origin -> origin.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
