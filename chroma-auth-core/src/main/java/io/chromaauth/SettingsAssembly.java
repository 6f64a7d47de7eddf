package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG_FILE;
import static io.chromaauth.settings.Names.AUTHZ_PROVIDER;
import static io.chromaauth.settings.Names.CACHE_SIZE;
import static io.chromaauth.settings.Names.CACHE_TTL;
import static io.chromaauth.settings.Names.TOKEN_HEADER;

import io.chromaauth.authn.BasicAuthenticator;
import io.chromaauth.authn.TokenHeader;
import io.chromaauth.authn.TokenUsers;
import io.chromaauth.authz.Rbac;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.KnownSettings;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.ProviderNames;
import io.chromaauth.settings.SettingReader;
import io.chromaauth.settings.TextFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Chroma's settings, all faults of a start at once. Used once. */
final class SettingsAssembly {
  private final Settings settings;
  private final Collection<AuthzAction> hostActions;
  private final Faults faults = new Faults();
  private final SettingReader reader;
  private final List<String> details = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  SettingsAssembly(Settings settings, Collection<AuthzAction> hostActions) {
    this.settings = settings;
    this.hostActions = List.copyOf(hostActions);
    this.reader = new SettingReader(settings, faults);
  }

  ChromaAuth assemble() {
    KnownSettings.check(settings, faults, warnings);
    ChromaAuth.Builder builder = ChromaAuth.builder();
    authentication().ifPresent(builder::authentication);
    authorization().ifPresent(builder::authorization);
    if (!faults.isEmpty()) {
      KnownSettings.blameUnknown(settings, faults);
    }
    faults.throwIfAny();
    return builder.build(details, warnings);
  }

  private Optional<AuthenticationProvider> authentication() {
    Optional<String> value = reader.text(AUTHN_PROVIDER);
    if (value.isEmpty()) {
      noProvider();
      return Optional.empty();
    }
    Optional<String> component = ProviderNames.authentication(value.get());
    if (component.isEmpty()) {
      List<String> names = ProviderNames.authenticationNames();
      String expected = "basic, token, " + String.join(" or ", names.subList(0, 2));
      reader.fault(AUTHN_PROVIDER, "'" + value.get() + "'", expected, fixOf(value.get(), names));
      return Optional.empty();
    }
    details.add(
        "authentication: " + component.get() + " (" + Place.of(settings, AUTHN_PROVIDER) + ")");
    return component.get().equals(ProviderNames.BASIC) ? basic() : token();
  }

  private static @Nullable String fixOf(String provider, List<String> names) {
    if (provider.endsWith("ClientProvider")) {
      return "that is the client's class; name the server's";
    }
    String near = Nearest.fix(provider, names);
    return near == null && provider.contains(".")
        ? "a provider of your own is written in Java and given to ChromaAuthFilter.builder()"
        : near;
  }

  private void noProvider() {
    if (settings.hasAny(List.of(AUTHN_PROVIDER, KnownSettings.OLD_PROVIDER))) {
      return; // told already: the value is quoted, or has an older name
    }
    boolean credentials = settings.hasAny(List.of(AUTHN_CREDENTIALS, AUTHN_CREDENTIALS_FILE));
    String found = credentials ? "credentials without a provider" : "nothing";
    reader.fault(
        AUTHN_PROVIDER,
        settings.hasAny(List.of(AUTHZ_PROVIDER)) ? "authorization without authentication" : found,
        "an authentication provider",
        "export " + AUTHN_PROVIDER + "=" + ProviderNames.authenticationNames().get(1));
  }

  private Optional<AuthenticationProvider> basic() {
    Duration ttl = reader.duration(CACHE_TTL, BasicAuthentication.CACHE_TTL);
    int size = reader.number(CACHE_SIZE, BasicAuthentication.CACHE_SIZE, 0, 10_000_000);
    return credentials()
        .map(text -> BasicAuthenticator.htpasswd(text.text(), text.place(), faults, ttl, size));
  }

