package io.chromaauth.settings;

import io.chromaauth.Settings;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds settings that would not do what their author expects: older names, names that this version
 * does not act on yet, and misspelt ones.
 */
public final class KnownSettings {
  /** Chroma 0.4's name of {@link Names#AUTHN_PROVIDER}. */
  public static final String OLD_PROVIDER = "CHROMA_SERVER_AUTH_PROVIDER";

  /** Chroma 0.4's names, and what they are called since 0.5. */
  private static final Map<String, String> RENAMED = new LinkedHashMap<>();

  /** Settings of the design that are not built yet, with the values that change nothing. */
  private static final Map<String, Set<String>> NOT_YET = new LinkedHashMap<>();

  /** Old names that never did anything that is missing here. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "CHROMA_SERVER_AUTH_CREDENTIALS_PROVIDER",
          "CHROMA_SERVER_AUTH_CONFIGURATION_PROVIDER",
          "CHROMA_SERVER_AUTH_CONFIGURATION_FILE",
          "CHROMA_SERVER_AUTHZ_CONFIG_PROVIDER",
          "CHROMA_SERVER_AUTHZ_IGNORE_PATHS");

  private static final Set<String> KNOWN =
      Arrays.stream(Names.class.getFields())
          .map(KnownSettings::valueOf)
          .collect(Collectors.toUnmodifiableSet());

  static {
    RENAMED.put(OLD_PROVIDER, Names.AUTHN_PROVIDER);
    RENAMED.put("CHROMA_SERVER_AUTH_CREDENTIALS", Names.AUTHN_CREDENTIALS);
    RENAMED.put("CHROMA_SERVER_AUTH_CREDENTIALS_FILE", Names.AUTHN_CREDENTIALS_FILE);
    RENAMED.put("CHROMA_SERVER_AUTH_TOKEN_TRANSPORT_HEADER", Names.TOKEN_HEADER);
    NOT_YET.put(Names.THROTTLE, Set.of("OFF"));
    NOT_YET.put(Names.RELOAD_INTERVAL, Set.of("0", "0S"));
  }

  private KnownSettings() {}

  /** Notes faults and adds warnings for the settings that are there. */
  public static void check(Settings settings, Faults faults, List<String> warnings) {
    RENAMED.forEach(
        (old, now) -> {
          if (settings.value(old).isPresent()) {
            faults.add(Place.of(settings, old), "Chroma 0.4's name", now, "name it " + now);
          }
        });
    NOT_YET.forEach((name, harmless) -> checkNotYet(settings, name, harmless, faults));
    unknown(settings).forEach(name -> warnOfUnknown(name, warnings));
    if (settings.value(Names.AUTHZ_PROVIDER).isEmpty()) {
      unknown(settings).stream()
          .filter(name -> name.contains("AUTHZ") || name.contains("AUTHORIZ"))
          .filter(name -> !WITHOUT_EFFECT.contains(name))
          .forEach(name -> blame(settings, name, faults)); // whoever wrote it wants rules
    }
  }

  /**
   * Notes every unknown name as a fault: where something is missing, a misspelt name may be why.
   */
  public static void blameUnknown(Settings settings, Faults faults) {
    unknown(settings).stream()
        .filter(name -> !WITHOUT_EFFECT.contains(name))
        .forEach(name -> blame(settings, name, faults));
  }

  private static void blame(Settings settings, String name, Faults faults) {
    String fix = Nearest.fix(name, KNOWN);
    faults.add(Place.of(settings, name), "an unknown setting", "a known one", fix);
  }

  /** Names that look as if they were for us, and are not. */
  private static List<String> unknown(Settings settings) {
    return settings.names("CHROMA").stream()
        .filter(name -> name.contains("AUTH") || name.startsWith("CHROMA_OVERWRITE"))
        .filter(name -> !name.startsWith("CHROMA_CLIENT_"))
        .filter(KnownSettings::isUnknown)
        .toList();
  }

  private static void checkNotYet(
      Settings settings, String name, Set<String> harmless, Faults faults) {
    settings
        .value(name)
        .map(value -> value.strip().toUpperCase(Locale.ROOT))
        .filter(value -> !harmless.contains(value))
        .ifPresent(
            value ->
                faults.add(
                    Place.of(settings, name),
                    "a value that this version does not act on yet",
                    "nothing, or one of " + String.join(", ", harmless.stream().sorted().toList()),
                    "remove it"));
  }

  private static void warnOfUnknown(String name, List<String> warnings) {
    String near = WITHOUT_EFFECT.contains(name) ? null : Nearest.fix(name, KNOWN);
    warnings.add("unknown setting " + name + " is ignored" + (near == null ? "" : "; " + near));
  }

  private static boolean isUnknown(String name) {
    return !KNOWN.contains(name) && !RENAMED.containsKey(name);
  }

  private static String valueOf(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
