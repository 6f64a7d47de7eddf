package io.chromaauth;

import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS;
import static io.chromaauth.settings.Names.AUTHN_CREDENTIALS_FILE;
import static io.chromaauth.settings.Names.AUTHN_PROVIDER;
import static io.chromaauth.settings.Names.AUTHZ_CONFIG_FILE;
import static io.chromaauth.settings.Names.CACHE_SIZE;
import static io.chromaauth.settings.Names.CACHE_TTL;
import static io.chromaauth.settings.Names.TOKEN_HEADER;

import io.chromaauth.ConfiguredProviders.Made;
import io.chromaauth.ConfiguredTexts.Text;
import io.chromaauth.authn.BasicAuthenticator;
import io.chromaauth.authn.BasicAuthenticator.VerifiedFor;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.TokenHeader;
import io.chromaauth.authn.TokenUsers;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.ProviderNames;
import io.chromaauth.settings.SettingReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The providers whose users stand in a file or a setting: of passwords and of tokens. */
final class UserFiles {
  private final Settings settings;
  private final Faults faults;
  private final Throttle throttle;
  private final SettingReader reader;
  private final VerifiedFor remembered;
  private final TokenHeader header;
  private final List<String> warnings;

  /**
   * Reads their settings, whether there are such providers or not: a wrong one is told in any case.
   *
   * @param throttle what slows down guesses
   */
  UserFiles(Settings settings, Faults faults, Throttle throttle, List<String> warnings) {
    this.settings = settings;
    this.faults = faults;
    this.throttle = throttle;
    this.warnings = warnings;
    this.reader = new SettingReader(settings, faults);
    this.remembered = remembered();
    this.header = header();
  }

  /** For how long and how many verified credentials are remembered. */
  VerifiedFor remembersFor() {
    return remembered;
  }

  /** Whoever has users in a file and no provider that reads it would wait for them in vain. */
  void refuse(String providers) {
    for (String name : List.of(AUTHN_CREDENTIALS, AUTHN_CREDENTIALS_FILE)) {
      if (settings.value(name).isPresent()) {
        String fix = "unset " + name + ", or export " + AUTHN_PROVIDER + "=token," + providers;
        reader.fault(name, "credentials beside " + providers + " alone", "none", fix);
      }
    }
  }

  /** The provider of a text, that of the last time if the text is the same. */
  Made provider(String name, Text text, List<Made> before) {
    boolean basic =
        ProviderNames.authentication(name).filter(ProviderNames.BASIC::equals).isPresent();
    return before.stream()
        .filter(m -> m.name().equals(name) && m.fingerprint().equals(text.fingerprint()))
        .findFirst()
        .orElseGet(() -> new Made(name, text.fingerprint(), basic ? basic(text) : token(text)));
  }

  private AuthenticationProvider basic(Text text) {
    return BasicAuthenticator.htpasswd(text.text(), text.place(), faults, remembered, throttle);
  }

  private VerifiedFor remembered() {
    Duration ttl = reader.duration(CACHE_TTL, BasicAuthentication.CACHE_TTL);
    int size = reader.number(CACHE_SIZE, BasicAuthentication.CACHE_SIZE, 0, 10_000_000);
    return new VerifiedFor(ttl, size);
  }

  private AuthenticationProvider token(Text text) {
    return TokenUsers.parse(
        text.text(), text.place(), header, throttle, faults, note -> warn(note, text.place()));
  }

  private void warn(TokenUsers.Note note, Place file) {
    if (note == TokenUsers.Note.PLAIN_TEXT) {
      warnings.add(
          file.where()
              + " holds tokens in plain text; chroma-auth new-token USER makes hashed ones");
    } else if (!settings.value(AUTHZ_CONFIG_FILE).equals(Optional.of(file.where()))) {
      warnings.add(
          "roles in "
              + file.where()
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
}
