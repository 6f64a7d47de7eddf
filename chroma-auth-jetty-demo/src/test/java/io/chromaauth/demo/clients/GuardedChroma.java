package io.chromaauth.demo.clients;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.demo.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real Chroma with collections of two tenants, a {@link Passage} before it, and a gateway before
 * that for every identity of one team.
 */
final class GuardedChroma implements AutoCloseable {
  /** Nobody's. */
  static final String UNKNOWN = "99999999-9999-4999-8999-999999999999";

  /** The one identity that sends Basic; every other of these names sends its token, or nothing. */
  static final String TWIN_AT_BASIC = "twin-basic";

  static final String NOBODY = "nobody";

  private static final String USERS =
      """
      users:
        - {id: reader, tokens: [reader-token]}
        - {id: writer, tokens: [writer-token]}
        - {id: admin, tokens: [admin-token]}
        - {id: other, tokens: [other-token], tenant: rival}
        - {id: d-bound, tokens: [d-bound-token], tenant: acme, databases: [main, gone]}
        - {id: pattern, tokens: [pattern-token], collections: [docs-*]}
        - {id: denied, tokens: [denied-token]}
        - {id: by-role, tokens: [by-role-token]}
        - {id: twin, tokens: [twin-token]}
        - {id: single, tokens: [single-token], tenant: acme, databases: [main]}
        - {id: resetter, tokens: [resetter-token]}
      """;

  // everybody's is "correct horse", as htpasswd -B -C 5 writes it: rules want users that exist
  private static final String HTPASSWD =
      USERS
          .lines()
          .filter(line -> line.contains("id: "))
          .map(line -> line.replaceFirst(".*id: ([^,]*),.*", "$1"))
          .map(id -> id + ":$2y$05$ww676CM4rX5T//8CAQI5aeT1JrqELF5znKCfGxJjh7rOxVN6YfSU2\n")
          .collect(Collectors.joining());

  private static final String RULES =
      """
      roles_mapping:
        everything: {actions: ["*"]}
        no-secrets: {actions: ["*"], deny: [{collections: [secret-*]}]}
        in-acme: {actions: ["*"], tenant: acme, databases: [main, gone]}
        resets: {actions: ["system:reset"]}
      users:
        - {id: reader, role: reader}
        - {id: writer, role: writer}
        - {id: admin, role: admin}
        - {id: other, role: everything}
        - {id: d-bound, role: everything}
        - {id: pattern, role: everything}
        - {id: denied, role: no-secrets}
        - {id: by-role, role: in-acme}
        - {id: twin, role: everything, tenant: acme, databases: [main, gone]}
        - {id: single, role: everything}
        - {id: resetter, role: resets}
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> ids = new HashMap<>();
  private final Path folder;
  private final RealChroma chroma;
  private final Passage passage;
  private final TestGateway tokens;
  private final TestGateway basic;

  private GuardedChroma(String version, Path folder) throws Exception {
    this.folder = Files.createTempDirectory(folder, "guarded");
    this.chroma = RealChroma.start(version, folder);
    this.passage = Passage.to(chroma.url());
    this.tokens = gateway();
    this.basic = TestGateway.start(settings("basic", "server.htpasswd", HTPASSWD), passage.url());
    ids.put("MINE", chroma.collection("acme", "main", "docs-a"));
    ids.put("SECRET", chroma.collection("acme", "main", "secret-a"));
    ids.put("THEIRS", chroma.collection("rival", "main", "theirs"));
    ids.put("UNKNOWN", UNKNOWN);
    for (String id : List.of(id("MINE"), id("SECRET"), id("THEIRS"))) {
      String add = "{\"ids\":[\"a\"],\"embeddings\":[[1,2]],\"documents\":[\"one\"]}";
      String path = "/api/v2/tenants/acme/databases/main/collections/" + id + "/add";
      assertEquals(201, chroma.send("POST", path, add).statusCode());
    }
  }

  /** Starts all of it. */
  static GuardedChroma start(String version, Path folder) throws Exception {
    return new GuardedChroma(version, folder);
  }

  /** One more gateway before the same passage, which shares nothing with the others. */
  TestGateway gateway() throws Exception {
    return gateway(Map.of());
  }

  /** The same with more settings. */
  TestGateway gateway(Map<String, String> more) throws Exception {
    Map<String, String> settings = settings("token", "users.yaml", USERS);
    settings.putAll(more);
    return TestGateway.start(settings, passage.url());
  }

  RealChroma chroma() {
    return chroma;
  }

  Passage passage() {
    return passage;
  }

  /** The gateway for tokens. */
  URI url() {
    return tokens.url();
  }

  /** Of the collections docs-a, secret-a and theirs: MINE, SECRET, THEIRS; or UNKNOWN. */
  String id(String name) {
    return requireNonNull(ids.get(name));
  }

  /**
   * A path or body with the abbreviations replaced: C and C2 for the collections of {@code
   * acme/main} and {@code rival/main} at its beginning, T1 and T2 for the tenants, V1 for API v1's,
   * and the ids.
   */
  String full(String text) {
    String full =
        text.replaceFirst("^C(?=[/?]|$)", "/api/v2/tenants/acme/databases/main/collections")
            .replaceFirst("^C2(?=[/?]|$)", "/api/v2/tenants/rival/databases/main/collections")
            .replaceFirst("^T1(?=[/?]|$)", "/api/v2/tenants/acme")
            .replaceFirst("^T2(?=[/?]|$)", "/api/v2/tenants/rival")
            .replaceFirst("^V1(?=/)", "/api/v1");
    for (Map.Entry<String, String> id : ids.entrySet()) {
      full = full.replace(id.getKey(), id.getValue());
    }
    return full;
  }

  /** Sends one request as an identity, with a body or null. */
  HttpResponse<String> send(String who, String method, String path, @Nullable String body)
      throws Exception {
    URI gateway = who.equals(TWIN_AT_BASIC) ? basic.url() : tokens.url();
    return send(gateway, who, method, path, body);
  }

  /** The same to another gateway. */
  HttpResponse<String> send(
      URI gateway, String who, String method, String path, @Nullable String body) throws Exception {
    return client.send(
        request(gateway, who, method, full(path), body), HttpResponse.BodyHandlers.ofString());
  }

  /** The request of an identity to one of the gateways. */
  static HttpRequest request(
      URI gateway, String who, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + path))
            .header("Content-Type", "application/json")
            .header(Passage.MARK, who)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!who.equals(NOBODY)) {
      request.header("Authorization", credentials(who));
    }
    return request.build();
  }

  /** What an identity sends in {@code Authorization}. */
  static String credentials(String who) {
    byte[] twin = "twin:correct horse".getBytes(StandardCharsets.UTF_8);
    return who.equals(TWIN_AT_BASIC)
        ? "Basic " + Base64.getEncoder().encodeToString(twin)
        : "Bearer " + who + "-token";
  }

  @Override
  public void close() {
    tokens.close();
    basic.close();
    passage.close();
    chroma.close();
  }

  private Map<String, String> settings(String provider, String file, String credentials)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    Path rules = Files.writeString(folder.resolve("authz.yaml"), RULES);
    Path users = Files.writeString(folder.resolve(file), credentials);
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", provider);
    settings.put("CHROMA_SERVER_AUTHN_CREDENTIALS_FILE", users.toString());
    settings.put(
        "CHROMA_SERVER_AUTHZ_PROVIDER",
        "chromadb.auth.simple_rbac_authz.SimpleRBACAuthorizationProvider");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG_FILE", rules.toString());
    settings.put("CHROMA_AUTH_AUDIT", "off");
    return settings;
  }
}
