package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.Bounds;
import io.chromaauth.Decision;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role: actions, and bounds within which it grants them.
 *
 * @param actions what it allows, with what those imply
 * @param granted the decision that it makes, prepared
 */
record Role(String name, Set<AuthzAction> actions, Bounds bounds, Decision.Allowed granted) {

  /** A role whose rule is told as this text. */
  static Role of(String name, Set<AuthzAction> actions, Bounds bounds, String rule) {
    return new Role(name, withImplied(actions), bounds, new Decision.Allowed(rule));
  }

  boolean grants(AuthzAction action) {
    return actions.contains(action);
  }

  private static Set<AuthzAction> withImplied(Set<AuthzAction> actions) {
    Set<AuthzAction> all = new LinkedHashSet<>(actions);
    actions.forEach(
        action -> {
          AuthzAction implied = implied(action);
          if (implied != null) {
            all.add(implied);
          }
        });
    return Set.copyOf(all);
  }

  /** What a role written for 0.6 could not name and must mean on 1.x. */
  private static @Nullable AuthzAction implied(AuthzAction action) {
    if (action.equals(AuthzAction.QUERY)) {
      return AuthzAction.SEARCH;
    }
    return action.equals(AuthzAction.GET_COLLECTION) ? AuthzAction.GET_COLLECTION_BY_CRN : null;
  }
}
