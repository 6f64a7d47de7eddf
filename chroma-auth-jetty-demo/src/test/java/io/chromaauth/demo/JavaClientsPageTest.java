package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Settings;
import io.chromaauth.client.AuthenticatedHttpClient;
import io.chromaauth.client.ClientCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * docs/java-clients.md: its snippet for the JDK's client, and that the others stand in the programs
 * that the tests with real clients run.
 */
class JavaClientsPageTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String HTPASSWD =
      "admin:$2y$05$ww676CM4rX5T//8CAQI5aeT1JrqELF5znKCfGxJjh7rOxVN6YfSU2"; // correct horse

  private final Map<String, String> properties = new LinkedHashMap<>();

  @AfterEach
  void forget() {
    properties.keySet().forEach(System::clearProperty);
  }

  @ParameterizedTest
  @CsvSource({
    "basic, admin:correct horse, Authorization, 200, admin",
    "basic, admin:wrong horse, Authorization, 401, AuthError",
    "token, a-token, Authorization, 200, anonymous",
    "token, a-token, X-Chroma-Token, 200, anonymous",
    "token, another-token, X-Chroma-Token, 401, AuthError",
  })
  void theClientOfTheJdkIsLetInByTheSettingsOfChromasClients(
      String provider, String credentials, String header, int status, String found)
      throws Exception {
    set("CHROMA_CLIENT_AUTH_PROVIDER", provider);
    set("CHROMA_CLIENT_AUTH_CREDENTIALS", credentials);
    set("CHROMA_AUTH_TOKEN_TRANSPORT_HEADER", header);
    Map<String, String> server =
        Map.of(
            "CHROMA_SERVER_AUTHN_PROVIDER",
            provider,
            "CHROMA_SERVER_AUTHN_CREDENTIALS",
            provider.equals("basic") ? HTPASSWD : "a-token",
            "CHROMA_AUTH_TOKEN_TRANSPORT_HEADER",
            header);
    try (StubChroma chroma = new StubChroma();
        TestGateway gateway = TestGateway.start(server, chroma.url())) {
      HttpResponse<String> answer = identity(gateway.url());
      assertEquals(status, answer.statusCode());
      assertTrue(answer.body().contains("\"" + found + "\""), answer.body());
    }
  }

  private static HttpResponse<String> identity(URI server)
      throws IOException, InterruptedException {
    ClientCredentials credentials = ClientCredentials.fromSettings(Settings.ofProcess());
    HttpClient client = AuthenticatedHttpClient.of(server, credentials);
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v2/auth/identity")).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return answer;
  }

  @Test
  void everySnippetOfThePageIsRunByATest() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "java-clients.md"));
    List<String> snippets =
        JAVA.matcher(page).results().map((MatchResult m) -> m.group(1)).toList();
    assertEquals(8, snippets.size());
    String sources = unindented(sources());
    for (String snippet : snippets) {
      assertTrue(sources.contains(unindented(snippet)), snippet);
    }
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    List<Path> folders =
        List.of(Path.of("src", "test", "clients"), Path.of("src", "test", "java", "io"));
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
  }

  private void set(String name, String value) {
    properties.put(name, value);
    System.setProperty(name, value);
  }
}
