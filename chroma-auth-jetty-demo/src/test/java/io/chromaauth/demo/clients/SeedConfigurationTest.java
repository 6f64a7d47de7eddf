package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The token users of Chroma's own documentation, which Chroma 0.6.3 let into every tenant, before a
 * real Chroma 1.5.9, which lets everybody in everywhere.
 */
@ClientTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedConfigurationTest {
  private static final String AUTH_CONFIG =
      """
      # auth_config.yaml
      users:
        - id: "admin"
          tokens:
            - "admin-token-12345"
          tenant: "default_tenant"
          databases: ["*"]
        - id: "user1"
          tokens:
            - "user1-token-67890"
          tenant: "default_tenant"
          databases: ["db1", "db2"]
      """;
  private static final String ADMIN = "admin-token-12345";
  private static final String USER1 = "user1-token-67890";
  private static final String TENANT = "/api/v2/tenants/default_tenant";
  private static final String DB1 = TENANT + "/databases/db1";

  private final HttpClient client = HttpClient.newHttpClient();
  private RealChroma chroma;
  private TestGateway gateway;
  private String foreign;
  private String mine;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("auth_config.yaml"), AUTH_CONFIG);
    chroma = RealChroma.start("1.5.9", folder);
    gateway =
        TestGateway.start(
            Map.of(
                "CHROMA_SERVER_AUTHN_PROVIDER",
                "chromadb.auth.token_authn.TokenAuthenticationServerProvider",
                "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE",
                file.toString()),
            chroma.url());
    foreign = chroma.collection("other_tenant", "db1", "theirs");
    mine = chroma.collection("default_tenant", "db1", "mine");
  }

  @AfterAll
  void stop() {
    gateway.close();
    chroma.close();
  }

  @Test
  void user1WorksInItsDatabase() throws Exception {
    assertEquals(200, send(USER1, "GET", DB1 + "/collections", "").statusCode());
    String add = "{\"ids\":[\"a\"],\"embeddings\":[[1,2]]}";
    assertEquals(201, send(USER1, "POST", DB1 + "/collections/" + mine + "/add", add).statusCode());
    assertEquals("1", send(USER1, "GET", DB1 + "/collections/" + mine + "/count", "").body());
  }

  @Test
  void user1IsRefusedInTheDefaultDatabase() throws Exception {
    HttpResponse<String> refused =
        send(USER1, "GET", TENANT + "/databases/default_database/collections", "");
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("pass tenant= and database="), refused.body());
  }

  @Test
  void aForeignCollectionIsNotFoundBelowTheUsersOwnPath() throws Exception {
    String path = DB1 + "/collections/" + foreign + "/count";
    assertEquals(200, chroma.send("GET", path, null).statusCode(), "Chroma itself serves it");
    assertEquals(404, send(USER1, "GET", path, "").statusCode());
    assertEquals(404, send(ADMIN, "GET", path, "").statusCode());
  }

  @Test
  void adminWorksInTheDefaultTenantOnly() throws Exception {
    assertEquals(200, send(ADMIN, "GET", TENANT + "/databases", "").statusCode());
    assertEquals(200, send(ADMIN, "GET", DB1 + "/collections", "").statusCode());
    String theirs = "/api/v2/tenants/other_tenant/databases/db1/collections";
    assertEquals(403, send(ADMIN, "GET", theirs, "").statusCode());
    String tenant = "{\"name\":\"third\"}";
    assertEquals(403, send(ADMIN, "POST", "/api/v2/tenants", tenant).statusCode());
    assertEquals(403, send(ADMIN, "POST", "/api/v2/reset", "").statusCode());
  }

  @Test
  void aListOfDatabasesShowsOnlyTheUsersOwn() throws Exception {
    String whole = send(ADMIN, "GET", TENANT + "/databases", "").body();
    assertTrue(whole.contains("\"default_database\"") && whole.contains("\"db1\""), whole);
    String own = send(USER1, "GET", TENANT + "/databases", "").body();
    assertTrue(own.contains("\"db1\"") && !own.contains("default_database"), own);
    assertTrue(whole.contains(own.substring(1, own.length() - 1)), "the element is unchanged");
    assertEquals("[]", send(USER1, "GET", TENANT + "/databases?offset=1", "").body());
  }

  private HttpResponse<String> send(String token, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
