package io.chromaauth.authz;

import io.chromaauth.AuthorizationProvider;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;

/** What holds without an authorization provider: every identity, everything within its bounds. */
public final class WithinBounds implements AuthorizationProvider {
  private static final Decision ALLOWED = new Decision.Allowed("no authorization is configured");

  @Override
  public Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource) {
    return Fit.within(identity.bounds(), action, resource)
        ? ALLOWED
        : new Decision.Denied("bounds of " + identity.userId(), true);
  }
}
