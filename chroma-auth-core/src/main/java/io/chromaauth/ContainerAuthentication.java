package io.chromaauth;

import io.chromaauth.authn.ContainerAuthenticator;

/** The login of the servlet container, or of a filter before this one, taken as it is. */
public final class ContainerAuthentication {
  private ContainerAuthentication() {}

  /**
   * A provider for whoever the container has logged in already: the user id is the principal's
   * name, the provider {@code container}. Roles and bounds come from the authorization
   * configuration, by entries with {@code provider: container}; the container's own roles count for
   * nothing. Beside other providers it is asked last: credentials that are sent count before it.
   * Only a servlet container has principals: elsewhere nobody is known.
   */
  public static AuthenticationProvider principal() {
    return new ContainerAuthenticator();
  }
}
