package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.UserIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /api/v2/auth/identity}, in Chroma 0.6.3's form. */
final class WhoAmI {
  private static final JsonFactory JSON = JsonFactories.plain();
  private static final String ANY = "*";

  private WhoAmI() {}

  /** What the identity is told of itself: an absent bound is null for Basic, for others *. */
  static Verdict.Own answer(UserIdentity identity) throws IOException {
    boolean basic = identity.provider().equals("basic");
    String tenant = identity.tenant();
    List<String> databases = identity.databases();
    StringWriter text = new StringWriter(128);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("user_id", identity.userId());
      json.writeStringField("tenant", tenant != null || basic ? tenant : ANY);
      json.writeFieldName("databases");
      writeList(json, databases != null || basic ? databases : List.of(ANY));
      json.writeNullField("attributes");
      json.writeEndObject();
    }
    return new Verdict.Own(identity, null, "identity", text.toString());
  }

  private static void writeList(JsonGenerator json, @Nullable List<String> texts)
      throws IOException {
    if (texts == null) {
      json.writeNull();
      return;
    }
    json.writeArray(texts.toArray(String[]::new), 0, texts.size());
  }
}
