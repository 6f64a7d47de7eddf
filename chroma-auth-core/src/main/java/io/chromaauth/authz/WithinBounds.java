package io.chromaauth.authz;

import io.chromaauth.AuthorizationProvider;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import java.util.function.UnaryOperator;

/** What holds without an authorization provider: every identity, everything within its bounds. */
public final class WithinBounds implements AuthorizationProvider {
  private static final Decision ALLOWED = new Decision.Allowed("no authorization is configured");

  private final UnaryOperator<String> boundsPlaces;

  /**
   * @param boundsPlaces file and line by user id, an empty text where nothing bounds the user
   */
  public WithinBounds(UnaryOperator<String> boundsPlaces) {
    this.boundsPlaces = boundsPlaces;
  }

  @Override
  public Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource) {
    return Fit.within(identity.bounds(), action, resource)
        ? ALLOWED
        : new Decision.Denied(rule(identity.userId(), place(identity)), true);
  }

  /** How a refusal for a user's own bounds is told. */
  static String rule(String userId, String place) {
    return (place.isEmpty() ? "" : place + ": ") + "bounds of " + userId;
  }

  private String place(UserIdentity identity) {
    return Rbac.OWN_PROVIDERS.contains(identity.provider())
        ? boundsPlaces.apply(identity.userId())
        : "";
  }
}
