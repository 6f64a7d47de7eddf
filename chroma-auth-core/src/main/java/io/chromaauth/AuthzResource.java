package io.chromaauth;

import org.jspecify.annotations.Nullable;

/**
 * What an action is done on, named as Chroma does: a tenant, a database in it, a collection in
 * that.
 *
 * <p>A level that is null is not named by the request. When the resource is {@linkplain #partial
 * partial}, it will be named later, by the owner of the collection's UUID, and is not held against
 * the request yet. Names are compared byte for byte; a {@code *} in one is text.
 *
 * @param tenant the tenant's name, or null
 * @param database the database's name, or null
 * @param collection the collection's name (never its UUID), or null
 * @param partial whether the levels that are null here are still to be found
 */
public record AuthzResource(
    @Nullable String tenant,
    @Nullable String database,
    @Nullable String collection,
    boolean partial) {
  /** Names nothing: what {@code system:reset} is done on. */
  public static final AuthzResource NONE = new AuthzResource(null, null, null, false);

  /** A level of the hierarchy. */
  public enum Level {
    TENANT,
    DATABASE,
    COLLECTION
  }

  public AuthzResource {
    if (collection != null && database == null) {
      throw new IllegalArgumentException("collection '" + collection + "' has no database");
    }
    if (database != null && tenant == null) {
      throw new IllegalArgumentException("database '" + database + "' has no tenant");
    }
  }

  /** The resource with these names, each level but the first only below a named one. */
  public static AuthzResource of(
      @Nullable String tenant, @Nullable String database, @Nullable String collection) {
    return new AuthzResource(tenant, database, collection, false);
  }

  /** This resource as long as the levels that it does not name are still to be found. */
  public AuthzResource asPartial() {
    return new AuthzResource(tenant, database, collection, true);
  }

  /** This resource with another collection in the same database. */
  public AuthzResource withCollection(String name) {
    return new AuthzResource(tenant, database, name, false);
  }

  /** The name at a level, or null. */
  public @Nullable String at(Level level) {
    return switch (level) {
      case TENANT -> tenant;
      case DATABASE -> database;
      case COLLECTION -> collection;
    };
  }
}
