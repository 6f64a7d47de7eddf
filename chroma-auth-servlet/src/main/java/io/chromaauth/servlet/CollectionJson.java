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
      JsonFactories.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * The one collection in a reply.
   *
   * @throws IOException if it is anything else
   */
  static CollectionJson readOne(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT);
      CollectionJson one = readOne(parser);
      expect(parser.nextToken() == null);
      return one;
    }
  }

  /**
   * The collections in a reply that lists them.
   *
   * @throws IOException if it is anything else
   */
  static List<CollectionJson> readList(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      expect(parser.nextToken() == JsonToken.START_ARRAY);
      List<CollectionJson> all = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        all.add(readOne(parser));
      }
      expect(parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null);
      return all;
    }
  }

  private static void expect(boolean fits) throws IOException {
    if (!fits) {
      throw new IOException("the reply is not a collection, or not a list of them");
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
