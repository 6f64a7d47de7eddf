package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource.Level;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks for, and what follows from it for every request.
 *
 * @param actions what a request does; for a body that decides, every candidate
 * @param listed the level whose names the answer lists or counts, or null
 * @param change what it may do to the names of collections
 */
record Asked(List<AuthzAction> actions, @Nullable Level listed, NameChange.Kind change) {
  /** Nothing but an identity, or not even that. */
  static final Asked NOTHING = new Asked(List.of(), null, NameChange.Kind.NONE);

  private static final Set<AuthzAction> LIST_COLLECTIONS =
      Set.of(AuthzAction.LIST_COLLECTIONS, AuthzAction.COUNT_COLLECTIONS);

  /** One action, or one of several of which the body says which. */
  static Asked of(List<AuthzAction> actions) {
    if (actions.isEmpty()) {
      return NOTHING;
    }
    AuthzAction first = actions.get(0);
    return new Asked(List.copyOf(actions), listed(first), NameChange.Kind.of(first));
  }

  private static @Nullable Level listed(AuthzAction action) {
    if (action.equals(AuthzAction.LIST_DATABASES)) {
      return Level.DATABASE;
    }
    return LIST_COLLECTIONS.contains(action) ? Level.COLLECTION : null;
  }
}
