package io.chromaauth.settings;

import io.chromaauth.Settings;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds settings that would not do what their author expects: older names and misspelt ones. */
public final class KnownSettings {
  /** Old names that never did anything that is missing here. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "CHROMA_SERVER_AUTH_CONFIGURATION_PROVIDER",
          "CHROMA_SERVER_AUTH_CONFIGURATION_FILE",
          "CHROMA_SERVER_AUTHZ_IGNORE_PATHS");

  private static final Set<String> KNOWN =
      Arrays.stream(Names.class.getFields())
          .map(KnownSettings::valueOf)
          .collect(Collectors.toUnmodifiableSet());

  private KnownSettings() {}

  /** Notes faults and adds warnings for the settings that are there. */
  public static void check(Settings settings, Faults faults, List<String> warnings) {
    LegacyNames.warn(settings, warnings);
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

  private static void warnOfUnknown(String name, List<String> warnings) {
    String near = WITHOUT_EFFECT.contains(name) ? null : Nearest.fix(name, KNOWN);
    warnings.add("unknown setting " + name + " is ignored" + (near == null ? "" : "; " + near));
  }

  private static boolean isUnknown(String name) {
    return !KNOWN.contains(name) && !LegacyNames.contain(name);
  }

  private static String valueOf(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
