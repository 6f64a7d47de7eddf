package io.chromaauth.demo.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.client.AuthenticatedHttpClient;
import io.chromaauth.demo.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a real OpenID Connect provider, through the gateway to a real Chroma 1.5.9. */
@ClientTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JwtOfRealProviderTest {
  private static final int CONNECTIONS = 8;
  private static final String PYTHON =
      """
      import os, sys
      os.environ["ANONYMIZED_TELEMETRY"] = "False"
      import chromadb
      from chromadb.errors import ChromaError
      from urllib.parse import urlsplit
      url = urlsplit(os.environ["CHROMA_URL"])
      def login(name, tenant="acme"):
          return chromadb.HttpClient(host=url.hostname, port=url.port, tenant=tenant, database="main",
                                     headers={"Authorization": os.environ[name]})
      def refused(what, text):
          try:
              what()
          except ChromaError as e:
              assert text in str(e), e
          else:
              raise AssertionError("not refused")
      writer = login("WRITER").get_or_create_collection("notes")
      writer.upsert(ids=["a", "b"], embeddings=[[1, 2], [3, 4]], documents=["one", "two"])
      reader = login("READER").get_collection("notes")
      assert reader.query(query_embeddings=[[1, 2]], n_results=1)["documents"] == [["one"]]
      refused(lambda: reader.delete(ids=["a"]), "Forbidden")
      refused(lambda: login("READER").create_collection("more"), "Forbidden")
      refused(lambda: login("WRITER", tenant="rival"), "Forbidden")
      refused(lambda: login("RIVAL"), "Forbidden")
      refused(lambda: login("NOBODY").get_collection("notes"), "Forbidden")
      refused(lambda: login("FORGED"), "Unauthorized")
      theirs = login("RIVAL", tenant="rival").get_collection("theirs")
      stolen = login("WRITER").get_collection("notes")
      stolen._model.id = theirs.id
      refused(lambda: stolen.get(), "does not exist")
      print("all checks passed")
      """;

  @TempDir static Path folder;
  private RealIdentityProvider provider;
  private RealChroma chroma;
  private TestGateway gateway;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  void start() throws Exception {
    provider = RealIdentityProvider.start(folder);
    chroma = RealChroma.start("1.5.9", folder);
    chroma.collection("acme", "main", "docs");
    chroma.collection("rival", "main", "theirs");
    Path rules = Files.writeString(folder.resolve("rules.yaml"), "{roles_mapping: {}, users: []}");
    Map<String, String> settings = new HashMap<>();
    settings.put("CHROMA_SERVER_AUTHN_PROVIDER", "jwt");
    settings.put("CHROMA_AUTH_JWT_ISSUER", provider.issuer());
    settings.put("CHROMA_AUTH_JWT_AUDIENCE", "chroma");
    settings.put("CHROMA_AUTH_JWT_JWKS_URL", provider.keys().toString());
    settings.put("CHROMA_AUTH_JWT_ROLES_CLAIM", "realm_access.roles");
    settings.put("CHROMA_AUTH_JWT_TENANT_CLAIM", "tenant");
    settings.put("CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac");
    settings.put("CHROMA_SERVER_AUTHZ_CONFIG_FILE", rules.toString());
    settings.put("CHROMA_AUTH_AUDIT", "off");
    gateway = TestGateway.start(settings, chroma.url());
  }

  @AfterAll
  void stop() {
    gateway.close();
    chroma.close();
    provider.close();
  }

  @Test
  @Order(1)
  void thePythonClientSendsItsTokenAsAHeader() throws Exception {
    Path output = folder.resolve("python.out");
    ProcessBuilder builder = new ProcessBuilder(Installed.path("PYTHON_1_5_9"), "-c", PYTHON);
    String writer = provider.bearer("writer-acme");
    builder
        .environment()
        .putAll(
            Map.of(
                "CHROMA_URL", gateway.url().toString(),
                "WRITER", writer,
                "READER", provider.bearer("reader-acme"),
                "RIVAL", provider.bearer("writer-rival"),
                "NOBODY", provider.bearer("nobody-acme"),
                "FORGED", writer.substring(0, writer.lastIndexOf('.')) + ".AAAA"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), Files.readString(output));
    assertTrue(Files.readString(output).contains("all checks passed"));
  }

  @Test
  @Order(2)
  void aJavaClientFetchesItsOwn() throws Exception {
    try (var credentials = provider.client("reader-acme")) {
      HttpClient own = AuthenticatedHttpClient.of(gateway.url(), credentials);
      HttpRequest request =
          HttpRequest.newBuilder(gateway.url().resolve("/api/v2/auth/identity")).build();
      HttpResponse<String> answer = own.send(request, BodyHandlers.ofString());
      assertEquals(
          "{\"user_id\":\"reader-acme\",\"tenant\":\"acme\",\"databases\":[\"*\"],\"attributes\":null}",
          answer.body());
    }
  }

  /** Old tokens work all the time, new ones at once or, at the latest, after a minute. */
  @Test
  @Order(3)
  void aKeyThatRollsOverUnderLoadFailsNoTokenThatWasGood() throws Exception {
    String before = provider.bearer("reader-acme");
    try (TokenLoad old = new TokenLoad(before)) {
      old.awaitMore(50);
      provider.tell("publish", "second");
      provider.tell("use", "second");
      String after = provider.bearer("reader-acme");
      long begin = System.nanoTime();
      int refused = 0;
      while (ask(after) == 401) {
        refused++;
        Thread.sleep(20);
      }
      Duration window = Duration.ofNanos(System.nanoTime() - begin);
      System.out.println("rollover without notice: " + refused + " times 401 in " + window);
      assertTrue(window.compareTo(Duration.ofSeconds(61)) < 0, window::toString);
      old.awaitMore(50);
      Map<Integer, Integer> statuses = old.statuses();
      assertEquals(Map.of(200, old.answered()), statuses);
    }
  }

  /** Nobody answers at the URL of the keys, and an unknown key makes the gateway look there. */
  @Test
  @Order(4)
  void aProviderThatIsGoneForAMinuteFailsNoTokenOfAKnownKey() throws Exception {
    String known = provider.bearer("reader-acme");
    assertEquals(200, ask(known));
    provider.tell("publish", "third");
    provider.tell("use", "third");
    String unknown = provider.bearer("reader-acme");
    provider.close();
    long begin = System.nanoTime();
    try (TokenLoad load = new TokenLoad(known)) {
      while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(65)) {
        assertEquals(401, ask(unknown));
        Thread.sleep(500);
      }
      Map<Integer, Integer> statuses = load.statuses();
      assertEquals(Map.of(200, load.answered()), statuses);
      System.out.println("provider gone for 65 s: " + load.answered() + " answers, all 200");
    }
  }

  private int ask(String bearer) throws Exception {
    URI uri = gateway.url().resolve("/api/v2/tenants/acme/databases/main/collections");
    HttpRequest request = HttpRequest.newBuilder(uri).header("Authorization", bearer).build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  /** Eight connections with one token, each as fast as it is answered. */
  private final class TokenLoad implements AutoCloseable {
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    TokenLoad(String bearer) {
      for (int i = 0; i < CONNECTIONS; i++) {
        Thread thread = new Thread(() -> run(bearer));
        threads.add(thread);
        thread.start();
      }
    }

    private void run(String bearer) {
      try {
        while (!ended.get()) {
          statuses.merge(ask(bearer), 1, Integer::sum);
        }
      } catch (Exception e) {
        failure.compareAndSet(null, e);
      }
    }

    void awaitMore(int answers) throws InterruptedException {
      int before = answered();
      while (answered() < before + answers && failure.get() == null) {
        Thread.sleep(10);
      }
    }

    int answered() {
      return statuses.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** After the last answer. */
    Map<Integer, Integer> statuses() throws InterruptedException {
      close();
      assertEquals(null, failure.get());
      return new TreeMap<>(statuses);
    }

    @Override
    public void close() {
      ended.set(true);
      for (Thread thread : threads) {
        try {
          thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
