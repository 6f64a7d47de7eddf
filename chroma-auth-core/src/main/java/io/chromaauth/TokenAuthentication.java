package io.chromaauth;

import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.TokenAuthenticator;
import io.chromaauth.authn.TokenHeader;
import io.chromaauth.authn.TokenUsers;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
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
    Faults faults = new Faults();
    var provider = parse(token.reveal(), Place.of("token"), Throttle.byDefault(), faults);
    faults.throwIfAny();
    return provider;
  }

  /**
   * A provider for the token users of a file: {@code users} with {@code id}, {@code tokens}, {@code
   * tenant} and {@code databases}. A filter reads it again when it changes.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public static AuthenticationProvider users(Path file) {
    Throttle throttle = Throttle.byDefault();
    return new FileProvider(
        file,
        "token users",
        (text, faults) -> parse(text, Place.of(file.toString()), throttle, faults));
  }

  private static TokenAuthenticator parse(
      String text, Place place, Throttle throttle, Faults faults) {
    return TokenUsers.parse(text, place, TokenHeader.EITHER, throttle, faults, note -> {});
  }
}
