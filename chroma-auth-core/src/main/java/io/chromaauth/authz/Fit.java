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

  /** What these name is everybody's: a resource name, a tenant, the whole server. */
  private static final Set<AuthzAction> GLOBAL =
      Set.of(AuthzAction.RESET, AuthzAction.CREATE_TENANT, AuthzAction.UPDATE_TENANT);

  private Fit() {}

  /**
   * Whether the action on the resource stays within the bounds. A bound level that the resource
   * does not name does not fit, unless the resource is partial or the action is one of the reads
   * above.
   */
  public static boolean within(Bounds bounds, AuthzAction action, AuthzResource resource) {
    if (bounds.levels().isEmpty()) {
      return true;
    }
    return !GLOBAL.contains(action)
        && fits(bounds.tenant(), action, resource, resource.tenant())
        && fitsAny(bounds.databases(), action, resource, resource.database())
        && fitsPattern(bounds.collections(), action, resource);
  }

  /**
   * Whether the resource lies where a denial points, on every level that the denial names. A level
   * that the resource leaves unnamed counts as lying there, but for the exceptions above.
   */
  static boolean touches(Bounds where, AuthzAction action, AuthzResource resource) {
    if (GLOBAL.contains(action)) {
      return true; // everybody's: what a denial names is in it
    }
    boolean open = mayBeUnnamed(action, resource);
    String tenant = resource.tenant();
    String database = resource.database();
    String collection = resource.collection();
    List<String> databases = where.databases();
    List<String> collections = where.collections();
    return (where.tenant() == null || (tenant == null ? !open : where.tenant().equals(tenant)))
        && (databases == null || (database == null ? !open : databases.contains(database)))
        && (collections == null
            || (collection == null ? !open : matchesAny(collections, collection)));
  }

  private static boolean matchesAny(List<String> patterns, String name) {
    for (String pattern : patterns) {
      if (NamePattern.matches(pattern, name)) {
        return true;
      }
    }
    return false;
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
    return name == null ? mayBeUnnamed(action, resource) : matchesAny(patterns, name);
  }

  private static boolean mayBeUnnamed(AuthzAction action, AuthzResource resource) {
    return resource.partial() || MAY_LEAVE_UNNAMED.contains(action);
  }
}
