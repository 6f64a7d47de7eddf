package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import java.util.Optional;

/** Routes whose answers list or count the names of a level. */
final class ListedLevel {
  private ListedLevel() {}

  /** The level whose names the route's answer shows, or empty. */
  static Optional<AuthzResource.Level> of(Route route) {
    AuthzAction action = route.actions().get(0);
    if (action.equals(AuthzAction.LIST_DATABASES)) {
      return Optional.of(AuthzResource.Level.DATABASE);
    }
    return action.equals(AuthzAction.LIST_COLLECTIONS)
            || action.equals(AuthzAction.COUNT_COLLECTIONS)
        ? Optional.of(AuthzResource.Level.COLLECTION)
        : Optional.empty();
  }
}
