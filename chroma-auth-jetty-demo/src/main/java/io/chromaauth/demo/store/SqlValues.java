package io.chromaauth.demo.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.demo.store.MetadataValue.Many;
import io.chromaauth.demo.store.MetadataValue.Real;
import io.chromaauth.demo.store.MetadataValue.Text;
import io.chromaauth.demo.store.MetadataValue.Truth;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Metadata values as the table that filters look into has them. Whole and floating point numbers
 * are one kind there, which SQLite compares exactly; elements of lists are kinds of their own.
 */
final class SqlValues {
  private static final int TRUTH = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int IN_LIST = 10;
  private static final JsonFactory JSON = new JsonFactory();

  private SqlValues() {}

  static int kind(MetadataValue value) {
    if (value instanceof Truth) {
      return TRUTH;
    }
    return value instanceof Text ? TEXT : NUMBER;
  }

  static int kindInList(MetadataValue element) {
    return IN_LIST + kind(element);
  }

  /** A scalar. */
  static Object value(MetadataValue value) {
    if (value instanceof Text text) {
      return text.value();
    }
    if (value instanceof Whole whole) {
      return whole.value();
    }
    if (value instanceof Real real) {
      return real.value();
    }
    if (value instanceof Truth truth) {
      return truth.value() ? 1L : 0L;
    }
    throw new IllegalArgumentException("not a scalar: " + value);
  }

  /** The elements of a list, or a scalar as the only one. */
  static List<MetadataValue> scalars(MetadataValue value) {
    return value instanceof Many many ? many.values() : List.of(value);
  }

  /** For {@code json_each}: any number of values in one placeholder. */
  static String json(List<MetadataValue> values) {
    return array(
        json -> {
          for (MetadataValue value : values) {
            json.writePOJO(value(value));
          }
        });
  }

  static String jsonOfTexts(List<String> texts) {
    return array(
        json -> {
          for (String text : texts) {
            json.writeString(text);
          }
        });
  }

  private interface Elements {
    void write(JsonGenerator json) throws IOException;
  }

  private static String array(Elements elements) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      elements.write(json);
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter never fails", e);
    }
    return text.toString();
  }
}
