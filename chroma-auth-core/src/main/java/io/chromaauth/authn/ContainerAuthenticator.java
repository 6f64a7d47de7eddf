package io.chromaauth.authn;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import io.chromaauth.UserIdentity;
import java.security.Principal;

/** Whom a servlet container has logged in. Thread-safe. */
public final class ContainerAuthenticator implements AuthenticationProvider {
  /** The name of the provider in identities and settings. */
  public static final String PROVIDER = "container";

  @Override
  public AuthnResult authenticate(RequestHeaders headers) {
    return headers
        .containerPrincipal()
        .map(ContainerAuthenticator::known)
        .orElse(AuthnResult.NOT_PRESENTED);
  }

  private static AuthnResult known(Principal principal) {
    String name = principal.getName();
    return name == null || name.isEmpty()
        ? AuthnResult.wrong("a container's principal without a name")
        : new AuthnResult.Authenticated(UserIdentity.of(name, PROVIDER));
  }
}
