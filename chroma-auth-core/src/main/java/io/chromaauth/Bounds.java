package io.chromaauth;

import static io.chromaauth.AuthzResource.Level.COLLECTION;
import static io.chromaauth.AuthzResource.Level.DATABASE;
import static io.chromaauth.AuthzResource.Level.TENANT;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an identity may act. Null at a level is no bound; an empty list is nothing at all.
 *
 * @param tenant the only tenant, or null
 * @param databases the only databases, in the order of the configuration, or null
 * @param collections patterns of collection names ({@code *} stands for any run of characters), or
 *     null
 */
public record Bounds(
    @Nullable String tenant, @Nullable List<String> databases, @Nullable List<String> collections) {
  /** No bound on any level. */
  public static final Bounds NONE = new Bounds(null, null, null);

  /** Every set of levels: tenant is bit 0, database 1, collection 2. Asked for in each request. */
  private static final List<Set<AuthzResource.Level>> LEVELS =
      List.of(
          Set.of(),
          Set.of(TENANT),
          Set.of(DATABASE),
          Set.of(TENANT, DATABASE),
          Set.of(COLLECTION),
          Set.of(TENANT, COLLECTION),
          Set.of(DATABASE, COLLECTION),
          Set.of(TENANT, DATABASE, COLLECTION));

  public Bounds {
    databases = databases == null ? null : List.copyOf(databases);
    collections = collections == null ? null : List.copyOf(collections);
  }

  /** The levels that are bound; immutable. */
  public Set<AuthzResource.Level> levels() {
    int index =
        (tenant == null ? 0 : 1) + (databases == null ? 0 : 2) + (collections == null ? 0 : 4);
    return LEVELS.get(index);
  }

  /**
   * The bounds within which both these and the others hold.
   *
   * @throws IllegalArgumentException if they name two tenants, or two different lists of collection
   *     patterns: what both would allow can't be said in a list of patterns
   */
  public Bounds and(Bounds other) {
    if (equals(NONE) || other.equals(NONE)) {
      return equals(NONE) ? other : this; // many users share one instance
    }
    return new Bounds(
        same("tenant", tenant, other.tenant),
        common(databases, other.databases),
        same("collections", collections, other.collections));
  }

  private static <T> @Nullable T same(String level, @Nullable T one, @Nullable T two) {
    if (one != null && two != null && !Objects.equals(one, two)) {
      throw new IllegalArgumentException(level + " '" + two + "' beside '" + one + "'");
    }
    return one == null ? two : one;
  }

  private static @Nullable List<String> common(
      @Nullable List<String> one, @Nullable List<String> two) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    return one.stream().filter(two::contains).toList();
  }
}
