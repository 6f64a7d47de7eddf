package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHZ_CONFIG;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG_FILE;
import static io.chromaauth.settings.Names.AUTHZ_PROVIDER;

import io.chromaauth.ConfiguredProviders.Made;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authz.Rbac;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.KnownSettings;
import io.chromaauth.settings.LegacyNames;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.ProviderNames;
import io.chromaauth.settings.SettingReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Chroma's settings, all faults at once, each time anew. */
final class SettingsAssembly implements Source {
  /** Their credentials are hidden once a provider has been made of them. */
  private Settings settings;

  private final Faults ofNames = new Faults();
  private final Throttle throttle;
  private @Nullable AuthorizationProvider customRules;

  /** For these settings, under the names of any version of Chroma. */
  SettingsAssembly(Settings given) {
    settings = LegacyNames.modernised(given, ofNames);
    throttle = ThrottleSetting.read(settings, ofNames);
  }

  @Override
  public Assembled assemble(Collection<AuthzAction> hostActions, List<Made> before) {
    return new Reading(hostActions, before).assemble();
  }

  /** One reading of all of them. */
  private final class Reading {
    private final Collection<AuthzAction> hostActions;
    private final List<Made> before;
    private final Faults faults = new Faults();
    private final SettingReader reader = new SettingReader(settings, faults);
    private final List<String> details = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final ConfiguredTexts texts = new ConfiguredTexts(settings, faults, details);

    Reading(Collection<AuthzAction> hostActions, List<Made> before) {
      this.hostActions = hostActions;
      this.before = before;
      faults.addAll(ofNames);
    }

    Assembled assemble() {
      KnownSettings.check(settings, faults, warnings);
      List<Made> made =
          new ConfiguredProviders(settings, faults, texts, throttle, before, details, warnings)
              .read();
      try {
        return assemble(made);
      } catch (ConfigException e) {
        made.stream().filter(m -> !before.contains(m)).forEach(m -> m.provider().close());
        throw e;
      }
    }

    private Assembled assemble(List<Made> made) {
      Optional<AuthorizationProvider> authorization = authorization();
      if (!faults.isEmpty()) {
        KnownSettings.blameUnknown(settings, faults);
      }
      faults.throwIfAny();
      settings = settings.hiding(LegacyNames.credentials());
      Assembly assembly = new Assembly(made.stream().map(Made::provider).toList(), authorization);
      return new Assembled(
          assembly.snapshot(),
          assembly.summary(details, warnings),
          texts.fingerprint() + hostActions,
          texts.files(),
          made);
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
        return custom(value.get());
      }
      details.add(
          "authorization: " + ProviderNames.RBAC + " (" + Place.of(settings, AUTHZ_PROVIDER) + ")");
      return texts
          .inlineOrFile(AUTHZ_CONFIG, AUTHZ_CONFIG_FILE)
          .map(rules -> Rbac.parse(rules.text(), rules.place(), hostActions, faults, warnings));
    }

    private Optional<AuthorizationProvider> custom(String name) {
      List<String> names = ProviderNames.authorizationNames();
      try {
        Optional<AuthorizationProvider> provider =
            Optional.ofNullable(customRules)
                .or(() -> CustomProviders.authorization(name, settings));
        if (provider.isEmpty()) {
          reader.fault(AUTHZ_PROVIDER, "'" + name + "'", names.get(0), Nearest.fix(name, names));
        } else {
          details.add("authorization: " + name + " (" + Place.of(settings, AUTHZ_PROVIDER) + ")");
          customRules = provider.get(); // made once
        }
        return provider;
      } catch (ConfigException e) {
        faults.addAll(e);
      } catch (IllegalArgumentException e) {
        String expected = "an AuthorizationProvider that can be made";
        reader.fault(AUTHZ_PROVIDER, "'" + name + "', " + e.getMessage(), expected);
      }
      return Optional.empty();
    }
  }
}
