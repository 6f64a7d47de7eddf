package io.chromaauth.demo.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends requests and reads their JSON. */
final class ApiClient {
  static final String DATABASE = "/api/v2/tenants/default_tenant/databases/default_database";
  static final String COLLECTIONS = DATABASE + "/collections";
  private static final String PYTHON_0_6 = "python-httpx/0.28.1";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final @Nullable String userAgent;

  private ApiClient(URI server, @Nullable String userAgent) {
    this.server = server;
    this.userAgent = userAgent;
  }

  static ApiClient of(EmbeddedServer server) {
    return new ApiClient(server.url(), null);
  }

  /** As a Python client of Chroma 0.6. */
  static ApiClient before1(EmbeddedServer server) {
    return new ApiClient(server.url(), PYTHON_0_6);
  }

  /** As a Python client of Chroma 0.4. */
  static ApiClient python04(EmbeddedServer server) {
    return new ApiClient(server.url(), "python-requests/2.32.3");
  }

  /** An answer; its JSON is missing where it has no body. */
  record Reply(int status, JsonNode json, HttpResponse<byte[]> raw) {
    /** The strings in a list of the answer. */
    List<String> texts(String pointer) {
      List<String> texts = new ArrayList<>();
      json.at(pointer).forEach(element -> texts.add(element.asText()));
      return texts;
    }

    String text(String pointer) {
      return json.at(pointer).asText();
    }

    Reply ok() {
      assertEquals(2, status / 100, json::toString);
      return this;
    }
  }

  Reply get(String path) throws Exception {
    return send("GET", path, null);
  }

  Reply post(String path, String body) throws Exception {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  Reply put(String path, String body) throws Exception {
    return send("PUT", path, body.getBytes(StandardCharsets.UTF_8));
  }

  Reply delete(String path) throws Exception {
    return send("DELETE", path, null);
  }

  Reply send(String method, String path, byte @Nullable [] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (userAgent != null) {
      request.header("User-Agent", userAgent);
    }
    HttpResponse<byte[]> raw = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Reply(raw.statusCode(), json(raw.body()), raw);
  }

  private static JsonNode json(byte[] body) throws IOException {
    return Payload.MAPPER.readTree(body);
  }

  /** The id of a new collection. */
  String collection(String name) throws Exception {
    return collection(COLLECTIONS, "{\"name\":\"" + name + "\"}");
  }

  String collection(String path, String body) throws Exception {
    return post(path, body).ok().text("/id");
  }
}
