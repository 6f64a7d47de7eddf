package io.chromaauth;

import java.util.Set;

/** Decides what an identity may do. Called from many threads at once. */
public interface AuthorizationProvider {
  /**
   * Whether the identity may do the action on the resource, its own {@link UserIdentity#bounds}
   * included. Never null, never an exception for a normal refusal; {@link Decision.Denied} when no
   * rule applies.
   */
  Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource);

  /**
   * The identity with the roles and bounds that this configuration gives to it; as it is unless
   * overridden. Called once per authentication, before any decision.
   */
  default UserIdentity complete(UserIdentity identity) {
    return identity;
  }

  /**
   * The levels on which anything at all bounds the identity: its own bounds, its roles', a denial.
   * An empty set is an unbounded identity; for any other a collection's UUID must be bound to its
   * owner first.
   */
  default Set<AuthzResource.Level> boundLevels(UserIdentity identity) {
    return identity.bounds().levels();
  }
}
