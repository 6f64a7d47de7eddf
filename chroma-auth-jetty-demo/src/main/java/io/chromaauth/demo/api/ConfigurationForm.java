package io.chromaauth.demo.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a collection's configuration from the body that creates or updates it. */
final class ConfigurationForm {
  /** Embedding functions that are told by name and parameters; all others only by their type. */
  private static final String KNOWN = "known";

  private static final Set<String> TYPES = Set.of(KNOWN, "legacy", "unknown");

  private ConfigurationForm() {}

  /**
   * From configuration, schema or metadata: of these, the one that is not the default. Clients of
   * 1.5.9 send a configuration also where their user has said everything in metadata.
   */
  static IndexSettings created(Fields fields) {
    JsonNode configuration = structure(fields, "configuration", "struct CollectionConfiguration");
    JsonNode schema = structure(fields, "schema", "struct Schema");
    IndexSettings ofSchema = schema == null ? null : SchemaForm.created(schema);
    JsonNode metadata = fields.optional("metadata");
    IndexSettings settings =
        configuration == null
            ? IndexSettingsForm.ofMetadata(metadata)
            : ofConfiguration(configuration, metadata);
    if (ofSchema == null) {
      return settings;
    }
    if (settings.isDefault()) {
      return configuration != null && ofSchema.isDefault() ? settings : ofSchema;
    }
    if (!ofSchema.isDefault()) {
      throw SchemaForm.irreconcilable(
          "Cannot set both collection config and schema simultaneously");
    }
    return settings;
  }

  private static IndexSettings ofConfiguration(
      JsonNode configuration, @Nullable JsonNode metadata) {
    JsonNode hnsw = present(configuration, "hnsw");
    JsonNode spann = present(configuration, "spann");
    JsonNode old = present(configuration, "hnsw_configuration");
    if (hnsw != null && spann != null) {
      throw ApiException.invalid("Multiple vector index configurations provided");
    }
    IndexSettings settings;
    if (hnsw != null) {
      IndexSettings said = IndexSettingsForm.created("configuration.hnsw", hnsw);
      IndexSettings ofMetadata = IndexSettingsForm.ofMetadata(metadata);
      settings = said.isDefault() ? ofMetadata : said;
    } else if (spann != null) {
      // as Chroma's local server does: its space, in an index of the other kind
      settings = spaceOnly("configuration.spann", spann);
    } else if (old != null && metadata == null) {
      settings = IndexSettingsForm.beforeChroma1(old);
    } else {
      settings = IndexSettingsForm.ofMetadata(metadata);
    }
    return settings.withEmbeddingFunction(
        embeddingFunction("configuration.embedding_function", configuration));
  }

  static IndexSettings spaceOnly(String path, JsonNode index) {
    JsonNode space = present(index, "space");
    return space == null
        ? IndexSettings.DEFAULT
        : IndexSettingsForm.created(path, Payload.MAPPER.createObjectNode().set("space", space));
  }

  /** Of a collection that is there; null if the body says nothing of it. */
  static @Nullable IndexSettings updated(Fields fields, IndexSettings present) {
    JsonNode update =
        structure(fields, "new_configuration", "struct UpdateCollectionConfiguration");
    if (update == null) {
      return null;
    }
    IndexSettings settings =
        IndexSettingsForm.updated("new_configuration.hnsw", present, present(update, "hnsw"));
    JsonNode function = embeddingFunction("new_configuration.embedding_function", update);
    return function == null ? settings : settings.withEmbeddingFunction(function);
  }

  static @Nullable JsonNode embeddingFunction(String path, JsonNode configuration) {
    JsonNode function = present(configuration, "embedding_function");
    if (function == null) {
      return null;
    }
    if (!function.isObject()) {
      throw Fields.wrongType(
          path, function, "internally tagged enum EmbeddingFunctionConfiguration");
    }
    JsonNode type = function.get("type");
    if (type == null || !TYPES.contains(type.asText())) {
      throw ApiException.malformed(path + ": missing field `type`");
    }
    for (String field :
        type.asText().equals(KNOWN) ? List.of("name", "config") : List.<String>of()) {
      if (!function.has(field)) {
        throw ApiException.malformed(path + ": missing field `" + field + "`");
      }
    }
    return function;
  }

  private static @Nullable JsonNode structure(Fields fields, String name, String expected) {
    JsonNode value = fields.optional(name);
    if (value != null && !value.isObject()) {
      throw Fields.wrongType(name, value, expected);
    }
    return value;
  }

  static @Nullable JsonNode present(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
