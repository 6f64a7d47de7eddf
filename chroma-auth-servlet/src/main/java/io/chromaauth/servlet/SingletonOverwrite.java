package io.chromaauth.servlet;

import io.chromaauth.UserIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chroma's {@code CHROMA_OVERWRITE_SINGLETON_TENANT_DATABASE_ACCESS_FROM_AUTH}: where a request
 * names Chroma's default tenant or database, or API v1 none, and its identity has only one, that
 * one takes the default's place. What a request names itself is never replaced. Bodies are not
 * touched.
 */
final class SingletonOverwrite {
  private static final String TENANT = "tenant";
  private static final String DATABASE = "database";

  private SingletonOverwrite() {}

  /** The request's target with what is replaced, or empty if nothing is. */
  static Optional<Target> of(
      Route route, RequestPath path, IncomingRequest request, UserIdentity identity) {
    String tenant = identity.tenant();
    String database = only(identity.databases());
    boolean named = route.names() == Route.Names.PATH || route.names() == Route.Names.QUERY;
    if (!named || (tenant == null && database == null)) {
      return Optional.empty();
    }
    Map<Integer, String> segments = new HashMap<>();
    replace(route.path().tenant(), path, ResourceNames.DEFAULT_TENANT, tenant)
        .ifPresent(segments::putAll);
    replace(route.path().database(), path, ResourceNames.DEFAULT_DATABASE, database)
        .ifPresent(segments::putAll);
    Map<String, String> parameters = parameters(route, request, tenant, database);
    return segments.isEmpty() && parameters.isEmpty()
        ? Optional.empty()
        : Optional.of(Target.of(request.path(), request.query(), segments, parameters));
  }

  private static Optional<Map<Integer, String>> replace(
      int index, RequestPath path, String byDefault, @Nullable String only) {
    boolean replaced =
        only != null
            && index >= 0
            && path.segment(index).equals(byDefault)
            && !only.equals(byDefault);
    return replaced && only != null ? Optional.of(Map.of(index, only)) : Optional.empty();
  }

  private static Map<String, String> parameters(
      Route route, IncomingRequest request, @Nullable String tenant, @Nullable String database) {
    Query query = Query.parse(request.query());
    boolean tenantInQuery = route.names() == Route.Names.QUERY;
    Map<String, String> parameters = new TreeMap<>();
    if (tenant != null
        && isReplaced(query.tenant(), tenantInQuery, ResourceNames.DEFAULT_TENANT, tenant)) {
      parameters.put(TENANT, tenant);
    }
    if (database != null
        && isReplaced(
            query.database(),
            route.namesDatabaseInQuery(),
            ResourceNames.DEFAULT_DATABASE,
            database)) {
      parameters.put(DATABASE, database);
    }
    return parameters;
  }

  /**
   * @param named what the query says, or null
   * @param meansDefault whether saying nothing means the default
   */
  private static boolean isReplaced(
      @Nullable String named, boolean meansDefault, String byDefault, String only) {
    boolean isDefault = named == null ? meansDefault : named.equals(byDefault);
    return isDefault && !only.equals(byDefault);
  }

  private static @Nullable String only(@Nullable List<String> databases) {
    return databases != null && databases.size() == 1 ? databases.get(0) : null;
  }
}
