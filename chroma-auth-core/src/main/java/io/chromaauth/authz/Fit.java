package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a resource lies within bounds, on every level. */
public final class Fit {
  /**
   * What a client needs to reach its own place: these may leave a bound level unnamed, since their
   * answers show only what the identity may see.
   */
  private static final Set<AuthzAction> MAY_LEAVE_UNNAMED =
      Set.of(
          AuthzAction.GET_TENANT,
          AuthzAction.GET_DATABASE,
          AuthzAction.LIST_DATABASES,
          AuthzAction.LIST_COLLECTIONS,
          AuthzAction.COUNT_COLLECTIONS);

  private Fit() {}

  /**
   * Whether the action on the resource stays within the bounds. A bound level that the resource
   * does not name does not fit, unless the resource is partial or the action is one of the reads
   * above.
   */
  public static boolean within(Bounds bounds, AuthzAction action, AuthzResource resource) {
    return fits(bounds.tenant(), action, resource, resource.tenant())
        && fitsAny(bounds.databases(), action, resource, resource.database())
        && fitsPattern(bounds.collections(), action, resource);
  }

  private static boolean fits(
      @Nullable String bound, AuthzAction action, AuthzResource resource, @Nullable String name) {
    if (bound == null) {
      return true;
    }
    return name == null ? mayBeUnnamed(action, resource) : bound.equals(name);
  }

  private static boolean fitsAny(
      @Nullable List<String> bound,
      AuthzAction action,
      AuthzResource resource,
      @Nullable String name) {
    if (bound == null) {
      return true;
    }
    return name == null ? mayBeUnnamed(action, resource) : bound.contains(name);
  }

  private static boolean fitsPattern(
      @Nullable List<String> patterns, AuthzAction action, AuthzResource resource) {
    if (patterns == null) {
      return true;
    }
    String name = resource.collection();
    if (name == null) {
      return mayBeUnnamed(action, resource);
    }
    for (String pattern : patterns) {
      if (NamePattern.matches(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayBeUnnamed(AuthzAction action, AuthzResource resource) {
    return resource.partial() || MAY_LEAVE_UNNAMED.contains(action);
  }
}
