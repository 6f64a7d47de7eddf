package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the JSON object in a body names. Read strictly, so that no server behind can read it
 * otherwise: UTF-8 without a byte order mark, one object, no duplicate keys, nesting of at most 64.
 *
 * @param name the text at {@code name}, or null
 * @param newName the text at {@code new_name}, or null
 * @param outputCollection the text at {@code output_collection}, or null
 * @param getOrCreate whether {@code get_or_create} is true
 * @param deleteOutput whether {@code delete_output} is true
 * @param guarded whether a configuration holds the key {@code trust_remote_code}
 */
record BodyNames(
    @Nullable String name,
    @Nullable String newName,
    @Nullable String outputCollection,
    boolean getOrCreate,
    boolean deleteOutput,
    boolean guarded) {
  /** Where a server would look for code to run (CVE-2026-45829). */
  private static final Set<String> CONFIGURATIONS =
      Set.of("configuration", "configuration_json", "new_configuration", "schema");

  private static final String GUARDED_KEY = "trust_remote_code";

  /** The names in a body, or null if it is not such JSON or has another type where a name is. */
  static @Nullable BodyNames parse(byte[] body) {
    try (JsonParser parser = StrictJson.parser(body)) {
      return new Reader(parser).read();
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads one document. */
  private static final class Reader {
    private final JsonParser parser;
    private @Nullable String name;
    private @Nullable String newName;
    private @Nullable String outputCollection;
    private boolean getOrCreate;
    private boolean deleteOutput;
    private boolean guarded;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    @Nullable BodyNames read() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        if (!readValue(key)) {
          return null;
        }
      }
      boolean end = parser.nextToken() == null;
      return end
          ? new BodyNames(name, newName, outputCollection, getOrCreate, deleteOutput, guarded)
          : null;
    }

    /** Whether the value is of a type that all servers read alike. */
    private boolean readValue(String key) throws IOException {
      JsonToken token = parser.currentToken();
      switch (key) {
        case "name" -> name = textOrNull();
        case "new_name" -> newName = textOrNull();
        case "output_collection" -> outputCollection = textOrNull();
        case "get_or_create" -> {
          getOrCreate = token == JsonToken.VALUE_TRUE;
          return token.isBoolean() || token == JsonToken.VALUE_NULL;
        }
        case "delete_output" -> {
          deleteOutput = token == JsonToken.VALUE_TRUE;
          return token.isBoolean() || token == JsonToken.VALUE_NULL;
        }
        default -> {
          skip(CONFIGURATIONS.contains(key));
          return true;
        }
      }
      return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL;
    }

    private @Nullable String textOrNull() throws IOException {
      return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    private void skip(boolean configuration) throws IOException {
      if (!parser.currentToken().isStructStart()) {
        return;
      }
      int open = 1;
      while (open > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new IOException("unexpected end");
        }
        open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        guarded |=
            configuration
                && token == JsonToken.FIELD_NAME
                && GUARDED_KEY.equals(parser.currentName());
      }
    }
  }
}
