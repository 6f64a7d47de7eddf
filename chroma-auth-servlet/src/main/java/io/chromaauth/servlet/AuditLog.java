package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.chromaauth.AuthEvent;
import io.chromaauth.AuthEventListener;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events as JSON lines to the logger {@code chroma.auth.audit}. */
final class AuditLog implements AuthEventListener {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth.audit");

  /** ASCII alone: no viewer or terminal breaks a line at what somebody calls himself. */
  private static final JsonFactory JSON =
      JsonFactories.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final FilterSettings.Audit level;

  AuditLog(FilterSettings.Audit level) {
    this.level = level;
  }

  @Override
  public void onEvent(AuthEvent event) {
    LOG.info(line(event));
  }

  /** Whether an event with this status would be written, so that others need not be made. */
  boolean wants(int status) {
    boolean asked =
        level == FilterSettings.Audit.ALL
            || (level == FilterSettings.Audit.REFUSED && status >= 400);
    return asked && LOG.isInfoEnabled();
  }

  private static String line(AuthEvent event) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", Instant.now().toString());
      json.writeStringField("request_id", event.requestId());
      write(json, "client_request_id", event.clientRequestId());
      json.writeStringField("remote", event.remoteAddress());
      json.writeStringField("method", event.method());
      json.writeStringField("path", event.path());
      write(json, "user", event.userId());
      write(json, "provider", event.provider());
      write(json, "action", event.action() == null ? null : event.action().wireName());
      json.writeStringField("decision", event.refused() ? "refused" : "allowed");
      if (event.status() > 0) {
        json.writeNumberField("status", event.status());
      }
      json.writeStringField("reason", event.reason());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
