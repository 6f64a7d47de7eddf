package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.settings.Few;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is allowed in a policy and probably not meant so. */
final class RbacWarnings {
  private final Map<String, Role> roles;
  private final Collection<Rbac.User> users;

  /** The roles that users have together: there may be a million users and few of these. */
  private final Set<Set<String>> together;

  RbacWarnings(Map<String, Role> roles, Collection<Rbac.User> users) {
    this.roles = roles;
    this.users = users;
    this.together = together(users);
  }

  /** The roles that any of these users has together. */
  static Set<Set<String>> together(Collection<Rbac.User> users) {
    Set<Set<String>> together = new HashSet<>();
    users.forEach(user -> together.add(user.roles()));
    return together;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(
        lines,
        usersWhose(names -> !names.isEmpty() && !mayConnect(names)),
        "no Python client can connect as these users, whose roles lack tenant:get_tenant or"
            + " db:get_database: ");
    add(
        lines,
        usersWhose(this::createWithoutGetting),
        "get_or_create is refused to these users, whose roles have db:create_collection without"
            + " db:get_or_create_collection or collection:get_collection: ");
    add(lines, unused(), "roles without users: ");
    roles.values().stream()
        .filter(role -> !BuiltInRoles.NAMES.contains(role.name()) || isOwn(role))
        .sorted(Comparator.comparing(Role::name))
        .forEach(role -> addIncomplete(lines, role));
    return lines;
  }

  /** Whoever may do nearly all that 0.6 knew is probably meant to do what came since. */
  private static void addIncomplete(List<String> lines, Role role) {
    long granted = AuthzAction.ofChroma06().stream().filter(role::grants).count();
    List<String> lacking =
        AuthzAction.since1().stream()
            .filter(action -> !role.grants(action) && grantsAllBefore(role, action))
            .map(AuthzAction::wireName)
            .toList();
    if (granted * 4 >= AuthzAction.ofChroma06().size() * 3L && !lacking.isEmpty()) {
      lines.add(
          "role '"
              + role.name()
              + "' looks like an administrator's and lacks actions of Chroma"
              + " 1.x (add them, or \"*\"): "
              + String.join(", ", lacking));
    }
  }

  /** Whether it grants all that 0.6 knew of the action's type. */
  private static boolean grantsAllBefore(Role role, AuthzAction action) {
    String type = action.wireName().substring(0, action.wireName().indexOf(':') + 1);
    return AuthzAction.ofChroma06().stream()
        .filter(before -> before.wireName().startsWith(type))
        .allMatch(role::grants);
  }

  private static boolean isOwn(Role role) {
    return !role.granted().rule().startsWith(BuiltInRoles.RULE);
  }

  private boolean mayConnect(Set<String> names) {
    return grant(names, AuthzAction.GET_TENANT) && grant(names, AuthzAction.GET_DATABASE);
  }

  private boolean createWithoutGetting(Set<String> names) {
    return grant(names, AuthzAction.CREATE_COLLECTION)
        && !grant(names, AuthzAction.GET_OR_CREATE_COLLECTION)
        && !grant(names, AuthzAction.GET_COLLECTION);
  }

  private boolean grant(Set<String> names, AuthzAction action) {
    return names.stream().map(roles::get).anyMatch(role -> role != null && role.grants(action));
  }

  private Set<String> usersWhose(Predicate<Set<String>> roles) {
    Set<Set<String>> such = together.stream().filter(roles).collect(Collectors.toSet());
    Set<String> ids = new TreeSet<>();
    if (!such.isEmpty()) {
      users.stream().filter(user -> such.contains(user.roles())).forEach(u -> ids.add(u.id()));
    }
    return ids;
  }

  private Set<String> unused() {
    Set<String> unused = new TreeSet<>(roles.keySet());
    unused.removeAll(BuiltInRoles.NAMES);
    together.forEach(unused::removeAll);
    return unused;
  }

  private static void add(List<String> lines, Set<String> names, String what) {
    if (!names.isEmpty()) {
      lines.add(what + Few.of(names));
    }
  }
}
