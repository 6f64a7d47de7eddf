package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.servlet.Route.Access;
import io.chromaauth.servlet.Route.Body;
import io.chromaauth.servlet.Route.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes of the Chroma HTTP API, 0.4.15 to 1.5.9, and what each asks for. Nothing else is let
 * through.
 */
final class ChromaRoutes {
  private static final String TENANTS = "/api/v2/tenants";
  private static final String TENANT = TENANTS + "/{tenant}";
  private static final String DATABASES = TENANT + "/databases";
  private static final String DATABASE = DATABASES + "/{database}";
  private static final String COLLECTIONS = DATABASE + "/collections";
  private static final String NAMED = COLLECTIONS + "/{collection}";
  private static final String BY_ID = COLLECTIONS + "/{id}";

  static final List<Route> V2 =
      List.of(
          get("/api/v2").access(Access.PUBLIC),
          get("/api/v2/heartbeat").access(Access.PUBLIC),
          get("/api/v2/version").access(Access.PUBLIC),
          get("/api/v2/healthcheck"),
          get("/api/v2/pre-flight-checks"),
          get("/api/v2/auth/identity").access(Access.WHO_AM_I),
          // a reset, a new tenant and a resource name are everybody's: no bound holds them
          post("/api/v2/reset").requires(AuthzAction.RESET).named(Names.NOWHERE),
          post(TENANTS).requires(AuthzAction.CREATE_TENANT).named(Names.NOWHERE).body(Body.TENANT),
          get(TENANT).requires(AuthzAction.GET_TENANT),
          patch(TENANT).requires(AuthzAction.UPDATE_TENANT).named(Names.NOWHERE),
          get(DATABASES).requires(AuthzAction.LIST_DATABASES),
          post(DATABASES).requires(AuthzAction.CREATE_DATABASE).body(Body.DATABASE),
          get(DATABASE).requires(AuthzAction.GET_DATABASE),
          delete(DATABASE).requires(AuthzAction.DELETE_DATABASE),
          get(DATABASE + "/collections_count").requires(AuthzAction.COUNT_COLLECTIONS),
          get(COLLECTIONS).requires(AuthzAction.LIST_COLLECTIONS),
          post(COLLECTIONS)
              .requires(AuthzAction.CREATE_COLLECTION, AuthzAction.GET_OR_CREATE_COLLECTION)
              .body(Body.COLLECTION),
          get(NAMED).requires(AuthzAction.GET_COLLECTION),
          delete(NAMED).requires(AuthzAction.DELETE_COLLECTION),
          get(COLLECTIONS + "/by-id/{id}").requires(AuthzAction.GET_COLLECTION),
          put(BY_ID).requires(AuthzAction.UPDATE_COLLECTION).body(Body.RENAME),
          post(BY_ID + "/add").requires(AuthzAction.ADD),
          post(BY_ID + "/update").requires(AuthzAction.UPDATE),
          post(BY_ID + "/upsert").requires(AuthzAction.UPSERT),
          post(BY_ID + "/get").requires(AuthzAction.GET),
          post(BY_ID + "/delete").requires(AuthzAction.DELETE),
          post(BY_ID + "/query").requires(AuthzAction.QUERY),
          post(BY_ID + "/search").requires(AuthzAction.SEARCH),
          get(BY_ID + "/count").requires(AuthzAction.COUNT),
          get(BY_ID + "/indexing_status").requires(AuthzAction.COUNT),
          post(BY_ID + "/fork").requires(AuthzAction.FORK_COLLECTION).body(Body.FORK),
          get(BY_ID + "/fork_count").requires(AuthzAction.GET_COLLECTION),
          post(BY_ID + "/functions/attach")
              .requires(AuthzAction.CREATE_ATTACHED_FUNCTION)
              .body(Body.ATTACH),
          get(BY_ID + "/functions/{function}").requires(AuthzAction.GET_COLLECTION),
          post(BY_ID + "/attached_functions/{function}/detach")
              .requires(AuthzAction.REMOVE_ATTACHED_FUNCTION)
              .body(Body.DETACH),
          // its first part is a tenant's resource name, not the tenant: it names nothing here
          get("/api/v2/collections/{crn}")
              .requires(AuthzAction.GET_COLLECTION_BY_CRN)
              .named(Names.NOWHERE));

