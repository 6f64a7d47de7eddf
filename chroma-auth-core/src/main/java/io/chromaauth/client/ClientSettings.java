package io.chromaauth.client;

import io.chromaauth.Secret;
import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.SettingReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings of Chroma's clients, of all generations. Used once. */
final class ClientSettings {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSettings.class);

  private static final String PROVIDER = "CHROMA_CLIENT_AUTH_PROVIDER";
  private static final String CREDENTIALS = "CHROMA_CLIENT_AUTH_CREDENTIALS";
  private static final String OLD_HEADER = "CHROMA_CLIENT_AUTH_TOKEN_TRANSPORT_HEADER";
  private static final String CREDENTIALS_FILE = "CHROMA_CLIENT_AUTH_CREDENTIALS_FILE";

  /** What 0.4 declared and had one value for, or never read. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          CREDENTIALS_FILE,
          "CHROMA_CLIENT_AUTH_CREDENTIALS_PROVIDER",
          "CHROMA_CLIENT_AUTH_PROTOCOL_ADAPTER");

  private static final List<String> KNOWN = List.of(PROVIDER, CREDENTIALS, Names.TOKEN_HEADER);

  private static final String BASIC = "chromadb.auth.basic_authn.BasicAuthClientProvider";
  private static final String TOKEN = "chromadb.auth.token_authn.TokenAuthClientProvider";
  private static final Set<String> BASIC_NAMES =
      Set.of("basic", BASIC, "chromadb.auth.basic.BasicAuthClientProvider"); // until 0.4.24
  private static final Set<String> TOKEN_NAMES =
      Set.of("token", TOKEN, "chromadb.auth.token.TokenAuthClientProvider");
  private static final Map<String, String> HEADERS =
      Map.of(
          "authorization", HeaderValue.AUTHORIZATION,
          "x-chroma-token", HeaderValue.CHROMA_TOKEN,
          "x_chroma_token", HeaderValue.CHROMA_TOKEN); // until 0.4.24

  private final Settings settings;
  private final Faults faults = new Faults();
  private final SettingReader reader;

  ClientSettings(Settings settings) {
    this.settings = settings;
    this.reader = new SettingReader(settings, faults);
  }

  ClientCredentials credentials() {
    Optional<Boolean> basic = isBasic();
    String header = header();
    Optional<Secret> secret = basic.flatMap(this::secret);
    HeaderValue value = new HeaderValue(Place.of(settings, CREDENTIALS), faults);
    Optional<ClientCredentials> credentials =
        secret.map(s -> basic.orElseThrow() ? value.basic(s) : value.of(header, s));
    unknownNames();
    faults.throwIfAny();
    return credentials.orElseThrow();
  }

  private Optional<Boolean> isBasic() {
    if (settings.value(PROVIDER).isEmpty()) {
      String found = settings.hasAny(Set.of(CREDENTIALS)) ? "credentials without it" : "nothing";
      reader.fault(PROVIDER, found, "basic or token", "export " + PROVIDER + "=" + TOKEN);
      return Optional.empty();
    }
    return reader.text(PROVIDER).flatMap(this::isBasic);
  }

  private Optional<Boolean> isBasic(String provider) {
    if (BASIC_NAMES.contains(provider) || TOKEN_NAMES.contains(provider)) {
      return Optional.of(BASIC_NAMES.contains(provider));
    }
    String expected = "basic, token, " + BASIC + " or " + TOKEN;
    reader.fault(PROVIDER, "'" + provider + "'", expected, fixOf(provider));
    return Optional.empty();
  }

  private static @Nullable String fixOf(String provider) {
    return provider.endsWith("ServerProvider")
        ? "that is the server's class; name the client's"
        : Nearest.fix(provider, List.of("basic", "token", BASIC, TOKEN));
  }

  private Optional<Secret> secret(boolean basic) {
    if (settings.value(CREDENTIALS).isEmpty()) {
      String fix =
          settings.hasAny(Set.of(CREDENTIALS_FILE))
              ? "no Chroma ever read " + CREDENTIALS_FILE + "; export " + CREDENTIALS + "=..."
              : "export " + CREDENTIALS + "=...";
      reader.fault(CREDENTIALS, "nothing", basic ? "user:password" : "a token", fix);
      return Optional.empty();
    }
    return reader.secret(CREDENTIALS).map(ClientSettings::withoutLineEnd).map(Secret::of);
  }

  /** The end of a file's only line is no part of what it holds, as for the server. */
  private static String withoutLineEnd(String text) {
    return text.replaceFirst("\\r?\\n\\z", "");
  }

  private String header() {
    Optional<String> now = header(Names.TOKEN_HEADER);
    Optional<String> old = header(OLD_HEADER);
    if (old.isPresent() && now.isPresent() && !old.equals(now)) {
      String found = old.get() + ", where " + Names.TOKEN_HEADER + " is " + now.get();
      reader.fault(OLD_HEADER, found, "one of them", "unset " + OLD_HEADER);
    } else if (old.isPresent()) {
      LOG.warn("{} is Chroma 0.4's name; write {}={}", OLD_HEADER, Names.TOKEN_HEADER, old.get());
    }
    return now.or(() -> old).orElse(HeaderValue.AUTHORIZATION);
  }

  private Optional<String> header(String setting) {
    Optional<String> value = reader.text(setting);
    Optional<String> header = value.map(v -> HEADERS.get(v.toLowerCase(Locale.ROOT)));
    if (value.isPresent() && header.isEmpty()) {
      List<String> names = List.of(HeaderValue.AUTHORIZATION, HeaderValue.CHROMA_TOKEN);
      String fix = Nearest.fix(value.get(), names);
      reader.fault(setting, "'" + value.get() + "'", "one of " + String.join(", ", names), fix);
    }
    return header;
  }

  /** Where something is missing, a misspelt name may be why; else it is only told. */
  private void unknownNames() {
    boolean wrong = !faults.isEmpty();
    for (String name : settings.names("CHROMA_CLIENT_AUTH")) {
      if (KNOWN.contains(name) || name.equals(OLD_HEADER)) {
        continue;
      }
      String near = WITHOUT_EFFECT.contains(name) ? null : Nearest.fix(name, KNOWN);
      if (wrong && !WITHOUT_EFFECT.contains(name)) {
        reader.fault(name, "an unknown setting", "a known one", near);
      } else {
        LOG.warn("{} has no effect{}", name, near == null ? "" : "; " + near);
      }
    }
  }
}
