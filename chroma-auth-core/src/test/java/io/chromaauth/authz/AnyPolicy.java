package io.chromaauth.authz;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import io.chromaauth.UserIdentity;
import io.chromaauth.authz.PolicyText.Denial;
import io.chromaauth.authz.PolicyText.RoleText;
import io.chromaauth.authz.PolicyText.UserText;
import io.chromaauth.authz.PolicyText.Where;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Policies, identities and questions of few names, so that they often concern each other. */
final class AnyPolicy {
  /** Every action that a policy may name. */
  static final List<AuthzAction> ACTIONS = actions();

  private static final List<String> ROLES = List.of("one", "two", "three", "admin");
  private static final List<String> TENANTS = List.of("t1", "t2");
  private static final List<String> DATABASES = List.of("d1", "d2", "d*");
  private static final List<String> PATTERNS =
      List.of("docs-*", "*-a", "docs-a", "d*s*a", "**", "x", "*.*", "docs");

  private static final List<String> NAMED_TENANTS = List.of("t1", "t2", "T1", "*", "t1 ");
  private static final List<String> NAMED_DATABASES = List.of("d1", "d2", "D1", "d*", "*");
  private static final List<String> NAMED_COLLECTIONS =
      List.of("docs-a", "docs-", "docs", "x", "a.b", "X-a", "*", "docs-*", "docs-\n-a", "xdocs-a");

  private AnyPolicy() {}

  /** Who has logged in, as the provider sees it. */
  record Login(String provider, Set<String> roles, Where claims) {
    UserIdentity identity() {
      return new UserIdentity(PolicyText.USER, provider, bounds(claims), roles, Map.of());
    }

    private static Bounds bounds(Where where) {
      return new Bounds(where.tenant(), where.databases(), where.collections());
    }
  }

  /** May it do that there? */
  record Question(AuthzAction action, AuthzResource resource) {}

  static Arbitrary<PolicyText> policies() {
    Arbitrary<UserText> own = user(null);
    Arbitrary<UserText> foreign = user("jwt");
    Arbitrary<List<UserText>> users =
        Combinators.combine(own.optional(0.95), foreign.optional(0.4))
            .as(
                (one, two) -> {
                  List<UserText> both = new ArrayList<>();
                  one.ifPresent(both::add);
                  two.ifPresent(both::add);
                  return both;
                });
    return Combinators.combine(
            role("one"), role("two"), role("three"), role("admin"), users, where())
        .flatAs(
            (one, two, three, admin, all, inTokenFile) ->
                Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true))
                    .map(
                        overridden ->
                            new PolicyText(
                                overridden
                                    ? List.of(one, two, three, admin)
                                    : List.of(one, two, three),
                                all,
                                all.stream()
                                    .filter(user -> user.provider() == null)
                                    .reduce(
                                        inTokenFile,
                                        (where, user) -> where.besides(user.where()),
                                        (a, b) -> a))));
  }

  static Arbitrary<Login> logins() {
    Arbitrary<Set<String>> roles =
        Arbitraries.of("one", "two", "three", "nobody-defined-it", "admin")
            .set()
            .ofMaxSize(2)
            .map(LinkedHashSet::new);
    Arbitrary<Login> jwt =
        Combinators.combine(roles, claims()).as((names, claims) -> new Login("jwt", names, claims));
    Login basic = new Login("basic", Set.of("admin"), Where.ANYWHERE); // nobody's to assert
    return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(basic)), Tuple.of(1, jwt));
  }

  static Arbitrary<Denial> denials() {
    Arbitrary<@Nullable List<String>> actions =
        written(List.of("collection:peek")).list().ofMinSize(1).ofMaxSize(3).injectNull(0.4);
    return Combinators.combine(actions, where())
        .as(Denial::new)
        .filter(denial -> denial.actions() != null || !denial.where().equals(Where.ANYWHERE));
  }

  static Arbitrary<Where> where() {
    Arbitrary<@Nullable String> tenant =
        Arbitraries.frequency(Tuple.of(4, "t1"), Tuple.of(1, "t2"), Tuple.of(1, "*"))
            .injectNull(0.6);
    Arbitrary<@Nullable List<String>> databases = names(DATABASES).injectNull(0.6);
    Arbitrary<@Nullable List<String>> collections = names(PATTERNS).injectNull(0.6);
    return Combinators.combine(tenant, databases, collections).as(Where::new);
  }

  static Arbitrary<List<Question>> questions() {
    Arbitrary<Question> question =
        Combinators.combine(Arbitraries.of(ACTIONS), resources()).as(Question::new);
    return question.list().ofMinSize(1).ofMaxSize(40);
  }

  private static Arbitrary<Where> claims() {
    Arbitrary<@Nullable String> tenant = Arbitraries.of(TENANTS).injectNull(0.6);
    Arbitrary<@Nullable List<String>> databases =
        Arbitraries.of(DATABASES).list().uniqueElements().ofMaxSize(2).injectNull(0.6);
    return Combinators.combine(tenant, databases).as((t, d) -> new Where(t, d, null));
  }

  private static Arbitrary<RoleText> role(String name) {
    Arbitrary<List<String>> actions =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(List.of("*"))),
            Tuple.of(3, written(List.of()).list().ofMaxSize(6)));
    Arbitrary<List<Denial>> denials =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(List.of())),
            Tuple.of(1, denials().list().ofMinSize(1).ofMaxSize(2)));
    return Combinators.combine(actions, where(), denials)
        .as((what, where, not) -> new RoleText(name, what, where, not));
  }

  private static Arbitrary<UserText> user(@Nullable String provider) {
    Arbitrary<List<String>> roles =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(ROLES).map(List::of)),
            Tuple.of(2, Arbitraries.of(ROLES).list().uniqueElements().ofMaxSize(3)));
    return Combinators.combine(roles, where())
        .as((names, where) -> new UserText(provider, names, where));
  }

  private static Arbitrary<List<String>> names(List<String> some) {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of(some).list().uniqueElements().ofMaxSize(3)),
        Tuple.of(1, Arbitraries.just(List.of("*"))));
  }

  /** Actions and what stands for several, as a file names them. */
  private static Arbitrary<String> written(List<String> without) {
    List<String> names = new ArrayList<>(ACTIONS.stream().map(AuthzAction::wireName).toList());
    names.addAll(
        List.of(
            "collection:*", "collection:*", "db:*", "db:*", "tenant:*", "system:*", "orders:*"));
    names.addAll(List.of("*", "db:reset", "collection:peek"));
    names.removeAll(without);
    return Arbitraries.of(names);
  }

  private static Arbitrary<AuthzResource> resources() {
    return Combinators.combine(
            Arbitraries.of(NAMED_TENANTS),
            Arbitraries.of(NAMED_DATABASES),
            Arbitraries.of(NAMED_COLLECTIONS),
            Arbitraries.integers().between(0, 5),
            Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)))
        .as(
            (tenant, database, collection, levels, partial) -> {
              AuthzResource resource =
                  AuthzResource.of(
                      levels > 0 ? tenant : null,
                      levels > 1 ? database : null,
                      levels > 2 ? collection : null);
              return partial ? resource.asPartial() : resource;
            });
  }

  private static List<AuthzAction> actions() {
    List<AuthzAction> all = new ArrayList<>(AuthzAction.known());
    all.add(AuthzAction.of(PolicyText.HOST_ACTION));
    return List.copyOf(all);
  }
}
