package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.chromaauth.demo.store.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a field of embeddings is read: a list of lists of numbers or, where it may be, a list of
 * base64 texts of 32-bit floats.
 */
enum EmbeddingsForm {
  /** Of records to be added. */
  ADD("embeddings", "EmbeddingsPayload", true, false),
  /** Of records to be updated, of which some may have none. */
  UPDATE("embeddings", "UpdateEmbeddingsPayload", true, true),
  /** Of a query. */
  QUERY("query_embeddings", "", false, false);

  private static final int FEW = 128;

  /** An array without its elements, and its place in a list. */
  private static final int EACH_BYTES = 32;

  private final String field;
  private final String type;
  private final boolean base64;
  private final boolean nulls;

  EmbeddingsForm(String field, String type, boolean base64, boolean nulls) {
    this.field = field;
    this.type = type;
    this.base64 = base64;
    this.nulls = nulls;
  }

  String field() {
    return field;
  }

  /** Reads the value that the parser is at; null only where it is null and may be. */
  @Nullable List<float @Nullable []> read(CountedParser parser) throws IOException {
    if (nulls && parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw mismatch(parser, field, "a sequence");
    }
    List<float @Nullable []> all = new ArrayList<>();
    JsonToken kind = null;
    while (parser.nextOfEmbedding() != JsonToken.END_ARRAY) {
      JsonToken token = parser.currentToken();
      parser.count(EACH_BYTES);
      if (token == JsonToken.VALUE_NULL && nulls) {
        all.add(null);
      } else if (kind != null && kind != token) {
        throw mismatch(parser, field + "[" + all.size() + "]", "a sequence");
      } else {
        kind = token;
        all.add(one(parser, all.size()));
      }
    }
    return all;
  }

  private float[] one(CountedParser parser, int index) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return checked(numbers(parser, index));
    }
    if (base64 && parser.currentToken() == JsonToken.VALUE_STRING) {
      float[] vector = checked(decoded(parser.getText(), index));
      parser.count((long) vector.length * Float.BYTES);
      return vector;
    }
    throw mismatch(parser, field + "[" + index + "]", "a sequence");
  }

  private float[] checked(float[] vector) {
    if (vector.length == 0 && this != QUERY) {
      throw ApiException.invalid(
          "Validation error: embeddings: Each embedding must have at least 1 dimension");
    }
    return vector;
  }

  private float[] numbers(CountedParser parser, int index) throws IOException {
    float[] values = new float[FEW];
    int size = 0;
    while (parser.nextOfEmbedding() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isNumeric()) {
        throw mismatch(parser, field + "[" + index + "][" + size + "]", "f32");
      }
      if (size == values.length) {
        parser.count((long) size * Float.BYTES);
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = number(parser, index, size - 1);
    }
    parser.count((long) Math.min(size, FEW) * Float.BYTES);
    return Arrays.copyOf(values, size);
  }

  private float number(JsonParser parser, int index, int position) throws IOException {
    double exact = parser.getDoubleValue();
    if (Double.isInfinite(exact)) {
      throw ApiException.notJson(
          field + "[" + index + "][" + position + "]: number out of range" + Where.now(parser));
    }
    float value = (float) exact;
    if (Float.isInfinite(value)) {
      throw ApiException.invalid(
          "Validation error: " + field + ": Embeddings must not contain NaN or Infinity values");
    }
    return value;
  }

  private static float[] decoded(String text, int index) {
    byte[] bytes = bytes(text);
    if (bytes.length % Float.BYTES != 0) {
      throw ApiException.invalid(
          "Invalid byte length: "
              + bytes.length
              + " bytes cannot be converted to f32 values (must be divisible by 4)");
    }
    float[] values = Vectors.floats(bytes);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw ApiException.invalid(
            "Non-finite float value at embedding index " + index + ": " + value);
      }
    }
    return values;
  }

  /** Java's decoder does without padding, Chroma's does not. */
  private static byte[] bytes(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (text.length() % 4 == 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("Invalid base64 string: " + e.getMessage());
    }
    throw ApiException.invalid("Invalid base64 string: Invalid padding");
  }

  private ApiException mismatch(JsonParser parser, String path, String expected)
      throws IOException {
    if (this == QUERY) {
      return Fields.wrongType(path, Payload.MAPPER.readTree(parser), expected);
    }
    return ApiException.malformed(
        field + ": data did not match any variant of untagged enum " + type + Where.now(parser));
  }
}
