package io.chromaauth;

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
        ? rbac.serving(haveOwnUsersOnly(authentication), places)
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
    return new AssemblySummary(authentication, withoutRules ? null : authorization, everybody())
        .of(details, warnings);
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
    if (!(authorization instanceof Rbac rbac) || !haveOwnUsersOnly(authentication)) {
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
    return authentication.stream().anyMatch(Assembly::isJwt)
        ? "write provider: jwt if it is a user of tokens"
        : "give it credentials, or name who has some: " + Few.of(known);
  }

  /** Whether nobody but the operator's files, tokens of JWT and the container knows users. */
  static boolean haveOwnUsersOnly(List<AuthenticationProvider> providers) {
    return providers.stream()
        .allMatch(p -> p instanceof UserList || isJwt(p) || p instanceof ContainerAuthenticator);
  }

  private static boolean isJwt(AuthenticationProvider provider) {
    return provider instanceof JwtAuthenticator;
  }

  private Stream<AuthenticationProvider> lists() {
    return authentication.stream().filter(UserList.class::isInstance);
  }
}
