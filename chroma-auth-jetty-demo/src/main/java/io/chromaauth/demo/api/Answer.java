package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A status and the JSON that goes with it. */
record Answer(int status, Json body) {
  /** Something that is written as one JSON value. */
  interface Json {
    void write(JsonGenerator json) throws IOException;
  }

  static Answer ok(Json body) {
    return new Answer(200, body);
  }

  /** For changes that tell nothing: {@code {}}, or {@code null} as versions before 1 did. */
  static Answer done(Dialect dialect) {
    return ok(dialect == Dialect.CHROMA_0 ? JsonGenerator::writeNull : Answer::emptyObject);
  }

  /** For added records: {@code {}}, or {@code true} as versions before 1 did. */
  static Answer created(Dialect dialect) {
    return new Answer(
        201, dialect == Dialect.CHROMA_0 ? json -> json.writeBoolean(true) : Answer::emptyObject);
  }

  private static void emptyObject(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeEndObject();
  }
}
