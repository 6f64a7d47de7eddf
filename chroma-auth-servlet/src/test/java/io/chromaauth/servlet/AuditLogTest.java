package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.chromaauth.AuthEvent;
import io.chromaauth.AuthzAction;
import io.chromaauth.servlet.FilterSettings.Audit;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
  private final Logged log = Logged.by("chroma.auth.audit");

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void anEventIsOneLineOfJsonWithAllThatIsKnown() throws IOException {
    new AuditLog(Audit.ALL)
        .onEvent(
            new AuthEvent(
                "id1",
                "client1",
                "192.0.2.1",
                "POST",
                "/api/v2/reset",
                "alice",
                "token",
                AuthzAction.RESET,
                403,
                "bounds of alice"));
    Map<String, String> line = fields(onlyLine());
    Instant.parse(Objects.requireNonNull(line.remove("time")));
    assertEquals(
        Map.ofEntries(
            Map.entry("request_id", "id1"),
            Map.entry("client_request_id", "client1"),
            Map.entry("remote", "192.0.2.1"),
            Map.entry("method", "POST"),
            Map.entry("path", "/api/v2/reset"),
            Map.entry("user", "alice"),
            Map.entry("provider", "token"),
            Map.entry("action", "system:reset"),
            Map.entry("decision", "refused"),
            Map.entry("status", "403"),
            Map.entry("reason", "bounds of alice")),
        line);
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws IOException {
    new AuditLog(Audit.ALL)
        .onEvent(
            new AuthEvent("id1", null, "192.0.2.1", "GET", "/", null, null, null, 0, "public"));
    Map<String, String> line = fields(onlyLine());
    assertEquals("allowed", line.get("decision"));
    for (String name : List.of("client_request_id", "user", "provider", "action", "status")) {
      assertNull(line.get(name), name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, 0, false", "REFUSED, 200, false", "REFUSED, 400, true", "REFUSED, 401, true",
    "REFUSED, 503, true", "ALL, 0, true", "ALL, 200, true", "ALL, 404, true",
    "OFF, 0, false", "OFF, 200, false", "OFF, 403, false"
  })
  void whatIsWrittenIsSet(Audit level, int status, boolean written) {
    assertEquals(written, new AuditLog(level).wants(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\",\"decision\":\"allowed",
        "a\n{\"decision\":\"allowed\"}",
        "a\r\nb",
        "a\u0000\u001b[31mb",
        "a\u0085b",
        "a\u009b31mb",
        "a\u2028b\u2029c",
        "a\u202eb",
        "a\uFEFFb",
        "a\uD800b",
        "é\uD83D\uDE00",
        "{} {}",
        "%s%n ${jndi:ldap://x}",
        "\\"
      })
  void nobodysNameOrPathCanBeginALineOrAddAField(String text) throws IOException {
    new AuditLog(Audit.ALL)
        .onEvent(
            new AuthEvent(text, text, text, text, text, text, text, AuthzAction.ADD, 400, text));
    String line = onlyLine();
    assertTrue(line.codePoints().noneMatch(AuditLogTest::deceivesAReader), line);
    Map<String, String> fields = fields(line);
    assertEquals(12, fields.size());
    assertEquals("refused", fields.get("decision"));
    if (!text.equals("a\uD800b")) {
      assertEquals(text, fields.get("user"));
    }
  }

  @ParameterizedTest
  @CsvSource({"refused, 2", "all, 4", "off, 0"})
  void theFilterWritesWhatTheSettingSays(String level, int lines)
      throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter("CHROMA_AUTH_AUDIT", level);
    Call.get("/api/v2/heartbeat").through(filter);
    Call.get("/api/v2/tenants/acme").as("alice").through(filter);
    Call.get("/api/v2/tenants/globex").as("alice").through(filter);
    Call.get("/api/v2/tenants/acme").through(filter);
    assertEquals(lines, log.lines().size());
  }

  @Test
  void aLineOfTheFilterHoldsNoCredentialNoQueryAndNoBody() throws IOException, ServletException {
    ChromaAuthFilter filter = Team.filter("CHROMA_AUTH_AUDIT", "all");
    String secret = "s3cr3t";
    Call.get("/api/v2/tenants/acme?api_key=" + secret)
        .header("Authorization", "Bearer " + secret)
        .header("X-Chroma-Token", secret)
        .header("Cookie", secret)
        .header("X-Request-Id", "mine")
        .through(filter);
    Call.get("/api/v2/tenants/acme?x=" + secret).header("Authorization", secret).through(filter);
    Call.post(Team.V2).as("alice").json("{\"name\":\"" + secret + "\"}").through(filter);
    Call.post(Team.V2).as("alice").json("{" + secret).through(filter);
    assertEquals(4, log.lines().size());
    for (String line : log.lines()) {
      assertFalse(line.contains(secret), line);
      assertFalse(line.contains("alice-token"), line);
    }
    assertEquals("mine", fields(log.lines().get(0)).get("client_request_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0007b", "a\u0085b", "a\u009bb", "a\u2028b", "a\u2029b"})
  void aListenerGetsTheClientsWordsWithoutWhatBreaksALine(String id)
      throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder().settings(Team.settings()).listener(events::add).build();
    Call call = Call.get("/" + id).header("X-Request-Id", id);
    call.through(filter);
    assertEquals(1, events.size());
    assertEquals("a?b", events.get(0).clientRequestId());
    assertEquals("/a?b", events.get(0).path());
  }

  @Test
  void theClientsWordsAreShortened() throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter filter =
        ChromaAuthFilter.builder().settings(Team.settings()).listener(events::add).build();
    Call.get("/" + "a".repeat(5000)).header("X-Request-Id", "b".repeat(5000)).through(filter);
    assertEquals(512, events.get(0).path().length());
    assertEquals("b".repeat(512), events.get(0).clientRequestId());
  }

  /** Whether a terminal or a viewer may break the line there, obey it or hide what follows. */
  private static boolean deceivesAReader(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private String onlyLine() {
    assertEquals(1, log.lines().size());
    return log.lines().get(0);
  }

  /** The fields of one flat JSON object, which must be all of the line. */
  private static Map<String, String> fields(String line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        @Nullable String before = fields.put(name, parser.getText());
        assertNull(before, name);
      }
      assertNull(parser.nextToken());
    }
    return fields;
  }
}
