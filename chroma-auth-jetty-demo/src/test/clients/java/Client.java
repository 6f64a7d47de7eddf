import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import tech.amikos.chromadb.Collection;
import tech.amikos.chromadb.Embedding;
import tech.amikos.chromadb.embeddings.EmbeddingFunction;
import tech.amikos.chromadb.handler.ApiException;
import tech.amikos.chromadb.model.QueryEmbedding.IncludeEnum;

/**
 * Checks a Chroma server, or the gateway before one, with the real Java client (chromadb-java-client 0.1.7, API v1).
 *
 * <p>usage: java Client flow|refusals
 *
 * <p>environment: CHROMA_URL (http://HOST:PORT), CHROMA_SCHEME (basic, bearer, x-chroma-token), CHROMA_CREDENTIALS (an
 * admin's user:password or token), for refusals also CHROMA_READER_CREDENTIALS and CHROMA_WRONG_CREDENTIALS.
 *
 * <p>Prints a line for each check and a total; exits 0 only if checks ran and all passed.
 */
public final class Client {
  private static final String DATABASE = "/api/v2/tenants/default_tenant/databases/default_database";
  private static final String URL = variable("CHROMA_URL");
  private static final String SCHEME = variable("CHROMA_SCHEME");
  private static final String ADMIN = variable("CHROMA_CREDENTIALS");
  private static final String READER = variable("CHROMA_READER_CREDENTIALS");
  private static final String WRONG = variable("CHROMA_WRONG_CREDENTIALS");

  private static int passed;
  private static int failed;

  private Client() {}

  public static void main(String[] arguments) {
    String mode = arguments.length == 1 ? arguments[0] : "";
    if (!List.of("flow", "refusals").contains(mode)) {
      stop("usage: java Client flow|refusals");
    }
    require(URL, ADMIN);
    if (!List.of("basic", "bearer", "x-chroma-token").contains(SCHEME)) {
      stop("Client: CHROMA_SCHEME is none of basic, bearer, x-chroma-token");
    }
    if (mode.equals("flow")) {
      flow();
    } else {
      require(READER, WRONG);
      refusals();
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(passed > 0 && failed == 0 ? 0 : 1); // the client's own threads would keep it running
  }

  private static String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }

  /** An absent credential would be sent as none, and the refusal of nobody taken for the refusal of somebody. */
  private static void require(String... values) {
    if (List.of(values).contains("")) {
      stop("Client: not all of its variables are set");
    }
  }

  private static void stop(String message) {
    System.err.println(message);
    System.exit(1);
  }

  // Checks

  private interface Body {
    void run() throws Exception;
  }

  /** One check: whatever fails in it is reported, and the next one runs all the same. */
  private static void check(String name, Body body) {
    try {
      body.run();
      passed++;
      System.out.println("ok " + name);
    } catch (Exception | AssertionError e) {
      failed++;
      System.out.println("FAIL " + name + ": " + withoutSecrets(e.toString()));
    }
  }

