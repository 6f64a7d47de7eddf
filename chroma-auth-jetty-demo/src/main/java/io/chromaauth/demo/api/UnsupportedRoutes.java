package io.chromaauth.demo.api;

import java.io.IOException;
import java.util.List;

/**
 * What Chroma's API has and this server has not. Nearly all of it is the same with Chroma's own
 * local server, which is where the messages come from.
 */
final class UnsupportedRoutes {
  private static final Payload FORK = Payload.of("ForkCollectionPayload", "new_name");
  private static final Payload SEARCH = Payload.of("SearchRequestPayload", "searches");
  private static final String ONE =
      "/api/v2/tenants/{tenant}/databases/{database}/collections/{id}";

  private final CollectionLookup collections;

  UnsupportedRoutes(CollectionLookup collections) {
    this.collections = collections;
  }

  List<Route> routes() {
    return List.of(
        Route.post(ONE + "/fork", this::fork),
        Route.get(ONE + "/fork_count", none("Count forks is unsupported for local chroma")),
        Route.post(ONE + "/search", this::search),
        Route.get(ONE + "/indexing_status", none("Indexing status is unsupported here")),
        Route.post(ONE + "/functions/attach", none("Attached functions are unsupported here")),
        Route.get(ONE + "/functions/{function}", this::function),
        Route.post(
            ONE + "/attached_functions/{function}/detach",
            none("Attached functions are unsupported here")),
        Route.get("/api/v2/collections/{crn}", this::crn));
  }

  private Answer fork(Call call) throws IOException {
    call.body(FORK).text("new_name");
    return none("Collection forking is unsupported for local chroma").answer(call);
  }

  private Answer search(Call call) throws IOException {
    Fields.elements("searches", call.body(SEARCH).required("searches"));
    return none("Error executing plan: Not implemented: Search operation is not implemented for local"
            + " executor")
        .answer(call);
  }

  private Answer function(Call call) {
    collections.withId(call);
    throw ApiException.of(Fault.NOT_FOUND, "Attached function not found");
  }

  private Answer crn(Call call) {
    if (call.at("crn").split(":", -1).length != 3) {
      throw ApiException.invalid(
          "Validation error: crn: CRN must be in the format"
              + " <tenant_resource_name>:<database_name>:<collection_name> with non-empty parts");
    }
    throw ApiException.of(Fault.UNSUPPORTED, "Resource names are unsupported here");
  }

  private Route.Handler none(String message) {
    return call -> {
      collections.withId(call);
      throw ApiException.of(Fault.UNSUPPORTED, message);
    };
  }
}
