package io.chromaauth;

import java.util.Optional;
import java.util.Set;

/**
 * Finds out who sent a request, from its headers. Called from many threads at once, once per
 * request.
 *
 * <p>A provider of your own has a public constructor that takes {@link Settings} or nothing, or
 * comes from a {@link Factory}.
 */
public interface AuthenticationProvider {
  /**
   * Reads and verifies the credentials of a request. Never null; an exception counts as {@link
   * AuthnResult.Cause#UNAVAILABLE}, so that nobody gets in by making a provider fail.
   */
  AuthnResult authenticate(RequestHeaders headers);

  /** Names of the headers that carry its credentials, which no upstream may see; in any case. */
  default Set<String> credentialHeaders() {
    return Set.of();
  }

  /**
   * The challenge that it adds to a 401's {@code WWW-Authenticate} (RFC 9110, 11.6.1), or empty for
   * none.
   */
  default Optional<String> challenge() {
    return Optional.empty();
  }

  /** Ends what the provider started; called once. */
  default void close() {}

  /** Makes a provider by name; found with {@link java.util.ServiceLoader}. */
  interface Factory {
    /** The name by which {@code CHROMA_SERVER_AUTHN_PROVIDER} asks for it. */
    String name();

    /**
     * A new provider.
     *
     * @throws ConfigException if the settings are not right for it
     */
    AuthenticationProvider create(Settings settings);
  }
}
