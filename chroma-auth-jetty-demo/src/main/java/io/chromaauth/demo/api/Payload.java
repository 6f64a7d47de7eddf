package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chromaauth.demo.store.Budget;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a request's body: one JSON object. Fields that it does not know are passed over.
 *
 * @param name Chroma's own name of the form, for messages
 * @param fields those that may be there
 * @param embeddings how embeddings are read, or null if it has none; they never become a tree
 */
record Payload(String name, Set<String> fields, @Nullable EmbeddingsForm embeddings) {
  /** As deep as Chroma's own reader goes. */
  private static final int DEPTH = 127;

  /** Jackson takes up to four times as much while it reads a text. */
  private static final int LONGEST = (int) Math.min(Budget.partOfHeap(48), Integer.MAX_VALUE);

  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CHARSET_DETECTION) // UTF-8, nothing else
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(LONGEST)
                          .build())
                  .build())
          .build();

  Payload {
    fields = Set.copyOf(fields);
  }

  /** Without embeddings. */
  static Payload of(String name, String... fields) {
    return new Payload(name, Set.of(fields), null);
  }

  /**
   * Reads all of a body.
   *
   * @param share what its values count for
   * @throws ApiException if it is not JSON, or not of this form
   */
  Fields read(InputStream body, Budget.Share share) throws IOException {
    try (CountedParser parser = new CountedParser(MAPPER.createParser(body), share)) {
      Fields read = object(parser);
      mustEnd(parser);
      return read;
    } catch (JsonEOFException e) {
      throw ApiException.notJson("EOF while parsing a value" + Where.of(e.getLocation()));
    } catch (StreamConstraintsException e) {
      if (String.valueOf(e.getOriginalMessage()).startsWith("String value length")) {
        throw ApiException.of(
            Fault.TOO_LARGE,
            "a text may have "
                + LONGEST
                + " characters at most: start the server with more memory (-Xmx) for longer ones");
      }
      throw ApiException.notJson("recursion limit exceeded, or a number or name is too long");
    } catch (JsonProcessingException e) {
      // Jackson's own words would tell of its settings
      throw ApiException.notJson("expected value" + Where.of(e.getLocation()));
    } catch (CharConversionException e) {
      throw ApiException.notJson("invalid unicode code point");
    }
  }

  private static void mustEnd(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        return;
      }
    } catch (JsonParseException e) {
      // said below
    }
    throw ApiException.notJson("trailing characters" + Where.now(parser));
  }

  private Fields object(CountedParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw ApiException.notJson("EOF while parsing a value at line 1 column 0");
    }
    if (first != JsonToken.START_OBJECT) {
      JsonNode found = MAPPER.readTree(parser);
      throw ApiException.malformed(
          "invalid type: " + Fields.described(found) + ", expected struct " + name);
    }
    Map<String, JsonNode> values = new HashMap<>();
    Set<String> seen = new HashSet<>();
    List<float @Nullable []> vectors = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (!isKnown(field)) {
        parser.skipChildren();
      } else if (!seen.add(field)) {
        throw ApiException.malformed("duplicate field `" + field + "`" + Where.now(parser));
      } else if (embeddings != null && embeddings.field().equals(field)) {
        vectors = embeddings.read(parser);
      } else {
        JsonNode value = MAPPER.readTree(parser);
        values.put(field, value);
      }
    }
    return new Fields(values, vectors);
  }

  private boolean isKnown(String field) {
    return fields.contains(field) || (embeddings != null && embeddings.field().equals(field));
  }
}
