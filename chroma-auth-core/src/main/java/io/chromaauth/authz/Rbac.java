package io.chromaauth.authz;

import io.chromaauth.AuthorizationProvider;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Role-based access control by Chroma's rules, with bounds that hold. Several roles are a union of
 * whole grants: one single role must give the action and hold the resource within its own bounds.
 * What any role denies is refused.
 */
public final class Rbac implements AuthorizationProvider {
  /** The providers whose users are the operator's own, in one name space. */
  private static final Set<String> OWN_PROVIDERS = Set.of("basic", "token");

  private static final List<Deny> NO_DENIALS = List.of();

  private final Place source;
  private final Map<String, Role> roles;
  private final Map<String, User> users;

  Rbac(Place source, Map<String, Role> roles, Map<String, User> users) {
    this.source = source;
    this.roles = Map.copyOf(roles);
    this.users = Map.copyOf(users);
  }

  /** The policy in a text, after noting what is wrong with it. */
  public static Rbac parse(String text, Place source, Faults faults) {
    return parse(text, source, faults, new ArrayList<>());
  }

  /**
   * The policy in a text, after noting what is wrong with it.
   *
   * @param warnings takes what Chroma 0.6 ignored, and so do we
   */
  public static Rbac parse(String text, Place source, Faults faults, List<String> warnings) {
    return RbacFile.parse(text, source, faults, warnings);
  }

  @Override
  public UserIdentity complete(UserIdentity identity) {
    User user = users.get(identity.userId());
    if (!OWN_PROVIDERS.contains(identity.provider())) {
      return identity;
    }
    return user == null
        ? identity.withRoles(Set.of())
        : identity.withRoles(user.roles()).withBounds(identity.bounds().and(user.bounds()));
  }

  @Override
  public Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource) {
    Decision forbidden = forbidden(identity, action, resource);
    if (forbidden != null) {
      return forbidden;
    }
    boolean granted = false;
    for (String name : identity.roles()) {
      Role role = roles.get(name);
      if (role != null && role.grants(action)) {
        granted = true;
        if (Fit.within(identity.bounds(), action, resource)
            && Fit.within(role.bounds(), action, resource)) {
          return role.granted();
        }
      }
    }
    return denied(identity, action, granted);
  }

  @Override
  public Set<AuthzResource.Level> boundLevels(UserIdentity identity) {
    Set<AuthzResource.Level> levels = identity.bounds().levels();
    for (String name : identity.roles()) {
      Role role = roles.get(name);
      if (role != null && !levels.containsAll(role.levels())) {
        Set<AuthzResource.Level> more = EnumSet.copyOf(role.levels());
        more.addAll(levels);
        levels = more;
      }
    }
    return levels;
  }

  /** The users of the configuration, by id. */
  public Map<String, User> users() {
    return users;
  }

  /** The names of the roles, built-in ones included. */
  public Set<String> roleNames() {
    return roles.keySet();
  }

  /** What is allowed and probably not meant so, one line each. */
  public List<String> warnings() {
    return new RbacWarnings(roles, users.values()).lines();
  }

  /** Any denial that matches, however general; null if there is none. */
  private @Nullable Decision forbidden(
      UserIdentity identity, AuthzAction action, AuthzResource resource) {
    for (String name : identity.roles()) {
      Role role = roles.get(name);
      for (Deny denial : role == null ? NO_DENIALS : role.denials()) {
        if (denial.matches(action, resource)) {
          return denial.denied();
        }
      }
    }
    return null;
  }

  private Decision denied(UserIdentity identity, AuthzAction action, boolean granted) {
    if (granted) {
      return new Decision.Denied("bounds of " + identity.userId(), true);
    }
    String rule =
        identity.roles().isEmpty()
            ? source.where() + ": no role for user " + identity.userId()
            : source.where() + ": no role of " + identity.userId() + " grants " + action;
    return new Decision.Denied(rule, false);
  }

  /**
   * A user of the configuration.
   *
   * @param roles names of roles, all of them defined
   * @param place where the configuration names the user
   */
  public record User(String id, Set<String> roles, Bounds bounds, Place place) {}
}
