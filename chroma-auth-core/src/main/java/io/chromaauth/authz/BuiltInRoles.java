package io.chromaauth.authz;

import static io.chromaauth.AuthzAction.*;

import io.chromaauth.AuthzAction;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The roles that exist without being defined; a definition of the same name overrides one. */
final class BuiltInRoles {
  private static final List<AuthzAction> READ =
      List.of(
          GET_TENANT,
          GET_DATABASE,
          LIST_DATABASES,
          LIST_COLLECTIONS,
          COUNT_COLLECTIONS,
          GET_COLLECTION,
          GET_COLLECTION_BY_CRN,
          GET,
          QUERY,
          SEARCH,
          COUNT);

  private static final List<AuthzAction> WRITE =
      List.of(
          CREATE_COLLECTION,
          GET_OR_CREATE_COLLECTION,
          UPDATE_COLLECTION,
          DELETE_COLLECTION,
          FORK_COLLECTION,
          ADD,
          UPDATE,
          UPSERT,
          DELETE);

  /** Their names. */
  static final Set<String> NAMES = Set.of("reader", "writer", "admin");

  /** How the rule of one of them begins. */
  static final String RULE = "built-in role ";

  private BuiltInRoles() {}

  /**
   * Actions by role name.
   *
   * @param known every action, a host's own among them
   */
  static Map<String, Set<AuthzAction>> among(Collection<AuthzAction> known) {
    return Map.of(
        "reader", Set.copyOf(READ),
        "writer", union(READ, WRITE),
        "admin", Set.copyOf(known));
  }

  private static Set<AuthzAction> union(List<AuthzAction> one, List<AuthzAction> two) {
    Set<AuthzAction> both = new LinkedHashSet<>(one);
    both.addAll(two);
    return Set.copyOf(both);
  }
}
