package io.chromaauth.authz;

import io.chromaauth.AuthorizationProvider;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import io.chromaauth.Decision;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.UserEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Role-based access control by Chroma's rules, with bounds that hold. Several roles are a union of
 * whole grants: one single role must give the action and hold the resource within its own bounds.
 * What any role denies is refused.
 */
public final class Rbac implements AuthorizationProvider {
  /** The providers whose users are the operator's own, in one name space. */
  static final Set<String> OWN_PROVIDERS = Set.of("basic", "token");

  private final Place source;
  private final Map<String, Role> roles;
  private final Map<String, User> users;
  private final Map<String, Map<String, User>> foreign;
  private final UnaryOperator<String> boundsPlaces;

  private Rbac(
      Place source,
      Map<String, Role> roles,
      Map<String, User> users,
      Map<String, Map<String, User>> foreign,
      UnaryOperator<String> boundsPlaces) {
    this.source = source;
    this.roles = new HashMap<>(roles);
    this.users = Collections.unmodifiableMap(users); // no copy: there may be a million
    this.foreign = Map.copyOf(foreign);
    this.boundsPlaces = boundsPlaces;
  }

  /**
   * @param users the operator's own, by id; nobody changes them any more
   * @param foreign users of other providers, by provider and id
   */
  Rbac(
      Place source,
      Map<String, Role> roles,
      Map<String, User> users,
      Map<String, Map<String, User>> foreign) {
    this(source, roles, users, foreign, id -> "");
  }

  /** The policy in a text, after noting what is wrong with it. */
  public static Rbac parse(String text, Place source, Faults faults) {
    return parse(text, source, List.of(), faults, new ArrayList<>());
  }

  /**
   * The policy in a text, after noting what is wrong with it.
   *
   * @param hostActions actions of a host's own that roles may name
   * @param warnings takes what Chroma 0.6 ignored, and so do we
   */
  public static Rbac parse(
      String text,
      Place source,
      Collection<AuthzAction> hostActions,
      Faults faults,
      List<String> warnings) {
    return RbacFile.parse(text, source, hostActions, faults, warnings);
  }

  /**
   * This policy for requests.
   *
   * @param known whether all own users have been completed; then those are forgotten, of whom
   *     nothing but roles was said: there may be a million
   * @param places file and line by user id where users are bounded elsewhere, an empty text where
   *     nothing bounds the user
   */
  public Rbac serving(boolean known, UnaryOperator<String> places) {
    Map<String, User> asked = new HashMap<>();
    users.forEach(
        (id, user) -> {
          if (!known || !user.bounds().levels().isEmpty()) {
            asked.put(id, user);
          }
        });
    return new Rbac(source, roles, asked, foreign, places);
  }

  @Override
  public UserIdentity complete(UserIdentity identity) {
    return OWN_PROVIDERS.contains(identity.provider())
        ? completeOwn(identity)
        : completeForeign(identity);
  }

  private UserIdentity completeOwn(UserIdentity identity) {
    User user = users.get(identity.userId());
    if (user == null) {
      return identity.withRoles(Set.of());
    }
    return user.bounds().levels().isEmpty()
        ? identity.withRoles(user.roles())
        : identity.withRoles(user.roles()).withBounds(identity.bounds().and(user.bounds()));
  }

  /** What another provider asserts is used as it is, and what stands here is added. */
  private UserIdentity completeForeign(UserIdentity identity) {
    User user = foreign.getOrDefault(identity.provider(), Map.of()).get(identity.userId());
    if (user == null) {
      return identity;
    }
    Set<String> both = new LinkedHashSet<>(identity.roles());
    both.addAll(user.roles());
    try {
      return identity.withRoles(both).withBounds(identity.bounds().and(user.bounds()));
    } catch (IllegalArgumentException e) {
      return identity.withRoles(Set.of()); // bounds that contradict each other leave nothing
    }
  }

  @Override
  public Decision authorize(UserIdentity identity, AuthzAction action, AuthzResource resource) {
    boolean granted = false;
    @Nullable Decision allowed = null;
    for (String name : identity.roles()) {
      Role role = roles.get(name);
      if (role == null) {
        continue;
      }
      Decision denied = role.denied(action, resource);
      if (denied != null) {
        return denied; // whatever other roles allow
      }
      if (allowed == null && role.grants(action)) {
        granted = true;
        boolean fits =
            Fit.within(identity.bounds(), action, resource)
                && Fit.within(role.bounds(), action, resource);
        allowed = fits ? role.granted() : null;
      }
    }
    if (allowed != null) {
      return allowed;
    }
    return granted
        ? new Decision.Denied(bound(identity, action, resource), true)
        : new Decision.Denied(ungranted(identity, action), false);
  }

  @Override
  public Set<AuthzResource.Level> boundLevels(UserIdentity identity) {
    Set<AuthzResource.Level> levels = identity.bounds().levels();
    for (String name : identity.roles()) {
      Role role = roles.get(name);
      if (role != null && !role.levels().isEmpty() && !levels.containsAll(role.levels())) {
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

  /** The users of other providers that the configuration names, by provider and id. */
  public Map<String, Map<String, User>> foreignUsers() {
    return foreign;
  }

  /** The names of the roles, built-in ones included. */
  public Set<String> roleNames() {
    return roles.keySet();
  }

  /** What is allowed and probably not meant so, one line each. */
  public List<String> warnings() {
    List<User> all = new ArrayList<>(users.values());
    foreign.values().forEach(list -> all.addAll(list.values()));
    return new RbacWarnings(roles, all).lines();
  }

  private String ungranted(UserIdentity identity, AuthzAction action) {
    return identity.roles().isEmpty()
        ? source.where() + ": no role for user " + identity.userId()
        : source.where() + ": no role of " + identity.userId() + " grants " + action;
  }

  /** The bounds that keep an action back which a role grants: the identity's own, or the roles'. */
  private String bound(UserIdentity identity, AuthzAction action, AuthzResource resource) {
    if (!Fit.within(identity.bounds(), action, resource)) {
      return WithinBounds.rule(identity.userId(), place(identity));
    }
    return "bounds of "
        + identity.roles().stream()
            .map(roles::get)
            .filter(role -> role != null && role.grants(action))
            .map(role -> role.granted().rule())
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private String place(UserIdentity identity) {
    boolean own = OWN_PROVIDERS.contains(identity.provider());
    Map<String, User> list = own ? users : foreign.getOrDefault(identity.provider(), Map.of());
    User user = list.get(identity.userId());
    String here = user == null || user.bounds().equals(Bounds.NONE) ? "" : user.place().toString();
    String elsewhere = own ? boundsPlaces.apply(identity.userId()) : "";
    return Stream.of(here, elsewhere)
        .filter(place -> !place.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /**
   * A user of the configuration.
   *
   * @param roles names of roles, all of them defined
   * @param entry where the configuration names the user
   */
  public record User(String id, Set<String> roles, Bounds bounds, UserEntry entry) {
    /** Where its id stands. */
    public Place place() {
      return entry.at("id");
    }
  }
}
