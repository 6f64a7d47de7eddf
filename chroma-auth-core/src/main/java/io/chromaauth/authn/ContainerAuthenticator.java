package io.chromaauth.authn;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import io.chromaauth.UserIdentity;
import java.security.Principal;
import java.util.Optional;

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

  /** No browser knows it: it only says that the application has a login (RFC 9110, 15.5.2). */
  @Override
  public Optional<String> challenge() {
    return Optional.of("Container realm=\"chroma\"");
  }

  private static AuthnResult known(Principal principal) {
    String name = principal.getName();
    return name == null || name.isEmpty()
        ? AuthnResult.wrong("a container's principal without a name")
        : new AuthnResult.Authenticated(UserIdentity.of(name, PROVIDER));
  }
}
