package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.authz.Owners;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request may do to the names of collections.
 *
 * @param renamed the one that it renames, or null where it deletes
 * @param tenant where it deletes, or null for everywhere
 */
record NameChange(@Nullable UUID renamed, @Nullable String tenant) {

  /** What an action may do to them. */
  enum Kind {
    NONE,
    RENAME,
    DELETION;

    private static final Set<AuthzAction> DELETIONS =
        Set.of(AuthzAction.DELETE_COLLECTION, AuthzAction.DELETE_DATABASE, AuthzAction.RESET);

    static Kind of(AuthzAction action) {
      if (action.equals(AuthzAction.UPDATE_COLLECTION)) {
        return RENAME;
      }
      return DELETIONS.contains(action) ? DELETION : NONE;
    }
  }

  /** What a request may change, or null for nothing. */
  static @Nullable NameChange of(Kind kind, ResourceNames names) {
    return switch (kind) {
      case NONE -> null;
      case RENAME -> new NameChange(names.id(), null);
      case DELETION -> new NameChange(null, names.resource().tenant());
    };
  }

  /** Tells who remembers names that it begins. */
  Owners.Change begin(Owners owners) {
    return renamed == null ? owners.deleting(tenant) : owners.renaming(renamed);
  }
}
