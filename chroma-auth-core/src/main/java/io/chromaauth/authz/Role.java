package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import io.chromaauth.Decision;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role: actions, bounds within which it grants them, and what it forbids.
 *
 * @param actions what it allows, with what those imply
 * @param bounds within which it allows them
 * @param denials what it forbids
 * @param levels on which it bounds whoever has it, by bounds or denials
 * @param granted the decision that it makes, prepared
 */
record Role(
    String name,
    Set<AuthzAction> actions,
    Bounds bounds,
    List<Deny> denials,
    Set<AuthzResource.Level> levels,
    Decision.Allowed granted) {

  /** A role whose rule is told as this text. */
  static Role of(
      String name, Set<AuthzAction> actions, Bounds bounds, List<Deny> denials, String rule) {
    Set<AuthzResource.Level> levels = new LinkedHashSet<>(bounds.levels());
    denials.forEach(denial -> levels.addAll(denial.where().levels()));
    return new Role(
        name,
        withImplied(actions),
        bounds,
        List.copyOf(denials),
        Set.copyOf(levels),
        new Decision.Allowed(rule));
  }

  boolean grants(AuthzAction action) {
    return actions.contains(action);
  }

  /** Any denial that matches, however general; null if there is none. */
  @Nullable Decision denied(AuthzAction action, AuthzResource resource) {
    for (Deny denial : denials) {
      if (denial.matches(action, resource)) {
        return denial.denied();
      }
    }
    return null;
  }

  /** The actions and what those imply. */
  static Set<AuthzAction> withImplied(Set<AuthzAction> actions) {
    Set<AuthzAction> all = new LinkedHashSet<>(actions);
    actions.forEach(
        action -> {
          AuthzAction implied = implied(action);
          if (implied != null) {
            all.add(implied);
          }
        });
    return Collections.unmodifiableSet(all);
  }

  /** What a role written for 0.6 could not name and must mean on 1.x. */
  private static @Nullable AuthzAction implied(AuthzAction action) {
    if (action.equals(AuthzAction.QUERY)) {
      return AuthzAction.SEARCH;
    }
    return action.equals(AuthzAction.GET_COLLECTION) ? AuthzAction.GET_COLLECTION_BY_CRN : null;
  }
}
