package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.AUTHZ_PROVIDER;

import io.chromaauth.ConfiguredTexts.Text;
import io.chromaauth.authn.BasicAuthenticator.VerifiedFor;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.ProviderNames;
import io.chromaauth.settings.SettingReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The authentication providers that the settings ask for. Used once. */
final class ConfiguredProviders {
  private static final Clock UTC = Clock.systemUTC();

  private final Settings settings;
  private final Faults faults;
  private final ConfiguredTexts texts;
  private final Throttle throttle;
  private final List<Made> before;
  private final SettingReader reader;
  private final UserFiles userFiles;
  private final JwtSettings jwt;
  private final List<String> details;
  private final List<Made> made = new ArrayList<>();

  /**
   * @param throttle what slows down guesses, the same for all
   * @param before what was made the last time; a provider whose credentials are the same is kept,
   *     with all that it remembers
   */
  ConfiguredProviders(
      Settings settings,
      Faults faults,
      ConfiguredTexts texts,
      Throttle throttle,
      List<Made> before,
      List<String> details,
      List<String> warnings) {
    this.settings = settings;
    this.faults = faults;
    this.texts = texts;
    this.throttle = throttle;
    this.before = List.copyOf(before);
    this.reader = new SettingReader(settings, faults);
    this.details = details;
    this.userFiles = new UserFiles(settings, faults, throttle, warnings);
    this.jwt = new JwtSettings(settings, faults, texts, details);
  }

  /**
   * A provider, and from what it was made.
   *
   * @param name its name in the settings
   * @param fingerprint of what it was made from, an empty text for a host's own
   */
  record Made(String name, String fingerprint, AuthenticationProvider provider) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The providers in the order of the setting, after noting what is wrong. */
  List<Made> read() {
    Optional<String> value = reader.text(AUTHN_PROVIDER);
    if (value.isEmpty()) {
      noProvider();
      return List.of();
    }
    List<String> names = List.of(value.get().strip().split(" *, *", -1));
    Set<String> components = new LinkedHashSet<>();
    for (String name : names) {
      if (!components.add(ProviderNames.authentication(name).orElse(name))) {
        reader.fault(AUTHN_PROVIDER, "'" + name + "' twice", "each provider once");
        return List.of();
      }
    }
    if (names.stream().noneMatch(ProviderNames::isJwt)) {
      jwt.refuse();
    }
    if (names.stream().allMatch(n -> ProviderNames.isJwt(n) || ProviderNames.isContainer(n))) {
      userFiles.refuse(value.get());
    }
    List<String> ours = names.stream().filter(ProviderNames::hasCredentials).toList();
    if (ours.size() > 1) {
      Iterator<Text> files = severalFiles(ours).iterator();
      names.forEach(
          name -> add(name, () -> files.hasNext() ? Optional.of(files.next()) : Optional.empty()));
    } else {
      names.forEach(name -> add(name, () -> only(name)));
    }
    return made;
  }

  /**
   * Adds one provider.
   *
   * @param text where its users stand, if they stand in a text; empty after noting a fault
   */
  private void add(String name, Supplier<Optional<Text>> text) {
    if (ProviderNames.hasCredentials(name)) {
      text.get().ifPresent(users -> made.add(userFiles.provider(name, users, before)));
    } else if (ProviderNames.isJwt(name)) {
      tell(name);
      VerifiedFor remembered = userFiles.remembersFor();
      Needs needs = new Needs(throttle, remembered.ttl(), remembered.size(), UTC);
      jwt.read(name, before, needs).ifPresent(made::add);
    } else if (ProviderNames.isContainer(name)) {
      tell(name);
      made.add(new Made(name, "", ContainerAuthentication.principal()));
    } else {
      custom(name);
    }
  }

  private Optional<Text> only(String name) {
    tell(name);
    return texts.inlineOrFile(AUTHN_CREDENTIALS, AUTHN_CREDENTIALS_FILE);
  }

  private List<Text> severalFiles(List<String> names) {
    names.forEach(this::tell);
    return texts.files(AUTHN_CREDENTIALS_FILE, AUTHN_CREDENTIALS, names.size());
  }

  private void tell(String name) {
    String component = ProviderNames.authentication(name).orElse(name);
    details.add("authentication: " + component + " (" + Place.of(settings, AUTHN_PROVIDER) + ")");
  }

  private void custom(String name) {
    Optional<Made> same = before.stream().filter(m -> m.name().equals(name)).findFirst();
    if (same.isPresent()) {
      details.add("authentication: " + name);
      made.add(same.get());
      return;
    }
    try {
      Optional<AuthenticationProvider> provider = CustomProviders.authentication(name, settings);
      if (provider.isEmpty()) {
        unknown(name);
      } else {
        details.add("authentication: " + name + " (" + Place.of(settings, AUTHN_PROVIDER) + ")");
        made.add(new Made(name, "", provider.get()));
      }
    } catch (ConfigException e) {
      faults.addAll(e);
    } catch (IllegalArgumentException e) {
      String expected = "an AuthenticationProvider that can be made";
      reader.fault(AUTHN_PROVIDER, "'" + name + "', " + e.getMessage(), expected);
    }
  }

  private void unknown(String name) {
    List<String> names = new ArrayList<>(ProviderNames.authenticationNames());
    String expected =
        "basic, token, jwt, container, "
            + String.join(" or ", names.subList(0, 2))
            + ", or a provider of your own on the class path";
    names.addAll(CustomProviders.names());
    reader.fault(AUTHN_PROVIDER, "'" + name + "'", expected, fixOf(name, names));
  }

  private static @Nullable String fixOf(String provider, List<String> names) {
    if (provider.endsWith("ClientProvider")) {
      return "that is the client's class; name the server's";
    }
    String near = Nearest.fix(provider, names);
    return near == null && CustomProviders.isClassName(provider)
        ? "put the jar with this class on the class path: docs/custom-providers.md"
        : near;
  }

  private void noProvider() {
    if (settings.hasAny(List.of(AUTHN_PROVIDER))) {
      return; // told already: the value is quoted
    }
    boolean credentials = settings.hasAny(List.of(AUTHN_CREDENTIALS, AUTHN_CREDENTIALS_FILE));
    String found = credentials ? "credentials without a provider" : "nothing";
    reader.fault(
        AUTHN_PROVIDER,
        settings.hasAny(List.of(AUTHZ_PROVIDER)) ? "authorization without authentication" : found,
        "an authentication provider",
        "export " + AUTHN_PROVIDER + "=" + ProviderNames.authenticationNames().get(1));
  }
}
