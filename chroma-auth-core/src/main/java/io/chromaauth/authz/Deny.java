package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import io.chromaauth.Decision;
import java.util.Set;

/**
 * What a role forbids, whatever any role allows.
 *
 * @param actions the actions, with what those imply; empty for every action
 * @param where where they are forbidden; {@link Bounds#NONE} for everywhere
 * @param denied the decision that it makes, prepared
 */
record Deny(Set<AuthzAction> actions, Bounds where, Decision.Denied denied) {
  Deny {
    actions = Set.copyOf(actions);
  }

  /**
   * Whether it forbids the action on the resource. What must name a level that the denial names,
   * and does not, is forbidden too: it might be there.
   */
  boolean matches(AuthzAction action, AuthzResource resource) {
    return (actions.isEmpty() || actions.contains(action)) && Fit.touches(where, action, resource);
  }
}
