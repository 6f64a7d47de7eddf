package io.chromaauth.settings;

import io.chromaauth.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of Chroma 0.4 under the names that they have since 0.5. Chroma 0.5 and 0.6 ignored
 * the old names silently and let everybody in.
 */
public final class LegacyNames {
  /** The source of a value that stands under its old name. */
  static final String SOURCE = "an older name";

  private static final String CREDENTIALS_PROVIDER = "CHROMA_SERVER_AUTH_CREDENTIALS_PROVIDER";
  private static final String AUTHZ_CONFIG_PROVIDER = "CHROMA_SERVER_AUTHZ_CONFIG_PROVIDER";

  /** Old names, and what they are called since 0.5. */
  private static final Map<String, String> RENAMED = new LinkedHashMap<>();

  /** What 0.4 took for its provider of credentials; the providers read their own since. */
  private static final Map<String, String> CREDENTIALS_PROVIDERS = new LinkedHashMap<>();

  private static final List<String> AUTHZ_CONFIG_PROVIDERS =
      List.of(
          "local_authz_config",
          "chromadb.auth.authz.LocalUserConfigAuthorizationConfigurationProvider");

  static {
    RENAMED.put("CHROMA_SERVER_AUTH_PROVIDER", Names.AUTHN_PROVIDER);
    RENAMED.put("CHROMA_SERVER_AUTH_CREDENTIALS", Names.AUTHN_CREDENTIALS);
    RENAMED.put("CHROMA_SERVER_AUTH_CREDENTIALS_FILE", Names.AUTHN_CREDENTIALS_FILE);
    RENAMED.put("CHROMA_SERVER_AUTH_TOKEN_TRANSPORT_HEADER", Names.TOKEN_HEADER);
    String providers = "chromadb.auth.providers.";
    CREDENTIALS_PROVIDERS.put("htpasswd_file", ProviderNames.BASIC);
    CREDENTIALS_PROVIDERS.put(
        providers + "HtpasswdFileServerAuthCredentialsProvider", ProviderNames.BASIC);
    CREDENTIALS_PROVIDERS.put(
        providers + "HtpasswdConfigurationServerAuthCredentialsProvider", ProviderNames.BASIC);
    CREDENTIALS_PROVIDERS.put("token_config", ProviderNames.TOKEN);
    CREDENTIALS_PROVIDERS.put("user_token_config", ProviderNames.TOKEN);
    String token = "chromadb.auth.token.";
    CREDENTIALS_PROVIDERS.put(
        token + "TokenConfigServerAuthCredentialsProvider", ProviderNames.TOKEN);
    CREDENTIALS_PROVIDERS.put(
        token + "UserTokenConfigServerAuthCredentialsProvider", ProviderNames.TOKEN);
  }

  private LegacyNames() {}

  /** Whether it is a name that meant something in 0.4 and is known here. */
  static boolean contain(String name) {
    return RENAMED.containsKey(name)
        || name.equals(CREDENTIALS_PROVIDER)
        || name.equals(AUTHZ_CONFIG_PROVIDER);
  }

  /** The old names, and what they are called since 0.5. */
  public static Set<Map.Entry<String, String>> renamed() {
    return Map.copyOf(RENAMED).entrySet();
  }

  /** The settings that hold credentials themselves, of any version. */
  public static List<String> credentials() {
    return List.of(Names.AUTHN_CREDENTIALS, "CHROMA_SERVER_AUTH_CREDENTIALS");
  }

  /**
   * These settings, where what stands under an old name is found under the new one as well. Notes a
   * fault where both stand and differ, and where 0.4's provider of credentials does not go with the
   * provider.
   */
  public static Settings modernised(Settings settings, Faults faults) {
    Settings modern = settings;
    for (Map.Entry<String, String> names : RENAMED.entrySet()) {
      Optional<String> value = settings.value(names.getKey());
      if (value.isPresent()) {
        checkSame(settings, names.getKey(), names.getValue(), faults);
        modern = modern.orElse(Settings.of(SOURCE, Map.of(names.getValue(), value.get())));
      }
    }
    checkCredentialsProvider(modern, faults);
    checkAuthzConfigProvider(modern, faults);
    return modern;
  }

  /** Adds a warning for each old name that is in use. */
  public static void warn(Settings settings, List<String> warnings) {
    RENAMED.forEach(
        (old, now) -> {
          if (settings.value(old).isPresent()) {
            warnings.add(Place.of(settings, old) + " is Chroma 0.4's name of " + now);
          }
        });
  }

  /** The name under which a setting is given: its own, or an older one. */
  static String givenName(Settings settings, String name) {
    if (!settings.sourceOf(name).equals(SOURCE)) {
      return name;
    }
    return RENAMED.entrySet().stream()
        .filter(names -> names.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(name);
  }

  private static void checkSame(Settings settings, String old, String now, Faults faults) {
    Optional<String> other = settings.value(now);
    if (other.isPresent() && !other.equals(settings.value(old))) {
      faults.add(
          Place.of(settings, old),
          "another value than that of its new name, " + Place.of(settings, now),
          "one of them, or both the same",
          "unset " + old);
    }
  }

  private static void checkCredentialsProvider(Settings settings, Faults faults) {
    Optional<String> value = settings.value(CREDENTIALS_PROVIDER);
    Optional<String> provider =
        settings.value(Names.AUTHN_PROVIDER).flatMap(ProviderNames::authentication);
    if (value.isEmpty() || provider.isEmpty()) {
      return; // what is wrong with the provider is told elsewhere
    }
    String goesWith = CREDENTIALS_PROVIDERS.get(value.get());
    if (!provider.get().equals(goesWith)) {
      List<String> fitting =
          CREDENTIALS_PROVIDERS.keySet().stream()
              .filter(name -> provider.get().equals(CREDENTIALS_PROVIDERS.get(name)))
              .toList();
      faults.add(
          Place.of(settings, CREDENTIALS_PROVIDER),
          "'" + value.get() + "' beside " + provider.get(),
          "one of " + String.join(", ", fitting),
          "unset it: the provider reads its credentials itself");
    }
  }

  private static void checkAuthzConfigProvider(Settings settings, Faults faults) {
    settings
        .value(AUTHZ_CONFIG_PROVIDER)
        .filter(value -> !AUTHZ_CONFIG_PROVIDERS.contains(value))
        .ifPresent(
            value ->
                faults.add(
                    Place.of(settings, AUTHZ_CONFIG_PROVIDER),
                    "'" + value + "'",
                    "one of " + String.join(", ", AUTHZ_CONFIG_PROVIDERS),
                    "unset it: the rules are read from " + Names.AUTHZ_CONFIG_FILE));
  }
}
