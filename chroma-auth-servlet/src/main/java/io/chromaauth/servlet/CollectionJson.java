package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver.Found;
import io.chromaauth.CollectionResolver.Resolution;
import io.chromaauth.CollectionResolver.Unavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A collection as a Chroma server describes it, as far as it matters here.
 *
 * @param texts its top-level texts by name: {@code id}, {@code name}, {@code tenant}, ...
 */
record CollectionJson(Map<String, String> texts) {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * The collections in a reply: one object, or a list of them.
   *
   * @throws IOException if it is neither
   */
  static List<CollectionJson> read(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        return List.of(readOne(parser));
      }
      if (first != JsonToken.START_ARRAY) {
        throw new IOException("the reply is not a collection");
      }
      List<CollectionJson> all = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        all.add(readOne(parser));
      }
      return all;
    }
  }

  boolean isOf(UUID id) {
    return id.toString().equalsIgnoreCase(texts.get("id"));
  }

  /** The owner as the reply names it. */
  Resolution found() {
    String tenant = texts.get("tenant");
    String database = texts.get("database");
    String name = texts.get("name");
    return tenant == null || database == null || name == null
        ? new Unavailable("the upstream's reply names no owner")
        : new Found(AuthzResource.of(tenant, database, name));
  }

  private static CollectionJson readOne(JsonParser parser) throws IOException {
    Map<String, String> texts = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return new CollectionJson(texts);
  }
}
