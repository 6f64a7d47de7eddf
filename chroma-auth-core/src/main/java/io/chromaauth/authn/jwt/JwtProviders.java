package io.chromaauth.authn.jwt;

import io.chromaauth.JwtAuthentication.Options;
import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.chromaauth.net.Fetch;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes providers of JWTs, by where their keys come from. */
public final class JwtProviders {
  /** The only algorithm with a secret. */
  public static final String HS256 = "HS256";

  /** Keys below are too short for it (RFC 7518, 3.2). */
  private static final int FEWEST_BYTES = 32;

  private static final int FEWEST_CHARACTERS = 8;

  private static final String NIMBUS = "com.nimbusds.jose.JWSVerifier";

  private JwtProviders() {}

  /** The algorithms that keys of a JWK Set can be used with. */
  public static Set<String> algorithms() {
    return Jwks.algorithms();
  }

  /** With the keys of a JWK Set's text, after noting what is wrong with it. */
  public static JwtAuthenticator jwks(
      String text, Place place, Options options, Needs needs, Faults faults) {
    List<SigningKey> found =
        hasNimbus(place, faults) ? keys(text, place, options, faults) : List.of();
    KeySet set = KeySet.of(found, needs);
    return new JwtAuthenticator(options, () -> set, needs);
  }

  /** With the keys at a URL; empty after noting what is wrong with it. */
  public static Optional<JwtAuthenticator> jwks(
      URI url, Place place, Options options, Needs needs, Faults faults) {
    if (!Fetch.isSafe(url)) {
      faults.add(place, "another URL", "an https URL, or one of this machine", null);
      return Optional.empty();
    }
    return hasNimbus(place, faults)
        ? Optional.of(
            new JwtAuthenticator(options, JwksUrl.start(url, options.algorithms(), needs), needs))
        : Optional.empty();
  }

  /** With a secret, after noting what is wrong with it. */
  public static JwtAuthenticator secret(
      String text, Place place, Options options, Needs needs, Faults faults) {
    String secret = text.replaceFirst("\\r?\\n\\z", "");
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    boolean usable = hasNimbus(place, faults);
    if (bytes < FEWEST_BYTES) {
      faults.add(
          place,
          bytes + " bytes",
          "a secret of at least " + FEWEST_BYTES,
          "openssl rand -base64 48 > FILE, and give it to the issuer");
      usable = false;
    } else if (isGuessable(secret)) {
      faults.add(
          place,
          "what others know or can guess, such as a public key",
          "a random secret",
          "openssl rand -base64 48 > FILE, and give it to the issuer");
      usable = false;
    }
    SigningKey.Check check = usable ? NimbusKeys.secret(secret) : (algorithm, signed, mac) -> false;
    SigningKey key = new SigningKey(null, Set.of(HS256), Map.of(), check);
    KeySet set = KeySet.ofOne(key.only(options.algorithms()), needs);
    return new JwtAuthenticator(options, () -> set, needs);
  }

  /** A public key in PEM or JSON (CVE-2016-10555), or the same characters again and again. */
  private static boolean isGuessable(String secret) {
    return secret.contains("-----BEGIN")
        || secret.strip().startsWith("{")
        || secret.chars().distinct().count() < FEWEST_CHARACTERS;
  }

  private static List<SigningKey> keys(String text, Place place, Options options, Faults faults) {
    Optional<Jwks> set = Jwks.parse(text, options.algorithms());
    if (set.isEmpty()) {
      faults.add(place, "no JWK Set", "JSON such as {\"keys\": [...]}, each key once", null);
      return List.of();
    }
    if (set.get().hasPrivate()) {
      String fix = "take the private key out, and make a new one: this one was given away";
      faults.add(place, "a secret or private key", "public keys", fix);
    }
    if (set.get().keys().isEmpty()) {
      String found = String.join(", ", set.get().notes());
      faults.add(place, found.isEmpty() ? "no key" : found, "a key for signatures", null);
    }
    return set.get().keys();
  }

  private static boolean hasNimbus(Place place, Faults faults) {
    try {
      Class.forName(NIMBUS, false, JwtProviders.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      faults.add(
          place,
          "jwt without Nimbus JOSE+JWT",
          "it on the class path",
          "add com.nimbusds:nimbus-jose-jwt, version 10");
      return false;
    }
  }
}
