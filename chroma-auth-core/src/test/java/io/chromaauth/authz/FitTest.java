package io.chromaauth.authz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.Bounds;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether a resource fits into bounds. Both are written as tenant/database/collection with {@code
 * -} for what is not named or not bound; a final {@code ?} is a resource whose lower levels are
 * still to be found.
 */
class FitTest {
  /** The reads that a client needs to reach its own place. */
  private static final Set<AuthzAction> EXEMPT =
      Set.of(
          AuthzAction.GET_TENANT,
          AuthzAction.GET_DATABASE,
          AuthzAction.LIST_DATABASES,
          AuthzAction.LIST_COLLECTIONS,
          AuthzAction.COUNT_COLLECTIONS);

  /** These name what is global, and need an identity without any bound. */
  private static final Set<AuthzAction> GLOBAL =
      Set.of(AuthzAction.RESET, AuthzAction.CREATE_TENANT, AuthzAction.UPDATE_TENANT);

  @ParameterizedTest
  @CsvSource({
    "-/-/-,     -/-/-,    true",
    "-/-/-,     t2/d2/c2, true",
    "t1/-/-,    t1/d2/c2, true",
    "t1/-/-,    t2/d1/c1, false",
    "t1/-/-,    T1/d1/c1, false",
    "t1/-/-,    t1,       true",
    "t1/-/-,    -/-/-,    false",
    "t1/-/-,    -/-/-?,   true",
    "t1/-/-,    t2/-/-?,  false",
    "-/d1+d2/-, t9/d1/c1, true",
    "-/d1+d2/-, t9/d2/c1, true",
    "-/d1+d2/-, t9/d3/c1, false",
    "-/d1+d2/-, t9/d1+d2, false",
    "-/d1+d2/-, t9,       false",
    "-/d1+d2/-, t9/-/-?,  true",
    "-/d1+d2/-, t9/d3/-?, false",
    "-/[]/-,    t1/d1/c1, false",
    "-/[]/-,    t1,       false",
    "-/[]/-,    t1/-/-?,  true",
    "-/-/docs*, t1/d1/docs,   true",
    "-/-/docs*, t1/d1/docs-1, true",
    "-/-/docs*, t1/d1/doc,    false",
    "-/-/docs*, t1/d1,        false",
    "-/-/docs*, t1/d1/-?,     true",
    "-/-/a+b*,  t1/d1/a,      true",
    "-/-/a+b*,  t1/d1/b2,     true",
    "-/-/a+b*,  t1/d1/ab,     false",
    "-/-/[],    t1/d1/c1,     false",
    "-/-/[],    t1/d1,        false",
    "t1/d1/docs*, t1/d1/docs, true",
    "t1/d1/docs*, t2/d1/docs, false",
    "t1/d1/docs*, t1/d2/docs, false",
    "t1/d1/docs*, t1/d1/x,    false",
    "t1/d1/docs*, t1/d1,      false",
    "t1/d1/docs*, t1/d1/-?,   true",
    "t1/-/-,    */d1/c1,  false",
    "-/d1/-,    t1/*/c1,  false",
    "-/-/docs*, t1/d1/*,  false"
  })
  void aRequestFitsOnEveryLevelThatIsBound(String bounds, String resource, boolean fits) {
    assertEquals(fits, Fit.within(bounds(bounds), AuthzAction.GET, resource(resource)));
    assertEquals(
        fits, Fit.within(bounds(bounds), AuthzAction.of("orders:read"), resource(resource)));
  }

