package io.chromaauth;

import io.chromaauth.authn.jwt.JwtAuthenticator.Needs;
import io.chromaauth.authn.jwt.JwtProviders;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * JWTs (RFC 7519) of one issuer by {@code Authorization: Bearer}. Needs Nimbus JOSE+JWT ({@code
 * com.nimbusds:nimbus-jose-jwt}) on the class path.
 */
public final class JwtAuthentication {
  /** How far the issuer's clock may be off unless something else is said. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private static final Duration MOST_SKEW = Duration.ofSeconds(60);

  private JwtAuthentication() {}

  /**
   * Which tokens are accepted, and what they say of their bearer.
   *
   * @param issuer what {@code iss} must be
   * @param audience what {@code aud} must be, or hold
   * @param claims what is read from which claim
   * @param algorithms names such as {@code RS256}; empty for all that go with the keys
   * @param clockSkew how far the issuer's clock may be off, at most 60 s
   */
  public record Options(
      String issuer, String audience, Claims claims, Set<String> algorithms, Duration clockSkew) {
    public Options {
      algorithms = Set.copyOf(algorithms);
      if (issuer.isEmpty() || audience.isEmpty()) {
        throw new IllegalArgumentException("an issuer and an audience are not empty");
      }
      if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
        throw new IllegalArgumentException("a clock skew is from 0 to 60 s");
      }
    }

    /** Any token for this audience, whose bearer {@code sub} has neither bounds nor roles. */
    public static Options of(String issuer, String audience) {
      return new Options(issuer, audience, Claims.SUBJECT, Set.of(), CLOCK_SKEW);
    }

    /** The same, with other claims. */
    public Options withClaims(Claims others) {
      return new Options(issuer, audience, others, algorithms, clockSkew);
    }
  }

  /**
   * Names of claims; {@code a.b} is the member {@code b} of the claim {@code a}, unless there is a
   * claim {@code a.b}. A token without a claim that is named here, or with another type, is
   * refused; without roles it has none.
   *
   * @param user the user's id
   * @param roles names of roles, or null for none but those of the rules
   * @param tenant the only tenant, or null: no bound
   * @param databases the only databases, or null: no bound
   * @param collections the only collections, or null: no bound
   * @param wildcards whether {@code *} in a claim means what it means in a file, rather than itself
   */
  public record Claims(
      String user,
      @Nullable String roles,
      @Nullable String tenant,
      @Nullable String databases,
      @Nullable String collections,
      boolean wildcards) {
    /** The user is {@code sub}, and nothing else is read. */
    public static final Claims SUBJECT = new Claims("sub", null, null, null, null, false);
  }

  /**
   * A provider for tokens signed with a key of a JWK Set (RFC 7517). A filter reads the file again
   * when it changes.
   *
   * @throws ConfigException with everything that is wrong with it, or without Nimbus
   */
  public static AuthenticationProvider jwks(Path file, Options options) {
    Needs needs = Needs.byDefault();
    Place place = Place.of(file.toString());
    return ofFile(
        file, "JWK Set", (text, faults) -> JwtProviders.jwks(text, place, options, needs, faults));
  }

  /**
   * A provider for tokens signed with a key of the JWK Set at a URL, which is looked at every five
   * minutes, and when a token names an unknown key. Until it has been read tokens are answered 503.
   * {@link AuthenticationProvider#close} ends its thread.
   *
   * @throws ConfigException if it is no {@code https} URL, nor one of this machine, or without
   *     Nimbus
   */
  public static AuthenticationProvider jwks(URI url, Options options) {
    Faults faults = new Faults();
    Optional<? extends AuthenticationProvider> provider =
        JwtProviders.jwks(url, Place.of("JWK Set"), options, Needs.byDefault(), faults);
    faults.throwIfAny();
    return provider.orElseThrow();
  }

  /**
   * A provider for tokens signed with HS256 and the text of a file, of at least 32 bytes; its last
   * line's end does not count. A filter reads it again when it changes.
   *
   * @throws ConfigException if it is not right, or without Nimbus
   */
  public static AuthenticationProvider secret(Path file, Options options) {
    Needs needs = Needs.byDefault();
    Place place = Place.of(file.toString());
    return ofFile(
        file,
        "secret of HS256",
        (text, faults) -> JwtProviders.secret(text, place, options, needs, faults));
  }

  private static AuthenticationProvider ofFile(
      Path file, String what, BiFunction<String, Faults, AuthenticationProvider> parser) {
    return new FileProvider(file, what, parser);
  }
}
