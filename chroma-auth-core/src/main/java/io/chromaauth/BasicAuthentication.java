package io.chromaauth;

import io.chromaauth.authn.BasicAuthenticator;
import io.chromaauth.authn.BasicAuthenticator.VerifiedFor;
import io.chromaauth.authn.Throttle;
import io.chromaauth.settings.Place;
import java.nio.file.Path;
import java.time.Duration;

/** HTTP Basic (RFC 7617) over htpasswd files with bcrypt hashes. */
public final class BasicAuthentication {
  /** How long a verified password is remembered unless the settings say otherwise. */
  public static final Duration CACHE_TTL = Duration.ofMinutes(5);

  /** How many verified passwords are remembered unless the settings say otherwise. */
  public static final int CACHE_SIZE = 100_000;

  private BasicAuthentication() {}

  /**
   * A provider for the users of an htpasswd file. A filter reads it again when it changes.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public static AuthenticationProvider htpasswd(Path file) {
    Throttle throttle = Throttle.byDefault();
    VerifiedFor remembered = new VerifiedFor(CACHE_TTL, CACHE_SIZE);
    return new FileProvider(
        file,
        "htpasswd",
        (text, faults) ->
            BasicAuthenticator.htpasswd(
                text, Place.of(file.toString()), faults, remembered, throttle));
  }
}
