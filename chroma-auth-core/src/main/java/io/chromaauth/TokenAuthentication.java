package io.chromaauth;

import io.chromaauth.authn.TokenAuthenticator;
import io.chromaauth.authn.TokenHeader;
import io.chromaauth.authn.TokenUsers;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import java.nio.file.Path;

/** Static tokens by {@code Authorization: Bearer} or {@code X-Chroma-Token}. */
public final class TokenAuthentication {
  private TokenAuthentication() {}

  /**
   * A provider for one token, whose bearer is the user {@code anonymous}.
   *
   * @throws ConfigException if the token is not printable ASCII without spaces
   */
  public static AuthenticationProvider single(Secret token) {
    return parse(token.reveal(), Place.of("token"));
  }

  /**
   * A provider for the token users of a file, read once: {@code users} with {@code id}, {@code
   * tokens}, {@code tenant} and {@code databases}.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public static AuthenticationProvider users(Path file) {
    Faults faults = new Faults();
    String text = TextFile.read(file, Place.of("token users"), faults).orElse("");
    faults.throwIfAny();
    return parse(text, Place.of(file.toString()));
  }

  private static TokenAuthenticator parse(String text, Place place) {
    Faults faults = new Faults();
    var provider = TokenUsers.parse(text, place, TokenHeader.EITHER, faults, () -> {});
    faults.throwIfAny();
    return provider;
  }
}
