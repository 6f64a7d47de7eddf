package io.chromaauth;

import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.TextFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A provider that was read from a file and can be read from it again. By itself it is what the file
 * said at first; thread-safe.
 */
final class FileProvider implements AuthenticationProvider {
  private final Path file;
  private final String what;
  private final BiFunction<String, Faults, AuthenticationProvider> parser;
  private final String fingerprint;
  private final AuthenticationProvider first;

  /**
   * Reads the file.
   *
   * @param what what the file is for, in words
   * @param parser makes a provider of its text, after noting what is wrong with it
   * @throws ConfigException with everything that is wrong with the file
   */
  FileProvider(Path file, String what, BiFunction<String, Faults, AuthenticationProvider> parser) {
    this.file = file;
    this.what = what;
    this.parser = parser;
    Faults faults = new Faults();
    String text = text(faults);
    faults.throwIfAny();
    this.fingerprint = DigestUtils.sha256Hex(text);
    this.first = parser.apply(text, faults);
    faults.throwIfAny();
  }

  Path file() {
    return file;
  }

  /** The file's text now, or an empty one after noting a fault. */
  String text(Faults faults) {
    return TextFile.read(file, Place.of(what), faults).orElse("");
  }

  /**
   * The provider of a text of this file, after noting what is wrong with it.
   *
   * @param digest the text's SHA-256 in hexadecimal
   */
  AuthenticationProvider parse(String text, String digest, Faults faults) {
    return digest.equals(fingerprint) ? first : parser.apply(text, faults);
  }

  @Override
  public AuthnResult authenticate(RequestHeaders headers) {
    return first.authenticate(headers);
  }

  @Override
  public Set<String> credentialHeaders() {
    return first.credentialHeaders();
  }

  @Override
  public Optional<String> challenge() {
    return first.challenge();
  }

  @Override
  public void close() {
    first.close();
  }
}
