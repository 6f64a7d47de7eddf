package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.chromaauth.settings.SettingReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings that Chroma writes as JSON. */
final class JsonSettings {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonSettings() {}

  /** A list of texts, empty if the setting is absent; noting a fault if it is something else. */
  static List<String> texts(String name, SettingReader reader) {
    Optional<String> value = reader.text(name);
    if (value.isEmpty()) {
      return List.of();
    }
    try (JsonParser parser = JSON.createParser(value.get())) {
      parser.nextToken();
      List<String> texts = texts(parser);
      requireEnd(parser);
      return texts;
    } catch (IOException e) {
      String expected = "a JSON list of texts such as [\"http://localhost:3000\"]";
      reader.fault(name, "something else", expected);
      return List.of();
    }
  }

  /** Lists of texts by name; empty if the setting is absent or wrong, noting a fault. */
  static Optional<Map<String, List<String>>> lists(String name, SettingReader reader) {
    Optional<String> value = reader.text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try (JsonParser parser = JSON.createParser(value.get())) {
      Map<String, List<String>> lists = new LinkedHashMap<>();
      require(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        lists.put(key, texts(parser));
      }
      requireEnd(parser);
      return Optional.of(lists);
    } catch (IOException e) {
      String expected = "a JSON object of lists such as {\"/api/v2/heartbeat\": [\"GET\"]}";
      reader.fault(name, "something else", expected);
      return Optional.empty();
    }
  }

  private static List<String> texts(JsonParser parser) throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(parser.getText());
    }
    require(parser.currentToken() == JsonToken.END_ARRAY);
    return texts;
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    require(parser.nextToken() == null);
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw new IOException("another type");
    }
  }
}
