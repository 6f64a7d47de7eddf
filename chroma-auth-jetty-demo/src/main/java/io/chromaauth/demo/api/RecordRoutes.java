package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.chromaauth.demo.store.ChromaCollection;
import io.chromaauth.demo.store.Filter;
import io.chromaauth.demo.store.Neighbours;
import io.chromaauth.demo.store.Page;
import io.chromaauth.demo.store.RecordBatch;
import io.chromaauth.demo.store.Records;
import io.chromaauth.demo.store.Selection;
import io.chromaauth.demo.store.WriteMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of a collection, in API v2 and v1. */
final class RecordRoutes {
  private static final Set<String> COLUMNS = Set.of("ids", "metadatas", "documents", "uris");
  private static final Payload ADD =
      new Payload("AddCollectionRecordsPayload", COLUMNS, EmbeddingsForm.ADD);
  private static final Payload UPSERT =
      new Payload("UpsertCollectionRecordsPayload", COLUMNS, EmbeddingsForm.ADD);
  private static final Payload UPDATE =
      new Payload("UpdateCollectionRecordsPayload", COLUMNS, EmbeddingsForm.UPDATE);
  private static final Payload GET =
      Payload.of(
          "GetRequestPayload", "ids", "where", "where_document", "limit", "offset", "include");
  private static final Payload QUERY =
      new Payload(
          "QueryRequestPayload",
          Set.of("ids", "where", "where_document", "n_results", "include"),
          EmbeddingsForm.QUERY);
  private static final Payload DELETE =
      Payload.of("DeleteCollectionRecordsPayload", "ids", "where", "where_document", "limit");
  private static final List<Include> OF_GET = List.of(Include.DOCUMENTS, Include.METADATAS);
  private static final List<Include> OF_QUERY =
      List.of(Include.DOCUMENTS, Include.METADATAS, Include.DISTANCES);
  private static final int RESULTS = 10;

  private final Records records;
  private final CollectionLookup collections;

