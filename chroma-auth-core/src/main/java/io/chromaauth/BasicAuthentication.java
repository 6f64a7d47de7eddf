package io.chromaauth;

import io.chromaauth.authn.BasicAuthenticator;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
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
   * A provider for the users of an htpasswd file, read once.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public static AuthenticationProvider htpasswd(Path file) {
    Faults faults = new Faults();
    String text = TextFile.read(file, Place.of("htpasswd"), faults).orElse("");
    faults.throwIfAny();
    var provider =
        BasicAuthenticator.htpasswd(text, Place.of(file.toString()), faults, CACHE_TTL, CACHE_SIZE);
    faults.throwIfAny();
    return provider;
  }
}
