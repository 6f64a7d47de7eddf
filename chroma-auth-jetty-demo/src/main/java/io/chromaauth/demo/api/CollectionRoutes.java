package io.chromaauth.demo.api;

import io.chromaauth.demo.store.Catalog;
import io.chromaauth.demo.store.ChromaCollection;
import io.chromaauth.demo.store.CollectionChange;
import io.chromaauth.demo.store.CollectionDraft;
import io.chromaauth.demo.store.MetadataValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collections, apart from what is in them. */
final class CollectionRoutes {
  private static final Payload CREATE =
      Payload.of(
          "CreateCollectionPayload",
          "name",
          "metadata",
          "configuration",
          "schema",
          "get_or_create");
  private static final Payload UPDATE =
      Payload.of("UpdateCollectionPayload", "new_name", "new_metadata", "new_configuration");
  private static final String DATABASE = "/api/v2/tenants/{tenant}/databases/{database}";
  private static final String V2 = DATABASE + "/collections";
  private static final String V1 = "/api/v1/collections";

  private final Catalog catalog;
  private final CollectionLookup collections;

  CollectionRoutes(Catalog catalog, CollectionLookup collections) {
    this.catalog = catalog;
    this.collections = collections;
  }

  List<Route> routes() {
    return List.of(
        Route.get(DATABASE + "/collections_count", this::count),
        Route.get(V2, this::list),
        Route.post(V2, this::create),
        Route.get(V2 + "/by-id/{id}", this::byId),
        Route.get(V2 + "/{name}", this::byName),
        Route.delete(V2 + "/{name}", this::delete),
        Route.put(V2 + "/{id}", this::update),
        Route.get("/api/v1/count_collections", this::count),
        Route.get(V1, this::list),
        Route.post(V1, this::create),
        Route.get(V1 + "/{name}", this::byName),
        Route.delete(V1 + "/{name}", this::delete),
        Route.put(V1 + "/{id}", this::update));
  }

  private Answer count(Call call) {
    long count = catalog.count(call.tenant(), call.database());
    return Answer.ok(json -> json.writeNumber(count));
  }

  private Answer list(Call call) {
    long limit = call.query().number("limit", -1);
    long offset = call.query().number("offset", 0);
    List<CollectionJson> page = new ArrayList<>();
    for (ChromaCollection collection :
        catalog.collections(call.tenant(), call.database(), limit, offset)) {
      page.add(collections.json(collection, call.dialect()));
    }
    boolean python04 =
        Dialect.isPython04(call.namesIdOnly(), call.request().getHeader("User-Agent"));
    return Answer.ok(
        json -> {
          json.writeStartArray();
          for (CollectionJson collection : page) {
            if (python04) {
              collection.writeAsBefore05(json);
            } else {
              collection.write(json);
            }
          }
          json.writeEndArray();
        });
  }

  private Answer create(Call call) throws IOException {
    Fields body = call.body(CREATE);
    String name = Names.collection("name", body.text("name"));
    boolean getOrCreate = body.flag("get_or_create");
    IndexSettings settings = ConfigurationForm.created(body);
    CollectionDraft draft =
        new CollectionDraft(
            call.tenant(),
            call.database(),
            name,
            settings.space(),
            settings.text(),
            MetadataForm.NEW.ofCollection(body, "metadata"));
    ChromaCollection made = getOrCreate ? catalog.getOrCreate(draft) : catalog.create(draft);
    return Answer.ok(collections.json(made, call.dialect()));
  }

  private Answer byName(Call call) {
    return Answer.ok(collections.json(named(call), call.dialect()));
  }

  private Answer byId(Call call) {
    String noUuid = "Validation error: collection_id: Invalid collection ID format, expected UUID";
    return Answer.ok(
        collections.json(collections.withId(call, noUuid, "does not exist"), call.dialect()));
  }

  private Answer update(Call call) throws IOException {
    ChromaCollection collection = collections.withId(call);
    Fields body = call.body(UPDATE);
    String name = body.optionalText("new_name");
    IndexSettings settings =
        ConfigurationForm.updated(body, IndexSettings.parse(collection.configuration()));
    catalog.update(
        collection,
        new CollectionChange(
            name == null ? null : Names.collection("new_name", name),
            newMetadata(body, call.dialect()),
            settings == null ? null : settings.text()));
    return Answer.done(call.dialect());
  }

  /** Go clients of 0.2 send an empty one where nothing changes. */
  private static @Nullable Map<String, MetadataValue> newMetadata(Fields body, Dialect dialect) {
    boolean none = dialect == Dialect.CHROMA_0 && body.isEmptyObject("new_metadata");
    return none ? null : MetadataForm.UPDATE.ofCollection(body, "new_metadata");
  }

  private Answer delete(Call call) {
    catalog.delete(named(call));
    return Answer.done(call.dialect());
  }

  private ChromaCollection named(Call call) {
    return catalog
        .collection(call.tenant(), call.database(), call.at("name"))
        .orElseThrow(
            () ->
                ApiException.of(
                    Fault.NO_COLLECTION, "Collection [" + call.at("name") + "] does not exist"));
  }
}
