package io.chromaauth;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The identities of one provider's known users with the roles and bounds of the whole
 * configuration, worked out once; identities of other providers are completed when they come.
 * Thread-safe.
 */
final class CompletedUsers {
  private final Map<String, AuthnResult> byId;

  CompletedUsers(Map<String, AuthnResult> byId) {
    this.byId = Map.copyOf(byId);
  }

  Optional<UserIdentity> find(String userId) {
    return byId.get(userId) instanceof AuthnResult.Authenticated known
        ? Optional.of(known.identity())
        : Optional.empty();
  }

  Set<String> ids() {
    return byId.keySet();
  }

  AuthnResult complete(AuthnResult.Authenticated result, AuthorizationProvider authorization) {
    AuthnResult known = byId.get(result.identity().userId());
    return known == null
        ? new AuthnResult.Authenticated(authorization.complete(result.identity()))
        : known;
  }
}
