package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthorizationProvider;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.ChromaAuth;
import io.chromaauth.Decision;
import io.chromaauth.Settings;
import io.chromaauth.UserIdentity;
import io.chromaauth.authz.AnyPolicy.Login;
import io.chromaauth.authz.AnyPolicy.Question;
import io.chromaauth.authz.PolicyText.Denial;
import io.chromaauth.authz.PolicyText.RoleText;
import io.chromaauth.authz.PolicyText.UserText;
import io.chromaauth.authz.PolicyText.Where;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.jspecify.annotations.Nullable;

/** Section 4 of the design for policies, identities and questions that nobody thought of. */
class PolicyPropertiesTest {
  private static final String SEED = "20261122";

  @Property(tries = 400, seed = SEED)
  @StatisticsReport(StatisticsReportMode.OFF)
  void whatIsDecidedIsWhatTheDesignSays(
      @ForAll("policies") PolicyText policy,
      @ForAll("logins") Login login,
      @ForAll("questions") List<Question> questions) {
    Rbac rbac = rbac(policy);
    UserIdentity identity = rbac.complete(login.identity());
    NaiveRules naive = naive(policy, login);
    if (contradicts(policy, login)) {
      questions.forEach(q -> assertFalse(allows(rbac, identity, q), q::toString));
      return;
    }
    assertEquals(naive.levels(), rbac.boundLevels(identity), "bound levels");
    for (Question question : questions) {
      boolean expected = naive.allows(question.action(), question.resource());
      assertEquals(expected, allows(rbac, identity, question), question::toString);
      Statistics.collect(expected);
    }
    // a property of refusals alone would hold for what refuses everything
    Statistics.coverage(coverage -> coverage.check(true).percentage(p -> p > 15 && p < 85));
  }

  @Property(tries = 200, seed = SEED)
  void theBoundsOfBothFilesHold(
      @ForAll("policies") PolicyText any, @ForAll("questions") List<Question> questions) {
    PolicyText policy = any.withoutHostActions();
    Settings settings =
        Settings.of(
            "test",
            Map.of(
                Names.AUTHN_PROVIDER,
                "token",
                Names.AUTHN_CREDENTIALS,
                policy.tokenUsers(),
                Names.AUTHZ_PROVIDER,
                "simple_rbac",
                Names.AUTHZ_CONFIG,
                policy.rules()));
    try (ChromaAuth auth = ChromaAuth.fromSettings(settings)) {
      ChromaAuth.Snapshot snapshot = auth.snapshot();
      UserIdentity identity = snapshot.identity(PolicyText.USER).orElseThrow();
      NaiveRules naive = naive(policy, new Login("token", Set.of(), policy.inTokenFile()));
      assertEquals(naive.levels(), snapshot.boundLevels(identity), "bound levels");
      for (Question question : questions) {
        if (question.action().wireName().equals(PolicyText.HOST_ACTION)) {
          continue; // these settings know no host
        }
        boolean allowed =
            snapshot.authorize(identity, question.action(), question.resource())
                instanceof Decision.Allowed;
        boolean expected = naive.allows(question.action(), question.resource());
        assertEquals(expected, allowed, question::toString);
      }
    }
  }

  @Property(tries = 200, seed = SEED)
  void oneMoreDenialNeverAllowsMore(
      @ForAll("policies") PolicyText policy,
      @ForAll("logins") Login login,
      @ForAll("denials") Denial denial,
      @ForAll("questions") List<Question> questions) {
    PolicyText denying = policy.withRoles(changed(policy.roles(), 0, r -> r.denying(denial)));
    neverMore(policy, denying, login, questions);
  }

  /** What a role denies goes with it, so only one that denies nothing is taken away. */
  @Property(tries = 200, seed = SEED)
  void oneRoleLessNeverAllowsMore(
      @ForAll("policies") PolicyText policy,
      @ForAll("logins") Login login,
      @ForAll("questions") List<Question> questions) {
    Set<String> denying = new HashSet<>();
    policy.roles().stream()
        .filter(role -> !role.denials().isEmpty())
        .forEach(role -> denying.add(role.name()));
    for (String name : List.of("one", "two", "three", "admin")) {
      if (!denying.contains(name)) {
        PolicyText less = policy.withUsers(without(name, policy.users()));
        Set<String> asserted = new HashSet<>(login.roles());
        asserted.remove(name);
        Login poorer = new Login(login.provider(), asserted, login.claims());
        Rbac before = rbac(policy);
        UserIdentity rich = before.complete(login.identity());
        Rbac after = rbac(less);
        UserIdentity poor = after.complete(poorer.identity());
        questions.forEach(q -> implies(allows(after, poor, q), allows(before, rich, q), q));
      }
    }
  }

  @Property(tries = 200, seed = SEED)
  void twoRolesGiveWhatOneOfThemGives(
      @ForAll("policies") PolicyText policy, @ForAll("questions") List<Question> questions) {
    Rbac rbac = rbac(policy);
    boolean denies =
        policy.roles().stream()
            .filter(role -> Set.of("one", "two").contains(role.name()))
            .anyMatch(role -> !role.denials().isEmpty());
    UserIdentity user = rbac.complete(new Login("jwt", Set.of(), Where.ANYWHERE).identity());
    UserIdentity one = user.withRoles(Set.of("one"));
    UserIdentity two = user.withRoles(Set.of("two"));
    UserIdentity both = user.withRoles(Set.of("one", "two"));
    for (Question question : questions) {
      boolean either = allows(rbac, one, question) || allows(rbac, two, question);
      implies(allows(rbac, both, question), either, question);
      if (!denies) {
        assertEquals(either, allows(rbac, both, question), question::toString);
      }
    }
  }

