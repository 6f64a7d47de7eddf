package io.chromaauth;

import io.chromaauth.authn.BasicAuthenticator;
import io.chromaauth.authn.ContainerAuthenticator;
import io.chromaauth.authn.TokenAuthenticator;
import io.chromaauth.authn.UserList;
import io.chromaauth.authn.jwt.JwtAuthenticator;
import io.chromaauth.authz.Rbac;
import io.chromaauth.authz.WithinBounds;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Few;
import io.chromaauth.settings.Nearest;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.ProviderNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings authentication and authorization together and finds where they contradict each other. */
final class Assembly {
  private final List<AuthenticationProvider> authentication;
  private final AuthorizationProvider authorization;
  private final boolean withoutRules;
  private final Faults faults = new Faults();

  /** The users of each provider that has a list of them. */
  private final List<List<UserIdentity>> completed = new ArrayList<>();

  Assembly(
      List<AuthenticationProvider> authentication, Optional<AuthorizationProvider> authorization) {
    this.authentication = List.copyOf(arranged(authentication));
    this.authorization = authorization.orElseGet(() -> new WithinBounds(id -> ""));
    this.withoutRules = authorization.isEmpty();
  }

  /** Whoever sends credentials is not taken for whom the container knows. */
  private static List<AuthenticationProvider> arranged(List<AuthenticationProvider> given) {
    List<AuthenticationProvider> arranged = new ArrayList<>(tokensFirst(given));
    arranged.sort(Comparator.comparing(ContainerAuthenticator.class::isInstance)); // stable
    return arranged;
  }

  /** A Bearer token is looked up among the static ones first, whatever the order. */
  private static List<AuthenticationProvider> tokensFirst(List<AuthenticationProvider> given) {
    if (given.stream().noneMatch(Assembly::isJwt)) {
      return given;
    }
    Set<AuthenticationProvider> arranged = new LinkedHashSet<>();
    for (AuthenticationProvider provider : given) {
      if (isJwt(provider)) {
        given.stream().filter(TokenAuthenticator.class::isInstance).forEach(arranged::add);
      }
      arranged.add(provider);
    }
    return arranged.stream().map(Assembly::besideJwts).toList();
  }

  private static AuthenticationProvider besideJwts(AuthenticationProvider provider) {
    return provider instanceof TokenAuthenticator tokens
        ? tokens.beside(JwtAuthenticator::isLike)
        : provider;
  }

  /**
   * What requests are decided by.
   *
   * @throws ConfigException if the parts contradict each other
   */
  ChromaAuth.Snapshot snapshot() {
    Map<String, Bounds> bounds = commonBounds();
    checkUsersExist(bounds.keySet());
    List<AuthenticationProvider> knowing =
        authentication.stream().map(p -> completed(p, bounds)).toList();
    faults.throwIfAny();
    return new ChromaAuth.Snapshot(knowing, explaining());
  }

  /** What decides, told where the providers' own files bound a user. */
  private AuthorizationProvider explaining() {
    List<AuthenticationProvider> providers = authentication; // not this: it lives on
    UnaryOperator<String> places = id -> boundsPlace(providers, id);
    if (withoutRules) {
      return new WithinBounds(places);
    }
    return authorization instanceof Rbac rbac
        ? rbac.serving(ownUsersOnly(), places)
        : authorization;
  }

