package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.JWT_ALGORITHMS;
import static io.chromaauth.settings.Names.JWT_AUDIENCE;
import static io.chromaauth.settings.Names.JWT_CLOCK_SKEW;
import static io.chromaauth.settings.Names.JWT_COLLECTIONS_CLAIM;
import static io.chromaauth.settings.Names.JWT_DATABASES_CLAIM;
import static io.chromaauth.settings.Names.JWT_ISSUER;
import static io.chromaauth.settings.Names.JWT_JWKS_FILE;
import static io.chromaauth.settings.Names.JWT_JWKS_URL;
import static io.chromaauth.settings.Names.JWT_ROLES_CLAIM;
import static io.chromaauth.settings.Names.JWT_SECRET_FILE;
import static io.chromaauth.settings.Names.JWT_TENANT_CLAIM;
import static io.chromaauth.settings.Names.JWT_USER_CLAIM;
import static io.chromaauth.settings.Names.JWT_WILDCARD_CLAIMS;

import io.chromaauth.ConfiguredProviders.Made;
import io.chromaauth.ConfiguredTexts.Text;
import io.chromaauth.JwtAuthentication.Claims;
import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.chromaauth.authn.jwt.JwtProviders;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.SettingReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code CHROMA_AUTH_JWT_*}, and makes a provider of them. Used once. */
final class JwtSettings {
  private static final Duration MOST_SKEW = Duration.ofSeconds(60);
  private static final List<String> KEYS = List.of(JWT_JWKS_URL, JWT_JWKS_FILE, JWT_SECRET_FILE);

  /** Stands for a setting whose fault has been noted, until all are told. */
  private static final String WRONG = "-";

  private static final String[] NONE = {};

  private final Settings settings;
  private final Faults faults;
  private final ConfiguredTexts texts;
  private final List<String> details;
  private final SettingReader reader;

  JwtSettings(Settings settings, Faults faults, ConfiguredTexts texts, List<String> details) {
    this.settings = settings;
    this.faults = faults;
    this.texts = texts;
    this.details = details;
    this.reader = new SettingReader(settings, faults);
  }

  /** Notes a fault for each that is set, where no provider reads them. */
  void refuse() {
    for (String name : settings.names("CHROMA_AUTH_JWT_")) {
      if (settings.value(name).isPresent()) {
        String fix = "export " + AUTHN_PROVIDER + "=jwt, or unset " + name;
        reader.fault(name, "it without jwt", "jwt among the providers", fix);
      }
    }
  }

  /** The provider; empty after noting everything that is wrong. */
  Optional<Made> read(String name, List<Made> before, Needs needs) {
    List<String> given = KEYS.stream().filter(key -> settings.value(key).isPresent()).toList();
    Options options = options(given.equals(List.of(JWT_SECRET_FILE)));
    details.add("  issuer " + options.issuer() + ", audience " + options.audience());
    if (given.isEmpty()) {
      String fix =
          "export "
              + JWT_JWKS_URL
              + "=..., the jwks_uri of ISSUER/.well-known/openid-configuration";
      reader.fault(JWT_JWKS_URL, "nothing", "one of " + String.join(", ", KEYS), fix);
      return Optional.empty();
    }
    if (given.size() > 1) {
      String others = String.join(", ", given.subList(1, given.size()));
      reader.fault(given.get(0), "both it and " + others, "one of them", "unset " + others);
      return Optional.empty();
    }
    return given.get(0).equals(JWT_JWKS_URL)
        ? ofUrl(name, before, options, needs)
        : texts.file(given.get(0)).map(text -> ofText(name, text, before, options, needs));
  }

  private Optional<Made> ofUrl(String name, List<Made> before, Options options, Needs needs) {
    details.add("  keys from " + Place.of(settings, JWT_JWKS_URL));
    Optional<Made> same = same(name, "", before);
    if (same.isPresent()) {
      return same;
    }
    Place place = Place.of(settings, JWT_JWKS_URL);
    return reader
        .text(JWT_JWKS_URL)
        .flatMap(this::url)
        .flatMap(url -> JwtProviders.jwks(url, place, options, needs, faults))
        .map(provider -> new Made(name, "", provider));
  }

  private Optional<URI> url(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) { // whose message holds it, and perhaps a password
      reader.fault(JWT_JWKS_URL, "something else", "a URL such as https://id.example/keys");
      return Optional.empty();
    }
  }

  private Made ofText(String name, Text text, List<Made> before, Options options, Needs needs) {
    boolean secret = settings.value(JWT_SECRET_FILE).isPresent();
    return same(name, text.fingerprint(), before)
        .orElseGet(
            () ->
                new Made(
                    name,
                    text.fingerprint(),
                    secret
                        ? JwtProviders.secret(text.text(), text.place(), options, needs, faults)
                        : JwtProviders.jwks(text.text(), text.place(), options, needs, faults)));
  }

  private static Optional<Made> same(String name, String fingerprint, List<Made> before) {
    return before.stream()
        .filter(made -> made.name().equals(name) && made.fingerprint().equals(fingerprint))
        .findFirst();
  }

  private Options options(boolean secret) {
    Claims claims =
        new Claims(
            reader.text(JWT_USER_CLAIM).orElse("sub"),
            claim(JWT_ROLES_CLAIM),
            claim(JWT_TENANT_CLAIM),
            claim(JWT_DATABASES_CLAIM),
            claim(JWT_COLLECTIONS_CLAIM),
            reader.flag(JWT_WILDCARD_CLAIMS));
    return new Options(
        required(JWT_ISSUER, "what iss is in its tokens, to the letter"),
        required(JWT_AUDIENCE, "what aud is, or holds"),
        claims,
        algorithms(secret),
        skew());
  }

  private @Nullable String claim(String setting) {
    return reader.text(setting).orElse(null);
  }

  private String required(String setting, String expected) {
    if (settings.value(setting).isEmpty()) {
      reader.fault(setting, "nothing", expected, "export " + setting + "=...");
    }
    return reader.text(setting).orElse(WRONG);
  }

  private Set<String> algorithms(boolean secret) {
    Set<String> known = secret ? Set.of(JwtProviders.HS256) : JwtProviders.algorithms();
    Set<String> names = new LinkedHashSet<>();
    for (String name : reader.text(JWT_ALGORITHMS).map(v -> v.split(" *, *", -1)).orElse(NONE)) {
      if (!known.contains(name)) {
        String expected = "some of " + String.join(", ", known);
        reader.fault(JWT_ALGORITHMS, "'" + name + "'", expected, Nearest.fix(name, known));
      }
      names.add(name);
    }
    return names;
  }

  private Duration skew() {
    Duration skew = reader.duration(JWT_CLOCK_SKEW, JwtAuthentication.CLOCK_SKEW);
    if (skew.compareTo(MOST_SKEW) > 0) {
      reader.fault(JWT_CLOCK_SKEW, "'" + skew.toSeconds() + "s'", "at most 60s");
      return MOST_SKEW;
    }
    return skew;
  }
}