  private static String withoutSecrets(String text) {
    for (String secret : List.of(ADMIN, READER, WRONG)) {
      for (String form : List.of(base64(secret), secret, secret.substring(secret.indexOf(':') + 1))) {
        text = form.isEmpty() ? text : text.replace(form, "***");
      }
    }
    text = text.replaceAll("\\s+", " ");
    return text.substring(0, Math.min(text.length(), 200));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void equal(Object actual, Object expected) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected " + expected + ", found " + actual);
    }
  }

  private static void isTrue(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  private static void unauthorized(Callable<?> call) throws Exception {
    fails(401, "Unauthorized", call);
  }

  private static void forbidden(Callable<?> call) throws Exception {
    fails(403, "Forbidden", call);
  }

  /** The client's own error with the status, and a text in the answer; 0 is any status. */
  private static void fails(int status, String text, Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (Exception e) {
      Throwable cause = e instanceof ApiException ? e : e.getCause(); // records: a ChromaException around it
      if (!(cause instanceof ApiException refusal)) {
        throw e;
      }
      isTrue(status == 0 || status == refusal.getCode(), "status " + refusal.getCode());
      isTrue(String.valueOf(refusal.getResponseBody()).contains(text), "answer " + refusal.getResponseBody());
      return;
    }
    throw new AssertionError("did not fail");
  }

  // Ways in

  /** The client with headers, the only credentials that it knows; "" is none. */
  private static tech.amikos.chromadb.Client connect(String credentials) {
    tech.amikos.chromadb.Client client = new tech.amikos.chromadb.Client(URL);
    client.setTimeout(30);
    client.setDefaultHeaders(authHeaders(credentials));
    return client;
  }

  private static Map<String, String> authHeaders(String credentials) {
    if (credentials.isEmpty()) {
      return Map.of();
    }
    return switch (SCHEME) {
      case "basic" -> Map.of("Authorization", "Basic " + base64(credentials));
      case "bearer" -> Map.of("Authorization", "Bearer " + credentials);
      default -> Map.of("X-Chroma-Token", credentials);
    };
  }

  /** A text is its own vector: "1 0.5 0". The client asks with texts only, and its default would download a model. */
  private static final class Numbers implements EmbeddingFunction {
    @Override
    public Embedding embedQuery(String query) {
      return new Embedding(Arrays.stream(query.split(" ")).map(Float::valueOf).toList());
    }

    @Override
    public List<Embedding> embedDocuments(List<String> documents) {
      return documents.stream().map(this::embedQuery).toList();
    }

    @Override
    public List<Embedding> embedDocuments(String[] documents) {
      return embedDocuments(List.of(documents));
    }
  }

  private static Collection create(tech.amikos.chromadb.Client client, String name, boolean orGet) throws Exception {
    Map<String, String> metadata = Map.of("team", "blue", "embedding_function", "Numbers"); // lost without the second
    return client.createCollection(name, metadata, orGet, new Numbers());
  }

  private static Collection get(tech.amikos.chromadb.Client client, String name) throws Exception {
    return client.getCollection(name, new Numbers());
  }

  private static List<Embedding> vectors(String... texts) {
    return new Numbers().embedDocuments(texts);
  }

  private static long listed(tech.amikos.chromadb.Client client, String name) throws Exception {
    return client.listCollections().stream().filter(c -> c.getName().equals(name)).count();
  }

  // What must work

  private static void flow() {
    String name = "client-" + UUID.randomUUID();
    String renamed = name + "-renamed";
    tech.amikos.chromadb.Client client = connect(ADMIN);

    check("heartbeat", () -> isTrue(client.heartbeat().containsKey("nanosecond heartbeat"), "no time"));
    check("version", () -> isTrue(client.version().matches("\"?\\d+\\.\\d+\\.\\d+.*"), "not a version"));
    check(
        "create-collection",
        () -> {
          create(client, name, false); // what it returns knows nothing of the metadata
          equal(get(client, name).getMetadata().get("team"), "blue");
        });
    check("create-again-fails", () -> fails(0, "already exists", () -> create(client, name, false)));
    check("get-or-create", () -> equal(create(client, name, true).getId(), get(client, name).getId()));
    check("list-collections", () -> equal(listed(client, name), 1L));
    records(client, name);
    check(
        "modify-name",
        () -> {
          String id = get(client, name).getId();
          get(client, name).update(renamed, null);
          equal(get(client, renamed).getId(), id);
          fails(0, "does not exist", () -> get(client, name));
        });
    check(
        "delete-records",
        () -> {
          get(client, renamed).deleteWithIds(List.of("a"));
          get(client, renamed).deleteWhere(Map.of("kind", "z"));
          equal(documents(get(client, renamed).get()), "b:lime c:yellow banana");
        });
    check(
        "delete-collection",
        () -> {
          client.deleteCollection(renamed);
          equal(listed(client, renamed), 0L);
        });
    check("get-deleted-fails", () -> fails(0, "does not exist", () -> get(client, renamed)));
  }

  private static void records(tech.amikos.chromadb.Client client, String name) {
    check(
        "add",
        () -> {
          Collection collection = get(client, name);
          collection.add(
              vectors("1 0 0", "0 1 0", "0 0 1"),
              List.of(Map.of("kind", "x"), Map.of("kind", "y"), Map.of("kind", "y")),
              List.of("red apple", "green apple", "yellow banana"),
              List.of("a", "b", "c"));
          equal(collection.count(), 3);
        });
    check("query", () -> equal(query(client, name, "1 0.5 0", 3, null, null), "a:0.25 b:1.25 c:2.25"));
    check(
        "query-where",
        () -> equal(query(client, name, "1 0.5 0", 2, Map.of("kind", "y"), null), "b:1.25 c:2.25"));
    check(
        "query-where-document",
        () -> equal(query(client, name, "0 0 1", 1, null, Map.of("$contains", "red")), "a:2.0"));
    check(
        "get-where",
        () ->
            equal(
                documents(get(client, name).get(null, Map.of("kind", "y"), null)),
                "b:green apple c:yellow banana"));
    check(
        "get-where-document",
        () ->
            equal(
                documents(get(client, name).get(null, null, Map.of("$contains", "apple"))),
                "a:red apple b:green apple"));
    check(
        "update",
        () -> {
          get(client, name)
              .updateEmbeddings(
                  vectors("1 1 0"), List.of(Map.of("n", "10")), List.of("red cherry"), List.of("a"));
          Collection.GetResult found = get(client, name).get(List.of("a"), null, null);
          equal(documents(found), "a:red cherry");
          equal(new TreeMap<>(found.getMetadatas().get(0)).toString(), "{kind=x, n=10}");
        });
    check(
        "upsert",
        () -> {
          Collection collection = get(client, name);
          collection.upsert(
              vectors("0 2 0", "2 0 0"),
              List.of(Map.of("kind", "y"), Map.of("kind", "z")),
              List.of("lime", "date"),
              List.of("b", "d"));
          equal(collection.count(), 4);
          equal(documents(collection.get(List.of("b", "d"), null, null)), "b:lime d:date");
        });
  }

  private static String query(
      tech.amikos.chromadb.Client client,
      String name,
      String vector,
      int results,
      Map<String, Object> where,
      Map<String, Object> whereDocument)
      throws Exception {
    List<IncludeEnum> include = List.of(IncludeEnum.DOCUMENTS, IncludeEnum.METADATAS, IncludeEnum.DISTANCES);
    Collection.QueryResponse found =
        get(client, name).query(List.of(vector), results, where, whereDocument, include);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < found.getIds().get(0).size(); i++) {
      float distance = found.getDistances().get(0).get(i);
      rows.add(found.getIds().get(0).get(i) + ":" + Math.round(distance * 1e6) / 1e6);
    }
    return String.join(" ", rows);
  }

  private static String documents(Collection.GetResult found) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < found.getIds().size(); i++) {
      rows.add(found.getIds().get(i) + ":" + found.getDocuments().get(i));
    }
    return String.join(" ", rows.stream().sorted().toList());
  }

  // What must be refused

  private static void refusals() {
    check("no-credentials", () -> unauthorized(() -> connect("").listCollections()));
    check("wrong-credentials", () -> unauthorized(() -> connect(WRONG).listCollections()));
    readerRefusals();
    rawRefusals();
  }

  private static void readerRefusals() {
    String name = "client-" + UUID.randomUUID();
    tech.amikos.chromadb.Client owner = connect(ADMIN);
    tech.amikos.chromadb.Client client = connect(READER);
    check(
        "admin-creates-collection",
        () ->
            create(owner, name, false)
                .add(vectors("1 0"), List.of(Map.of("kind", "x")), List.of("one"), List.of("a")));
    check("reader-constructs-and-lists", () -> equal(listed(client, name), 1L));
    check(
        "reader-counts-and-queries",
        () -> {
          equal(get(client, name).count(), 1);
          equal(query(client, name, "1 0", 1, null, null), "a:0.0");
        });
    check(
        "reader-add",
        () ->
            forbidden(
                () ->
                    get(client, name)
                        .add(vectors("0 1"), List.of(Map.of("kind", "y")), List.of("two"), List.of("b"))));
    check("reader-delete", () -> forbidden(() -> get(client, name).deleteWithIds(List.of("a"))));
    check("reader-delete-collection", () -> forbidden(() -> client.deleteCollection(name)));
    check(
        "raw-reader-add",
        () -> {
          String path = DATABASE + "/collections/" + get(owner, name).getId() + "/add";
          answered(request("POST", path, READER, "{\"ids\":[\"b\"],\"embeddings\":[[0,1]]}"), 403, "Forbidden");
        });
    check("count-is-unchanged", () -> equal(get(owner, name).count(), 1));
    check("admin-deletes-collection", () -> owner.deleteCollection(name));
  }

  private static void rawRefusals() {
    String collections = DATABASE + "/collections";
    String nowhere = "/api/v2/nope";
    String count = "/api/v1/collections/00000000-0000-4000-8000-000000000000/count";
    stranger("no-credentials", "GET", collections, "");
    stranger("wrong-credentials", "GET", collections, WRONG);
    stranger("unknown-route", "GET", nowhere, "");
    stranger("delete-database", "DELETE", "/api/v2/tenants/default_tenant/databases/x", "");
    stranger("v1-count", "GET", count, "");
    check("raw-unknown-route-as-admin", () -> equal(request("GET", nowhere, ADMIN, "").statusCode(), 404));
  }

  private static void stranger(String name, String method, String path, String credentials) {
    check(
        "raw-" + name,
        () -> {
          HttpResponse<String> answer = request(method, path, credentials, "");
          answered(answer, 401, "Unauthorized");
          isTrue(answer.headers().firstValue("WWW-Authenticate").isPresent(), "no WWW-Authenticate");
        });
  }

  /** Without any client: what another program sees. */
  private static HttpResponse<String> request(String method, String path, String credentials, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(URL + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    authHeaders(credentials).forEach(request::header);
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void answered(HttpResponse<String> answer, int status, String message) {
    equal(answer.statusCode(), status);
    equal(answer.body(), "{\"error\":\"AuthError\",\"message\":\"" + message + "\"}");
    isTrue(answer.headers().firstValue("X-Request-Id").isPresent(), "no X-Request-Id");
  }
}