  RecordRoutes(Records records, CollectionLookup collections) {
    this.records = records;
    this.collections = collections;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String one :
        List.of(
            "/api/v2/tenants/{tenant}/databases/{database}/collections/{id}",
            "/api/v1/collections/{id}")) {
      routes.add(Route.post(one + "/add", this::add));
      routes.add(Route.post(one + "/update", this::update));
      routes.add(Route.post(one + "/upsert", this::upsert));
      routes.add(Route.post(one + "/get", this::get));
      routes.add(Route.post(one + "/query", this::query));
      routes.add(Route.post(one + "/delete", this::delete));
      routes.add(Route.get(one + "/count", this::count));
    }
    return routes;
  }

  private Answer add(Call call) throws IOException {
    Fields body = call.body(ADD);
    mustHaveEmbeddings(body);
    write(call, WriteMode.ADD, body, MetadataForm.NEW);
    return Answer.created(call.dialect());
  }

  private Answer upsert(Call call) throws IOException {
    Fields body = call.body(UPSERT);
    mustHaveEmbeddings(body);
    write(call, WriteMode.UPSERT, body, MetadataForm.UPDATE);
    return Answer.done(call.dialect());
  }

  private Answer update(Call call) throws IOException {
    write(call, WriteMode.UPDATE, call.body(UPDATE), MetadataForm.UPDATE);
    return Answer.done(call.dialect());
  }

  private static void mustHaveEmbeddings(Fields body) {
    body.required("ids");
    body.requiredEmbeddings("embeddings");
  }

  private void write(Call call, WriteMode mode, Fields body, MetadataForm form) {
    ChromaCollection collection = collections.withId(call);
    RecordBatch batch =
        new RecordBatch(
            body.texts("ids"),
            body.embeddings(),
            form.ofRecords(body, "metadatas"),
            body.textsOrNulls("uris"),
            body.textsOrNulls("documents"));
    records.write(collection, mode, batch);
  }

  private Answer get(Call call) throws IOException {
    Fields body = call.body(GET);
    List<Include> included = Include.of(body, OF_GET, call.dialect());
    long limit = body.number("limit", -1);
    long offset = body.number("offset", 0);
    Selection selection = selection(body, call.dialect());
    ChromaCollection collection = selectable(call, selection);
    Page page = counted(call).get(collection, selection, Include.fields(included), limit, offset);
    return Answer.ok(RecordsJson.of(page, included, call.dialect()));
  }

  private Answer query(Call call) throws IOException {
    Fields body = call.body(QUERY);
    List<float[]> queries = new ArrayList<>();
    for (float[] query : body.requiredEmbeddings("query_embeddings")) {
      if (query != null) {
        queries.add(query);
      }
    }
    if (queries.stream().mapToInt(query -> query.length).distinct().count() > 1) {
      throw ApiException.invalid("Inconsistent dimensions in provided embeddings");
    }
    List<Include> included = Include.of(body, OF_QUERY, call.dialect());
    int count = (int) Math.min(Integer.MAX_VALUE, body.number("n_results", RESULTS));
    Selection selection = selection(body, call.dialect());
    List<Neighbours> found =
        counted(call)
            .query(
                selectable(call, selection), queries, selection, count, Include.fields(included));
    return Answer.ok(RecordsJson.of(found, included, call.dialect()));
  }

  private Records counted(Call call) {
    return records.countedBy(call.supply().results());
  }

  private ChromaCollection selectable(Call call, Selection selection) {
    ChromaCollection collection = collections.withId(call);
    IndexedFilter.check(collection, selection.filter());
    return collection;
  }

  private Answer count(Call call) {
    long count = records.count(collections.withId(call));
    return Answer.ok(json -> json.writeNumber(count));
  }

  private Answer delete(Call call) throws IOException {
    Fields body = call.body(DELETE);
    long limit = body.number("limit", -1);
    Selection selection = selection(body, call.dialect());
    mustBeDeletable(selection, limit);
    ChromaCollection collection = selectable(call, selection);
    // as Chroma's server: nothing is named, nothing is deleted
    int deleted = selection.isAll() ? 0 : counted(call).delete(collection, selection, limit);
    if (call.dialect() == Dialect.CHROMA_0) {
      return Answer.done(call.dialect());
    }
    return Answer.ok(
        json -> {
          json.writeStartObject();
          json.writeNumberField("deleted", deleted);
          json.writeEndObject();
        });
  }

  private static void mustBeDeletable(Selection selection, long limit) {
    List<String> ids = selection.ids();
    if (selection.filter() == null && limit >= 0) {
      throw ApiException.invalid(
          "Validation error: limit, where: limit can only be specified when a where clause is"
              + " provided");
    }
    if (selection.filter() == null && ids != null && ids.isEmpty()) {
      throw ApiException.invalid(
          "Validation error: ids, where: Either ids or where must be specified");
    }
  }

  private static Selection selection(Fields body, Dialect dialect) {
    List<Filter> filters = new ArrayList<>();
    JsonNode where = condition(body, "where", dialect);
    JsonNode whereDocument = condition(body, "where_document", dialect);
    if (where != null) {
      filters.add(WhereForm.read(where));
    }
    if (whereDocument != null) {
      filters.add(WhereDocumentForm.read(whereDocument));
    }
    Filter filter =
        filters.size() == 2 ? new Filter.And(filters) : filters.stream().findFirst().orElse(null);
    return new Selection(body.optionalTexts("ids"), filter);
  }

  /** Clients of 0.4 send an empty object where there is none. */
  private static @Nullable JsonNode condition(Fields body, String name, Dialect dialect) {
    JsonNode value = body.optional(name);
    boolean empty = value != null && value.isObject() && value.isEmpty();
    return empty && dialect == Dialect.CHROMA_0 ? null : value;
  }
}
