package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chromaauth.demo.api.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same requests to a real Chroma 1.5.9 and to the embedded one: the same answers. */
@ClientTest
class EmbeddedDifferencesTest {
  private static final String REQUESTS = "differences.txt";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+");
  private static final Pattern STATUS = Pattern.compile("! (\\d+) .+");

  @TempDir Path folder;

  @Test
  void theAnswersOfChroma159AreOurs() throws Exception {
    List<String> differences = new ArrayList<>();
    int requests = 0;
    try (RealChroma real = RealChroma.start("1.5.9", folder);
        EmbeddedServer embedded = EmbeddedServer.start(folder.resolve("embedded"))) {
      Server theirs = new Server(real.url());
      Server ours = new Server(embedded.url());
      String allowed = "";
      for (String line : lines()) {
        if (line.startsWith("! ")) {
          allowed = line;
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          differences.addAll(differences(line, allowed, theirs.send(line), ours.send(line)));
          allowed = "";
          requests++;
        }
      }
    }
    assertTrue(requests > 400, "requests: " + requests);
    assertEquals(List.of(), differences);
  }

  private static List<String> differences(
      String request, String allowed, Answer theirs, Answer ours) {
    if (!allowed.isEmpty()) {
      var status = STATUS.matcher(allowed);
      assertTrue(status.matches(), allowed);
      return status.group(1).equals(String.valueOf(ours.status()))
          ? List.of()
          : List.of(request + " -> " + ours + " in spite of " + allowed);
    }
    return theirs.equals(ours)
        ? List.of()
        : List.of(request + "\n  theirs " + theirs + "\n  ours   " + ours);
  }

  private static List<String> lines() throws IOException {
    try (InputStream file = EmbeddedDifferencesTest.class.getResourceAsStream(REQUESTS)) {
      assertNotNull(file, REQUESTS);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** A status and what of the body can be compared. */
  private record Answer(int status, JsonNode json) {}

  /** One of the two, with the ids that it has given. */
  private static final class Server {
    private static final String TENANT = "/api/v2/tenants/default_tenant";
    private static final String DATABASE = TENANT + "/databases/default_database";
    private static final Map<Character, String> SHORT =
        Map.of('T', TENANT, 'D', DATABASE, 'C', DATABASE + "/collections");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> ids = new HashMap<>();
    private final URI url;

    private Server(URI url) {
      this.url = url;
    }

    private Answer send(String line) throws Exception {
      String[] named = line.split(" => ", 2);
      String[] parts = named[0].split(" ", 3);
      String path = parts[1].startsWith("/") ? parts[1] : full(parts[1]);
      for (Map.Entry<String, String> id : ids.entrySet()) {
        path = path.replace("{" + id.getKey() + "}", id.getValue());
      }
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
      request.method(
          parts[0], parts.length < 3 ? BodyPublishers.noBody() : BodyPublishers.ofString(parts[2]));
      request.header("Content-Type", "application/json");
      try {
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (named.length == 2) {
          ids.put(named[1], JSON.readTree(response.body()).path("id").asText());
        }
        return new Answer(response.statusCode(), comparable(response.body()));
      } catch (IOException brokenOff) {
        return new Answer(0, JSON.missingNode());
      }
    }

    private static String full(String path) {
      return SHORT.get(path.charAt(0)) + path.substring(1);
    }
  }

  private static JsonNode comparable(String body) throws IOException {
    String text = PLACE.matcher(ID.matcher(body).replaceAll("<id>")).replaceAll("");
    JsonNode json = text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
    if (json instanceof ObjectNode object && object.has("nanosecond heartbeat")) {
      object.put("nanosecond heartbeat", 0);
    }
    return inOrder(rounded(json));
  }

  /** Collections are listed by their ids, which are random. */
  private static JsonNode inOrder(JsonNode json) {
    if (!json.isArray() || !json.path(0).has("name")) {
      return json;
    }
    List<JsonNode> elements = new ArrayList<>();
    json.forEach(elements::add);
    elements.sort(Comparator.comparing(element -> element.path("name").asText()));
    return JSON.createArrayNode().addAll(elements);
  }

  /** Numbers to six digits: sums of floats depend on their order. */
  private static JsonNode rounded(JsonNode json) {
    if (json.isFloatingPointNumber()) {
      return DoubleNode.valueOf(Double.parseDouble(String.format("%.6g", json.doubleValue())));
    }
    if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, rounded(array.get(i)));
      }
    } else if (json instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(rounded(entry.getValue())));
    }
    return json;
  }
}