  private static final String V1_NAMED = "/api/v1/collections/{collection}";
  private static final String V1_BY_ID = "/api/v1/collections/{id}";

  static final List<Route> V1 =
      List.of(
          get("/api/v1").access(Access.PUBLIC),
          get("/api/v1/heartbeat").access(Access.PUBLIC),
          get("/api/v1/version").access(Access.PUBLIC),
          get("/api/v1/pre-flight-checks"),
          post("/api/v1/reset").requires(AuthzAction.RESET).named(Names.NOWHERE),
          post("/api/v1/tenants")
              .requires(AuthzAction.CREATE_TENANT)
              .named(Names.NOWHERE)
              .body(Body.TENANT),
          get("/api/v1/tenants/{tenant}").requires(AuthzAction.GET_TENANT),
          inQuery(post("/api/v1/databases").requires(AuthzAction.CREATE_DATABASE))
              .body(Body.DATABASE),
          inQuery(get("/api/v1/databases/{database}").requires(AuthzAction.GET_DATABASE)),
          inQuery(get("/api/v1/collections").requires(AuthzAction.LIST_COLLECTIONS)),
          inQuery(get("/api/v1/count_collections").requires(AuthzAction.COUNT_COLLECTIONS)),
          inQuery(
                  post("/api/v1/collections")
                      .requires(
                          AuthzAction.CREATE_COLLECTION, AuthzAction.GET_OR_CREATE_COLLECTION))
              .body(Body.COLLECTION),
          inQuery(get(V1_NAMED).requires(AuthzAction.GET_COLLECTION)),
          inQuery(delete(V1_NAMED).requires(AuthzAction.DELETE_COLLECTION)),
          byIdOnly(put(V1_BY_ID).requires(AuthzAction.UPDATE_COLLECTION)).body(Body.RENAME),
          byIdOnly(post(V1_BY_ID + "/add").requires(AuthzAction.ADD)),
          byIdOnly(post(V1_BY_ID + "/update").requires(AuthzAction.UPDATE)),
          byIdOnly(post(V1_BY_ID + "/upsert").requires(AuthzAction.UPSERT)),
          byIdOnly(post(V1_BY_ID + "/get").requires(AuthzAction.GET)),
          byIdOnly(post(V1_BY_ID + "/delete").requires(AuthzAction.DELETE)),
          byIdOnly(post(V1_BY_ID + "/query").requires(AuthzAction.QUERY)),
          byIdOnly(get(V1_BY_ID + "/count").requires(AuthzAction.COUNT)));

  /** Chroma's own documentation: for anyone who is known. */
  static final List<Route> DOCS =
      List.of(get("/openapi.json"), get("/docs"), get("/docs/{file}"), get("/redoc"));

  /** Ours. */
  static final Route CAN_I = post("/auth/can-i").access(Access.CAN_I);

  private ChromaRoutes() {}

  /** All of them. */
  static List<Route> all() {
    List<Route> all = new ArrayList<>(V2);
    all.addAll(V1);
    all.addAll(DOCS);
    return List.copyOf(all);
  }

  private static Route get(String path) {
    return Route.of("GET", path);
  }

  private static Route post(String path) {
    return Route.of("POST", path);
  }

  private static Route put(String path) {
    return Route.of("PUT", path);
  }

  private static Route patch(String path) {
    return Route.of("PATCH", path);
  }

  private static Route delete(String path) {
    return Route.of("DELETE", path);
  }

  private static Route inQuery(Route route) {
    return route.named(Names.QUERY);
  }

  /** API v1's routes by UUID name neither tenant nor database. */
  private static Route byIdOnly(Route route) {
    return route.named(Names.NOWHERE);
  }
}
