package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.authz.Owners;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request may do to the names of collections.
 *
 * @param renamed the one that it renames, or null where it deletes
 * @param tenant where it deletes, or null for everywhere
 */
record NameChange(@Nullable UUID renamed, @Nullable String tenant) {
  /** What a request for this action may change, or null for nothing. */
  static @Nullable NameChange of(AuthzAction action, ResourceNames names) {
    if (action.equals(AuthzAction.UPDATE_COLLECTION)) {
      return new NameChange(names.id(), null);
    }
    boolean deletes =
        action.equals(AuthzAction.DELETE_COLLECTION) || action.equals(AuthzAction.DELETE_DATABASE);
    return deletes || action.equals(AuthzAction.RESET)
        ? new NameChange(null, names.resource().tenant())
        : null;
  }

  /** Tells who remembers names that it begins. */
  Owners.Change begin(Owners owners) {
    return renamed == null ? owners.deleting(tenant) : owners.renaming(renamed);
  }
}
