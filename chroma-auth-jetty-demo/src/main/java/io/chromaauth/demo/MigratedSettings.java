package io.chromaauth.demo;

import io.chromaauth.settings.LegacyNames;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.ProviderNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Settings of an old server or client under today's names.
 *
 * @param values what to set
 * @param remarks what is left out, and why
 * @param risks what was not as its author thought
 */
record MigratedSettings(Map<String, String> values, List<String> remarks, List<String> risks) {
  private static final String CLIENT_PROVIDER = "CHROMA_CLIENT_AUTH_PROVIDER";
  private static final String BASIC_CLIENT = "chromadb.auth.basic_authn.BasicAuthClientProvider";
  private static final String TOKEN_CLIENT = "chromadb.auth.token_authn.TokenAuthClientProvider";

  /** Clients' names and values of 0.4, and today's. */
  private static final Map<String, String> CLIENT_PROVIDERS =
      Map.of(
          "basic", BASIC_CLIENT,
          "chromadb.auth.basic.BasicAuthClientProvider", BASIC_CLIENT,
          "token", TOKEN_CLIENT,
          "chromadb.auth.token.TokenAuthClientProvider", TOKEN_CLIENT);

  private static final Set<String> NOT_NEEDED =
      Set.of(
          "CHROMA_SERVER_AUTH_CREDENTIALS_PROVIDER",
          "CHROMA_SERVER_AUTH_CONFIGURATION_PROVIDER",
          "CHROMA_SERVER_AUTH_CONFIGURATION_FILE",
          "CHROMA_SERVER_AUTHZ_CONFIG_PROVIDER",
          "CHROMA_SERVER_AUTHZ_IGNORE_PATHS",
          "CHROMA_CLIENT_AUTH_CREDENTIALS_PROVIDER",
          "CHROMA_CLIENT_AUTH_PROTOCOL_ADAPTER");

  MigratedSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    remarks = List.copyOf(remarks);
    risks = List.copyOf(risks);
  }

  /** Whether a name is one of Chroma's. */
  static boolean isOurs(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("CHROMA") || Set.of("ALLOW_RESET", "PERSIST_DIRECTORY").contains(upper);
  }

  /** What an old environment comes to; names that are not Chroma's are left out. */
  static MigratedSettings of(Map<String, String> old) {
    Map<String, String> now = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    List<String> risky = new ArrayList<>();
    old.forEach(
        (name, value) -> {
          String upper = name.toUpperCase(Locale.ROOT);
          if (!isOurs(upper)) {
            return;
          }
          if (NOT_NEEDED.contains(upper)) {
            left.add(upper + " is no longer needed");
            return;
          }
          String plain = unquoted(value);
          if (!plain.equals(value)) {
            risky.add(upper + " had quotes around it, which the old server took for a part of it");
          }
          String renamed = renamed(upper);
          if (!renamed.equals(upper)) {
            left.add(upper + " is " + renamed + " since Chroma 0.5");
          }
          if (plain.contains("${")) {
            left.add(renamed + " holds a variable; write its value there");
          }
          now.put(renamed, modern(renamed, plain));
        });
    risky.addAll(risks(old, now));
    return new MigratedSettings(now, left, risky);
  }

  private static String renamed(String name) {
    if (name.equals("CHROMA_CLIENT_AUTH_TOKEN_TRANSPORT_HEADER")) {
      return Names.TOKEN_HEADER;
    }
    return LegacyNames.renamed().stream()
        .filter(names -> names.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(name);
  }

  private static String modern(String name, String value) {
    return switch (name) {
      case Names.AUTHN_PROVIDER -> modernProvider(value);
      case Names.AUTHZ_PROVIDER ->
          ProviderNames.authorization(value)
              .map(any -> ProviderNames.authorizationNames().get(0))
              .orElse(value);
      case Names.TOKEN_HEADER ->
          switch (value.toUpperCase(Locale.ROOT).replace('-', '_')) {
            case "AUTHORIZATION" -> "Authorization";
            case "X_CHROMA_TOKEN" -> "X-Chroma-Token";
            default -> value;
          };
      case CLIENT_PROVIDER -> CLIENT_PROVIDERS.getOrDefault(value, value);
      default -> value;
    };
  }

  private static String modernProvider(String value) {
    List<String> names = ProviderNames.authenticationNames();
    return ProviderNames.authentication(value)
        .map(component -> component.equals(ProviderNames.BASIC) ? names.get(0) : names.get(1))
        .orElse(value);
  }

  private static List<String> risks(Map<String, String> old, Map<String, String> now) {
    List<String> risks = new ArrayList<>();
    boolean credentials =
        now.containsKey(Names.AUTHN_CREDENTIALS) || now.containsKey(Names.AUTHN_CREDENTIALS_FILE);
    boolean provider = now.containsKey(Names.AUTHN_PROVIDER);
    if (old.keySet().stream().anyMatch(n -> n.equalsIgnoreCase("CHROMA_SERVER_AUTH_PROVIDER"))) {
      risks.add("Chroma 0.5 and later ignored CHROMA_SERVER_AUTH_PROVIDER and let everybody in");
    }
    if (credentials && !provider) {
      risks.add("credentials without a provider: the old server let everybody in");
    }
    if (now.containsKey(Names.AUTHZ_PROVIDER) && !provider) {
      risks.add("rules without logins: the old server let everybody in");
    }
    if (provider && !now.containsKey(Names.AUTHZ_PROVIDER)) {
      risks.add("no " + Names.AUTHZ_PROVIDER + ": every user may do everything");
    }
    if (now.containsKey(Names.AUTHN_CREDENTIALS)) {
      risks.add(
          "credentials in the environment: a file is readable to fewer, and can be changed"
              + " without a restart");
    }
    if (now.containsKey(Names.IGNORE_PATHS)) {
      risks.add(Names.IGNORE_PATHS + " did nothing in Chroma 0.5 and 0.6; here it opens its paths");
    }
    if (now.getOrDefault("ALLOW_RESET", "").equalsIgnoreCase("true")) {
      risks.add("ALLOW_RESET: whoever has system:reset can delete everything");
    }
    return risks;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