  @ParameterizedTest
  @CsvSource({
    "t1/-/-,      -/-/-,    true",
    "t1/-/-,      t1,       true",
    "t1/-/-,      t2,       false",
    "t1/d1/-,     t1,       true",
    "t1/d1/-,     t1/d1,    true",
    "t1/d1/-,     t1/d2,    false",
    "t1/d1/-,     t2/d1,    false",
    "t1/[]/-,     t1,       true",
    "t1/[]/-,     t1/d1,    false",
    "t1/d1/docs*, t1,       true",
    "t1/d1/docs*, t1/d1,    true",
    "t1/d1/[],    t1/d1,    true",
    "t1/d1/docs*, t1/d2,    false",
    "t1/d1/docs*, t1/d1/x,  false"
  })
  void theReadsThatLeadToAPlaceMayLeaveALevelUnnamed(String bounds, String resource, boolean fits) {
    for (AuthzAction action : EXEMPT) {
      assertEquals(fits, Fit.within(bounds(bounds), action, resource(resource)), action::wireName);
    }
  }

  @ParameterizedTest
  @MethodSource("actions")
  void noOtherActionMayLeaveABoundLevelUnnamed(AuthzAction action) {
    for (String bounds : List.of("t1/-/-", "t1/d1/-", "t1/d1/docs*", "-/-/docs*", "-/d1/-")) {
      assertEquals(
          EXEMPT.contains(action),
          Fit.within(bounds(bounds), action, AuthzResource.NONE),
          () -> bounds + " " + action);
    }
  }

  static List<AuthzAction> actions() {
    return AuthzAction.known();
  }

  @ParameterizedTest
  @CsvSource({"t1/-/-", "-/d1/-", "-/-/docs*", "t1/d1/docs*", "-/[]/-", "-/-/[]"})
  void whatIsGlobalNeedsAnIdentityWithoutAnyBound(String bounds) {
    for (AuthzAction action : GLOBAL) {
      for (String resource : List.of("-/-/-", "t1/-/-", "t2/-/-", "t1/-/-?")) {
        assertEquals(
            false,
            Fit.within(bounds(bounds), action, resource(resource)),
            () -> action + " on " + resource);
      }
      assertEquals(true, Fit.within(Bounds.NONE, action, resource("t1/-/-")));
      assertEquals(true, Fit.within(Bounds.NONE, action, AuthzResource.NONE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "db:create_database, t1/-/-,      t1/d9, true",
    "db:create_database, t1/-/-,      t2/d9, false",
    "db:create_database, t1/d1+d2/-,  t1/d2, true",
    "db:create_database, t1/d1+d2/-,  t1/d9, false",
    "db:create_database, t1/d1/docs*, t1/d1, false",
    "db:delete_database, t1/d1/-,     t1/d1, true",
    "db:delete_database, t1/d1/-,     t1/d2, false",
    "db:delete_database, t1/d1/docs*, t1/d1, false",
    "db:delete_database, -/-/docs*,   t1/d1, false",
    "db:create_collection, t1/d1/docs*, t1/d1/docs-2, true",
    "db:create_collection, t1/d1/docs*, t1/d1/x,      false",
    "db:create_collection, t1/d1/docs*, t1/d1,        false"
  })
  void databasesAndCollectionsAreMadeAndDroppedWithinBoundsOnly(
      String action, String bounds, String resource, boolean fits) {
    assertEquals(fits, Fit.within(bounds(bounds), AuthzAction.of(action), resource(resource)));
  }

  static Bounds bounds(String text) {
    String[] levels = text.split("/", -1);
    return new Bounds(name(levels[0]), names(levels[1]), names(levels[2]));
  }

  static AuthzResource resource(String text) {
    boolean partial = text.endsWith("?");
    String[] levels = (partial ? text.substring(0, text.length() - 1) : text).split("/", -1);
    AuthzResource resource =
        AuthzResource.of(
            name(levels[0]),
            levels.length > 1 ? name(levels[1]) : null,
            levels.length > 2 ? name(levels[2]) : null);
    return partial ? resource.asPartial() : resource;
  }

  private static @Nullable String name(String level) {
    return level.equals("-") ? null : level;
  }

  private static @Nullable List<String> names(String level) {
    if (level.equals("-")) {
      return null;
    }
    return level.equals("[]") ? List.of() : List.of(level.split("\\+", -1));
  }
}
