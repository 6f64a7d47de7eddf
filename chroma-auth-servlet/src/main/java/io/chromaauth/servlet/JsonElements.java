package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.chromaauth.CollectionResolver.Element;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes a JSON list of named objects apart without changing a byte of them. */
final class JsonElements {
  private static final JsonFactory JSON =
      JsonFactories.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonElements() {}

  /**
   * The objects of a list, each with the text at {@code name}.
   *
   * @throws IOException if it is not such a list
   */
  static List<Element> read(byte[] body) throws IOException {
    List<Element> elements = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("the reply is not a list");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String name = name(parser);
        int end = (int) parser.currentLocation().getByteOffset();
        elements.add(
            new Element(name, new String(body, start, end - start, StandardCharsets.UTF_8)));
      }
      if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
        throw new IOException("the reply is not a list of objects");
      }
    }
    return elements;
  }

  private static String name(JsonParser parser) throws IOException {
    String name = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isName = parser.currentName().equals("name");
      boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
      name = isName && isText ? parser.getText() : name;
      parser.skipChildren();
    }
    if (name == null) {
      throw new IOException("an element without a name");
    }
    return name;
  }
}
