package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.demo.store.ChromaCollection;
import io.chromaauth.demo.store.MetadataKind;
import java.io.IOException;
import java.util.List;

/** A collection as clients get it. */
record CollectionJson(ChromaCollection collection, List<MetadataKind> kinds, Dialect dialect)
    implements Answer.Json {

  @Override
  public void write(JsonGenerator json) throws IOException {
    IndexSettings settings = IndexSettings.parse(collection.configuration());
    json.writeStartObject();
    json.writeStringField("id", collection.id().toString());
    json.writeStringField("name", collection.name());
    json.writeObjectFieldStart("configuration_json");
    if (dialect == Dialect.CHROMA_0) {
      configurationBefore1(json, settings);
      json.writeEndObject();
    } else {
      configuration(json, settings);
      json.writeEndObject();
      json.writePOJOField("schema", SchemaJson.of(settings, kinds));
    }
    rest(json);
    json.writeEndObject();
  }

  /** All that a list may have of it for Python clients of 0.4. */
  void writeAsBefore05(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", collection.id().toString());
    json.writeStringField("name", collection.name());
    json.writeFieldName("metadata");
    RecordsJson.raw(json, collection.metadata());
    json.writeStringField("tenant", collection.tenant());
    json.writeStringField("database", collection.database());
    json.writeEndObject();
  }

  private static void configuration(JsonGenerator json, IndexSettings settings) throws IOException {
    json.writeObjectFieldStart("hnsw");
    json.writeStringField("space", settings.space().wireName());
    json.writeNumberField("ef_construction", settings.efConstruction());
    json.writeNumberField("ef_search", settings.efSearch());
    json.writeNumberField("max_neighbors", settings.maxNeighbors());
    json.writeNumberField("resize_factor", settings.resizeFactor());
    json.writeNumberField("sync_threshold", settings.syncThreshold());
    json.writeEndObject();
    json.writeNullField("spann");
    json.writePOJOField("embedding_function", settings.embeddingFunction());
  }

  /** Clients up to 0.6.3 refuse any other key, and want these types. */
  private static void configurationBefore1(JsonGenerator json, IndexSettings settings)
      throws IOException {
    json.writeObjectFieldStart("hnsw_configuration");
    json.writeStringField("space", settings.space().wireName());
    json.writeNumberField("ef_construction", settings.efConstruction());
    json.writeNumberField("ef_search", settings.efSearch());
    json.writeNumberField("num_threads", settings.threads());
    json.writeNumberField("M", settings.maxNeighbors());
    json.writeNumberField("resize_factor", settings.resizeFactor());
    json.writeNumberField("batch_size", settings.batchSize());
    json.writeNumberField("sync_threshold", settings.syncThreshold());
    json.writeStringField("_type", "HNSWConfigurationInternal");
    json.writeEndObject();
    json.writeStringField("_type", "CollectionConfigurationInternal");
  }

  private void rest(JsonGenerator json) throws IOException {
    json.writeFieldName("metadata");
    RecordsJson.raw(json, collection.metadata());
    Integer dimension = collection.dimension();
    if (dimension == null) {
      json.writeNullField("dimension");
    } else {
      json.writeNumberField("dimension", dimension);
    }
    json.writeStringField("tenant", collection.tenant());
    json.writeStringField("database", collection.database());
    json.writeNumberField("log_position", 0);
    json.writeNumberField("version", 0);
  }
}
