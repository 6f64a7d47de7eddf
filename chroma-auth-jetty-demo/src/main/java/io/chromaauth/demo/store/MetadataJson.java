package io.chromaauth.demo.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.chromaauth.demo.store.MetadataValue.Many;
import io.chromaauth.demo.store.MetadataValue.Nothing;
import io.chromaauth.demo.store.MetadataValue.Real;
import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Truth;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metadata as the JSON that is stored, which is also the JSON that clients get: a number with a
 * fraction or an exponent is a floating point number, any other a whole one.
 */
final class MetadataJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private MetadataJson() {}

  static String write(Map<String, MetadataValue> metadata) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, MetadataValue> entry : metadata.entrySet()) {
        if (entry.getValue() != Nothing.NOTHING) {
          json.writeFieldName(entry.getKey());
          write(json, entry.getValue());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter never fails", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, MetadataValue value) throws IOException {
    if (value instanceof Text text) {
      json.writeString(text.value());
    } else if (value instanceof Whole whole) {
      json.writeNumber(whole.value());
    } else if (value instanceof Real real) {
      json.writeNumber(real.value());
    } else if (value instanceof Truth truth) {
      json.writeBoolean(truth.value());
    } else if (value instanceof Many many) {
      json.writeStartArray();
      for (MetadataValue element : many.values()) {
        write(json, element);
      }
      json.writeEndArray();
    }
  }

  static Map<String, MetadataValue> read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      Map<String, MetadataValue> metadata = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        metadata.put(name, value(json));
      }
      return metadata;
    } catch (IOException e) {
      throw new UncheckedIOException("stored metadata can't be read", e);
    }
  }

  private static MetadataValue value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> new Text(json.getText());
      case VALUE_NUMBER_INT -> new Whole(json.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Real(json.getDoubleValue());
      case START_ARRAY -> many(json);
      default -> new Truth(json.getBooleanValue());
    };
  }

  private static Many many(JsonParser json) throws IOException {
    List<MetadataValue> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(json));
    }
    return new Many(values);
  }
}
