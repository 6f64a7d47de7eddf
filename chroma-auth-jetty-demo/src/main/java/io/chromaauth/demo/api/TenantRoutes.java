package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.demo.store.Catalog;
import io.chromaauth.demo.store.ChromaDatabase;
import java.io.IOException;
import java.util.List;

/** Tenants, and their databases. */
final class TenantRoutes {
  private static final Payload CREATE_TENANT = Payload.of("CreateTenantPayload", "name");
  private static final Payload UPDATE_TENANT = Payload.of("UpdateTenantPayload", "resource_name");
  private static final Payload CREATE_DATABASE = Payload.of("CreateDatabasePayload", "name");
  private static final String TENANTS = "/api/v2/tenants";
  private static final String DATABASES = TENANTS + "/{tenant}/databases";

  private final Catalog catalog;

  TenantRoutes(Catalog catalog) {
    this.catalog = catalog;
  }

  List<Route> routes() {
    return List.of(
        Route.post(TENANTS, this::createTenant),
        Route.get(TENANTS + "/{tenant}", this::tenant),
        Route.patch(TENANTS + "/{tenant}", this::updateTenant),
        Route.get(DATABASES, this::databases),
        Route.post(DATABASES, this::createDatabase),
        Route.get(DATABASES + "/{database}", this::database),
        Route.delete(DATABASES + "/{database}", this::deleteDatabase),
        Route.post("/api/v1/tenants", this::createTenant),
        Route.get("/api/v1/tenants/{tenant}", this::tenant),
        Route.post("/api/v1/databases", this::createDatabase),
        Route.get("/api/v1/databases/{database}", this::database));
  }

  private Answer createTenant(Call call) throws IOException {
    catalog.createTenant(Names.tenant(call.body(CREATE_TENANT).text("name")));
    return Answer.done(call.dialect());
  }

  private Answer tenant(Call call) {
    if (!catalog.hasTenant(call.tenant())) {
      throw ApiException.of(Fault.NOT_FOUND, "Tenant [" + call.tenant() + "] not found");
    }
    return Answer.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", call.tenant());
          if (call.dialect() == Dialect.CHROMA_1) {
            json.writeNullField("resource_name");
          }
          json.writeEndObject();
        });
  }

  /** Chroma's local server takes a resource name, of any tenant, and forgets it. */
  private Answer updateTenant(Call call) throws IOException {
    call.body(UPDATE_TENANT).text("resource_name");
    return Answer.done(call.dialect());
  }

  private Answer databases(Call call) {
    long limit = call.query().number("limit", -1);
    long offset = call.query().number("offset", 0);
    List<ChromaDatabase> databases = catalog.databases(call.tenant(), limit, offset);
    return Answer.ok(
        json -> {
          json.writeStartArray();
          for (ChromaDatabase database : databases) {
            write(json, database);
          }
          json.writeEndArray();
        });
  }

  private Answer createDatabase(Call call) throws IOException {
    String name = Names.database(call.body(CREATE_DATABASE).text("name"));
    catalog.createDatabase(call.tenant(), name);
    return Answer.done(call.dialect());
  }

  private Answer database(Call call) {
    ChromaDatabase database =
        catalog
            .database(call.tenant(), call.database())
            .orElseThrow(
                () ->
                    ApiException.of(
                        Fault.NOT_FOUND,
                        "Database [" + call.database() + "] not found. Are you sure it exists?"));
    return Answer.ok(json -> write(json, database));
  }

  private Answer deleteDatabase(Call call) {
    catalog.deleteDatabase(call.tenant(), call.database());
    return Answer.done(call.dialect());
  }

  static void write(JsonGenerator json, ChromaDatabase database) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", database.id());
    json.writeStringField("name", database.name());
    json.writeStringField("tenant", database.tenant());
    json.writeEndObject();
  }
}