  private static String boundsPlace(List<AuthenticationProvider> providers, String userId) {
    return providers.stream()
        .filter(UserList.class::isInstance)
        .map(provider -> ((UserList) provider).boundsPlace(userId))
        .filter(place -> !place.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** What to tell people; to be called after {@link #snapshot}. */
  ChromaAuth.Summary summary(List<String> details, List<String> warnings) {
    List<String> components = new ArrayList<>(authentication.stream().map(this::name).toList());
    if (!withoutRules) {
      components.add(name(authorization));
    }
    List<String> lines = new ArrayList<>(details);
    Collection<UserIdentity> users = everybody();
    long bounded = users.stream().filter(this::isBounded).count();
    if (!users.isEmpty()) {
      lines.add(
          "users: "
              + users.size()
              + ", "
              + bounded
              + " of them bound to a tenant, databases or collections");
    }
    List<String> all = new ArrayList<>(warnings);
    all.addAll(warnings(users));
    return new ChromaAuth.Summary(
        components, lines, all, bounded > 0 || jwts().anyMatch(JwtAuthenticator::bounds));
  }

  /** Every user once, as the last provider has it. */
  private Collection<UserIdentity> everybody() {
    if (completed.size() == 1) {
      return completed.get(0);
    }
    Map<String, UserIdentity> byId = new LinkedHashMap<>();
    completed.forEach(users -> users.forEach(user -> byId.put(user.userId(), user)));
    return byId.values();
  }

  /**
   * Bounds given to an id in any of the operator's own files hold for it at all of them. Empty
   * where nobody asks: one list without rules says all by itself.
   */
  private Map<String, Bounds> commonBounds() {
    Map<String, Bounds> common = new HashMap<>();
    if (lists().count() < 2 && !(authorization instanceof Rbac)) {
      return common;
    }
    for (AuthenticationProvider provider : authentication) {
      if (provider instanceof UserList list) {
        for (UserIdentity user : list.users()) {
          String id = user.userId();
          common.merge(id, user.bounds(), (a, b) -> both(id, a, b));
        }
      }
    }
    return common;
  }

  /** The provider with the roles and bounds of the whole configuration. */
  private AuthenticationProvider completed(
      AuthenticationProvider provider, Map<String, Bounds> bounds) {
    if (!(provider instanceof UserList list)) {
      return provider;
    }
    boolean alone = lists().count() == 1; // then its own bounds are the common ones
    List<UserIdentity> users = new ArrayList<>();
    for (UserIdentity plain : list.users()) {
      users.add(complete(alone ? plain : plain.withBounds(common(plain, bounds))));
    }
    completed.add(users);
    return list.completed(users);
  }

  private static Bounds common(UserIdentity user, Map<String, Bounds> bounds) {
    return bounds.getOrDefault(user.userId(), Bounds.NONE);
  }

  private UserIdentity complete(UserIdentity plain) {
    try {
      return Objects.requireNonNull(
          authorization.complete(plain),
          () -> authorization.getClass().getName() + " completes " + plain.userId() + " with null");
    } catch (IllegalArgumentException e) {
      contradiction(plain.userId(), e);
      return plain;
    }
  }

  private Bounds both(String id, Bounds one, Bounds two) {
    try {
      return one.and(two);
    } catch (IllegalArgumentException e) {
      contradiction(id, e);
      return one;
    }
  }

  private void contradiction(String id, IllegalArgumentException e) {
    Place place =
        authorization instanceof Rbac rbac && rbac.users().containsKey(id)
            ? rbac.users().get(id).place()
            : Place.of("user " + id);
    faults.add(place, e.getMessage() + " for '" + id + "'", "the same in both files", null);
  }

  private void checkUsersExist(Set<String> known) {
    if (!(authorization instanceof Rbac rbac) || !ownUsersOnly()) {
      return;
    }
    rbac.users()
        .values()
        .forEach(
            user -> {
              if (!known.contains(user.id())) {
                String fix = credentialsFor(user.id(), known);
                String found = "the user '" + user.id() + "', who has no credentials";
                faults.add(user.place(), found, "a user with credentials", fix);
              }
            });
  }

  private String credentialsFor(String userId, Set<String> known) {
    String near = Nearest.fix(userId, known);
    if (near != null) {
      return near;
    }
    return jwts().findAny().isPresent()
        ? "write provider: jwt if it is a user of tokens"
        : "give it credentials, or name who has some: " + Few.of(known);
  }

  private List<String> warnings(Collection<UserIdentity> users) {
    List<String> warnings = new ArrayList<>();
    jwts().forEach(jwt -> warnings.addAll(jwt.warnings(!withoutRules)));
    if (withoutRules) {
      warnings.add("no authorization provider: every user may do everything within its bounds");
      return warnings;
    }
    if (authorization instanceof Rbac rbac) {
      warnings.addAll(rbac.warnings());
      if (ownUsersOnly()) {
        rbac.foreignUsers()
            .forEach(
                (provider, named) -> {
                  if (authentication.stream().noneMatch(p -> makes(p, provider))) {
                    warnings.add(
                        "no provider '"
                            + provider
                            + "' is configured, for whose users rules are given: "
                            + Few.of(named.keySet()));
                  }
                });
      }
    }
    List<String> idle =
        users.stream().filter(user -> user.roles().isEmpty()).map(UserIdentity::userId).toList();
    if (!idle.isEmpty()) {
      warnings.add("users without a role can only ask who they are: " + Few.of(idle));
    }
    return warnings;
  }

  private boolean ownUsersOnly() {
    return authentication.stream()
        .allMatch(p -> p instanceof UserList || isJwt(p) || p instanceof ContainerAuthenticator);
  }

  /** Whether the identities of a provider of ours bear that name. */
  private static boolean makes(AuthenticationProvider provider, String name) {
    return switch (name) {
      case JwtAuthenticator.PROVIDER -> isJwt(provider);
      case ContainerAuthenticator.PROVIDER -> provider instanceof ContainerAuthenticator;
      default -> false;
    };
  }

  private static boolean isJwt(AuthenticationProvider provider) {
    return provider instanceof JwtAuthenticator;
  }

  private Stream<AuthenticationProvider> lists() {
    return authentication.stream().filter(UserList.class::isInstance);
  }

  private Stream<JwtAuthenticator> jwts() {
    return authentication.stream().filter(Assembly::isJwt).map(JwtAuthenticator.class::cast);
  }

  private boolean isBounded(UserIdentity identity) {
    return !authorization.boundLevels(identity).isEmpty();
  }

  private String name(Object provider) {
    if (provider instanceof BasicAuthenticator) {
      return ProviderNames.BASIC;
    }
    if (provider instanceof TokenAuthenticator) {
      return ProviderNames.TOKEN;
    }
    if (provider instanceof JwtAuthenticator) {
      return ProviderNames.JWT;
    }
    if (provider instanceof ContainerAuthenticator) {
      return ProviderNames.CONTAINER;
    }
    return provider instanceof Rbac ? ProviderNames.RBAC : provider.getClass().getSimpleName();
  }
}