  private Optional<AuthenticationProvider> token() {
    TokenHeader header = header();
    return credentials()
        .map(t -> TokenUsers.parse(t.text(), t.place(), header, faults, this::warnOfRoles));
  }

  private void warnOfRoles() {
    boolean sameFile =
        settings
            .value(AUTHN_CREDENTIALS_FILE)
            .equals(settings.value(AUTHZ_CONFIG_FILE).or(() -> Optional.of("")));
    if (!sameFile) {
      warnings.add(
          "roles in "
              + settings.value(AUTHN_CREDENTIALS_FILE).orElse(AUTHN_CREDENTIALS)
              + " are ignored, as in Chroma 0.6; "
              + AUTHZ_CONFIG_FILE
              + " gives roles");
    }
  }

  private TokenHeader header() {
    Optional<String> value = reader.text(TOKEN_HEADER);
    Optional<TokenHeader> header = value.flatMap(TokenHeader::parse);
    if (value.isPresent() && header.isEmpty()) {
      List<String> names = List.of("Authorization", "X-Chroma-Token");
      String fix = Nearest.fix(value.get(), names);
      reader.fault(
          TOKEN_HEADER, "'" + value.get() + "'", "one of " + String.join(", ", names), fix);
    }
    return header.orElse(TokenHeader.EITHER);
  }

  private Optional<AuthorizationProvider> authorization() {
    Optional<String> value = reader.text(AUTHZ_PROVIDER);
    if (value.isEmpty()) {
      boolean quoted = settings.value(AUTHZ_PROVIDER).isPresent(); // told already
      if (settings.hasAny(List.of(AUTHZ_CONFIG, AUTHZ_CONFIG_FILE)) && !quoted) {
        List<String> names = ProviderNames.authorizationNames();
        String fix = "export " + AUTHZ_PROVIDER + "=" + names.get(0);
        reader.fault(AUTHZ_PROVIDER, "rules without a provider", names.get(0), fix);
      }
      return Optional.empty();
    }
    if (ProviderNames.authorization(value.get()).isEmpty()) {
      List<String> names = ProviderNames.authorizationNames();
      String fix = Nearest.fix(value.get(), names);
      reader.fault(AUTHZ_PROVIDER, "'" + value.get() + "'", names.get(0), fix);
      return Optional.empty();
    }
    details.add(
        "authorization: " + ProviderNames.RBAC + " (" + Place.of(settings, AUTHZ_PROVIDER) + ")");
    return inlineOrFile(AUTHZ_CONFIG, AUTHZ_CONFIG_FILE)
        .map(rules -> Rbac.parse(rules.text(), rules.place(), hostActions, faults, warnings));
  }

  private Optional<Text> credentials() {
    return inlineOrFile(AUTHN_CREDENTIALS, AUTHN_CREDENTIALS_FILE);
  }

  private Optional<Text> inlineOrFile(String inline, String file) {
    if (settings.value(inline).isPresent() && settings.value(file).isPresent()) {
      Place other = Place.of(settings, file);
      reader.fault(inline, "both it and " + other, "one of them", "unset " + inline);
      return Optional.empty();
    }
    if (settings.value(inline).isPresent()) {
      details.add("  from " + Place.of(settings, inline));
      return reader
          .secret(inline)
          .map(text -> new Text(text, Place.of(Place.of(settings, inline).toString())));
    }
    if (settings.value(file).isEmpty()) {
      reader.fault(file, "neither it nor " + inline, "one of them", "export " + file + "=FILE");
      return Optional.empty();
    }
    return reader.text(file).flatMap(path -> read(path, Place.of(settings, file)));
  }

  private Optional<Text> read(String path, Place setting) {
    details.add("  from " + path + " (" + setting + ")");
    return TextFile.read(path, setting, faults).map(text -> new Text(text, Place.of(path)));
  }

  private record Text(String text, Place place) {
    @Override
    public String toString() {
      return place.toString();
    }
  }
}
