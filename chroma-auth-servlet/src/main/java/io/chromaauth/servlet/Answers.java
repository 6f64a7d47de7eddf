package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.UserIdentity;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the filter's own answers. */
final class Answers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String ANY = "*";

  private Answers() {}

  /** An answer as it is. */
  static void write(HttpServletResponse response, Answer answer) throws IOException {
    for (Answer.Header header : answer.headers()) {
      response.addHeader(header.name(), header.value());
    }
    write(response, answer.status(), answer.body());
  }

  /**
   * Who that is, as Chroma 0.6.3 says it: for Basic an absent bound is null, for others {@code *}.
   */
  static void write(HttpServletResponse response, UserIdentity identity) throws IOException {
    boolean basic = identity.provider().equals("basic");
    String tenant = identity.tenant();
    List<String> databases = identity.databases();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("user_id", identity.userId());
      json.writeStringField("tenant", tenant != null || basic ? tenant : ANY);
      json.writeFieldName("databases");
      writeList(json, databases != null || basic ? databases : List.of(ANY));
      json.writeNullField("attributes");
      json.writeEndObject();
    }
    write(response, HttpServletResponse.SC_OK, bytes.toByteArray());
  }

  private static void writeList(JsonGenerator json, @Nullable List<String> texts)
      throws IOException {
    if (texts == null) {
      json.writeNull();
      return;
    }
    json.writeArray(texts.toArray(String[]::new), 0, texts.size());
  }

  private static void write(HttpServletResponse response, int status, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
