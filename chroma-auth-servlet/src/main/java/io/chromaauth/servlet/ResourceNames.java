package io.chromaauth.servlet;

import io.chromaauth.AuthzResource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What path and query of a request name.
 *
 * @param resource tenant, database and collection as far as they are named there
 * @param id the collection's UUID, or null if the route names none
 */
record ResourceNames(AuthzResource resource, @Nullable UUID id) {
  static final String DEFAULT_TENANT = "default_tenant";
  static final String DEFAULT_DATABASE = "default_database";

  /** The names, or null if they contradict each other, come twice or are no UUID. */
  static @Nullable ResourceNames of(Route route, RequestPath path, Query query) {
    UUID id = route.path().id(path);
    if (route.namesId() && id == null) {
      return null;
    }
    AuthzResource resource = resource(route, path, query);
    if (resource == null) {
      return null;
    }
    return new ResourceNames(resource, id);
  }

  private static @Nullable AuthzResource resource(Route route, RequestPath path, Query query) {
    String tenant = route.path().tenant(path);
    String database = route.path().database(path);
    String collection = route.path().collection(path);
    if (route.names() == Route.Names.HOST_PATH) {
      return AuthzResource.of(tenant, database, collection);
    }
    boolean v1ById = route.names() == Route.Names.NOWHERE && route.namesId();
    if (query.ambiguous()) {
      return null;
    }
    if (v1ById) {
      return AuthzResource.NONE;
    }
    if (route.names() == Route.Names.QUERY) {
      return fromQuery(route, database, collection, query);
    }
    if (!agrees(query.tenant(), tenant) || !agrees(query.database(), database)) {
      return null;
    }
    return route.names() == Route.Names.NOWHERE
        ? AuthzResource.NONE
        : AuthzResource.of(tenant, database, collection);
  }

  private static @Nullable AuthzResource fromQuery(
      Route route, @Nullable String inPath, @Nullable String collection, Query query) {
    String tenant = Objects.requireNonNullElse(query.tenant(), DEFAULT_TENANT);
    if (inPath != null && !agrees(query.database(), inPath)) {
      return null;
    }
    if (inPath != null || !route.namesDatabaseInQuery()) {
      return AuthzResource.of(tenant, inPath, null);
    }
    String database = Objects.requireNonNullElse(query.database(), DEFAULT_DATABASE);
    return AuthzResource.of(tenant, database, collection);
  }

  private static boolean agrees(@Nullable String inQuery, @Nullable String inPath) {
    return inQuery == null || inQuery.equals(inPath);
  }
}