  @Property(tries = 200, seed = SEED)
  void aUsersBoundsOnlyNarrow(
      @ForAll("policies") PolicyText policy,
      @ForAll("logins") Login login,
      @ForAll("questions") List<Question> questions) {
    List<UserText> unbounded =
        policy.users().stream()
            .map(user -> new UserText(user.provider(), user.roles(), Where.ANYWHERE))
            .toList();
    neverMore(policy.withUsers(unbounded), policy, login, questions);
    Login everywhere = new Login(login.provider(), login.roles(), Where.ANYWHERE);
    Rbac rbac = rbac(policy);
    UserIdentity wide = rbac.complete(everywhere.identity());
    UserIdentity narrow = rbac.complete(login.identity());
    questions.forEach(q -> implies(allows(rbac, narrow, q), allows(rbac, wide, q), q));
  }

  @Property(tries = 200, seed = SEED)
  void aStarInARequestIsText(
      @ForAll("policies") PolicyText policy,
      @ForAll("logins") Login login,
      @ForAll("questions") List<Question> questions) {
    Rbac rbac = rbac(policy);
    UserIdentity identity = rbac.complete(login.identity());
    for (Question question : questions) {
      AuthzResource there = question.resource();
      Question plain =
          new Question(
              question.action(),
              new AuthzResource(
                  plain(there.tenant()),
                  plain(there.database()),
                  plain(there.collection()),
                  there.partial()));
      assertEquals(
          allows(rbac, identity, plain), allows(rbac, identity, question), question::toString);
    }
  }

  @Provide
  Arbitrary<PolicyText> policies() {
    return AnyPolicy.policies();
  }

  @Provide
  Arbitrary<Login> logins() {
    return AnyPolicy.logins();
  }

  @Provide
  Arbitrary<Denial> denials() {
    return AnyPolicy.denials();
  }

  @Provide
  Arbitrary<List<Question>> questions() {
    return AnyPolicy.questions();
  }

  /** A name alone of one character that no policy has: whatever matches one matches the other. */
  private static @Nullable String plain(@Nullable String name) {
    return "*".equals(name) ? "?" : name;
  }

  private static void neverMore(
      PolicyText wider, PolicyText narrower, Login login, List<Question> questions) {
    Rbac wide = rbac(wider);
    Rbac narrow = rbac(narrower);
    UserIdentity before = wide.complete(login.identity());
    UserIdentity after = narrow.complete(login.identity());
    questions.forEach(q -> implies(allows(narrow, after, q), allows(wide, before, q), q));
  }

  private static void implies(boolean allowed, boolean expected, Question question) {
    assertTrue(!allowed || expected, () -> "allowed only now: " + question);
  }

  private static boolean allows(
      AuthorizationProvider rules, UserIdentity identity, Question question) {
    return rules.authorize(identity, question.action(), question.resource())
        instanceof Decision.Allowed;
  }

  private static Rbac rbac(PolicyText policy) {
    Faults faults = new Faults();
    List<AuthzAction> host = List.of(AuthzAction.of(PolicyText.HOST_ACTION));
    Rbac rbac = Rbac.parse(policy.rules(), Place.of("rules"), host, faults, new ArrayList<>());
    faults.throwIfAny();
    return rbac;
  }

  /** What the design says of roles: whose they are, and that {@code admin} need not be defined. */
  private static NaiveRules naive(PolicyText policy, Login login) {
    boolean own = Set.of("basic", "token").contains(login.provider());
    Map<String, RoleText> roles = new HashMap<>();
    roles.put("admin", new RoleText("admin", List.of("*"), Where.ANYWHERE, List.of()));
    policy.roles().forEach(role -> roles.put(role.name(), role));
    Set<String> names = new HashSet<>(own ? Set.of() : login.roles());
    List<Where> bounds = new ArrayList<>(List.of(login.claims()));
    for (UserText user : policy.users()) {
      boolean meant = own ? user.provider() == null : login.provider().equals(user.provider());
      if (meant) {
        names.addAll(user.roles());
        bounds.add(user.where());
      }
    }
    return new NaiveRules(roles, names, bounds);
  }

  /** Whether a claim and the file name two tenants: no such place, so nothing is allowed. */
  private static boolean contradicts(PolicyText policy, Login login) {
    return policy.users().stream()
        .filter(user -> login.provider().equals(user.provider()))
        .anyMatch(user -> !login.claims().besides(user.where()).equals(login.claims()));
  }

  private static List<UserText> without(String role, List<UserText> users) {
    return users.stream()
        .map(user -> user.withRoles(user.roles().stream().filter(r -> !r.equals(role)).toList()))
        .toList();
  }

  private static <T> List<T> changed(List<T> all, int index, UnaryOperator<T> change) {
    List<T> changed = new ArrayList<>(all);
    changed.set(index, change.apply(all.get(index)));
    return changed;
  }
}
