import io.chromaauth.client.AuthenticatedHttpClient;
import io.chromaauth.client.ClientCredentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.ai.chroma.vectorstore.ChromaApi;
import org.springframework.ai.chroma.vectorstore.ChromaVectorStore;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Checks the gateway with Spring AI's Chroma store; see Checks. */
public final class SpringAi {
  private static final String TENANT = "default_tenant";
  private static final String DATABASE = "default_database";
  private static final EmbeddingModel MODEL = new Numbers();

  private SpringAi() {}

  public static void main(String[] arguments) {
    Checks.run(arguments, SpringAi::flow, SpringAi::refusals);
  }

  // Ways in

  /** Spring's own ways where it has one: it knows no bearer token. */
  private static ChromaApi connect(String credentials) {
    if (credentials.equals(Checks.NONE)) {
      return ChromaApi.builder().baseUrl(Checks.CHROMA.toString()).build();
    }
    return switch (Checks.SCHEME) {
      case "basic" -> basic(Checks.CHROMA.toString(), Checks.user(credentials), Checks.password(credentials));
      case "x-chroma-token" -> keyToken(Checks.CHROMA.toString(), credentials);
      default -> any(Checks.CHROMA, Checks.credentials(credentials));
    };
  }

  private static ChromaApi keyToken(String url, String token) {
    ChromaApi chroma = ChromaApi.builder().baseUrl(url).build().withKeyToken(token);
    return chroma;
  }

  private static ChromaApi basic(String url, String user, String password) {
    ChromaApi chroma = ChromaApi.builder().baseUrl(url).build().withBasicAuthCredentials(user, password);
    return chroma;
  }

  private static ChromaApi any(URI server, ClientCredentials credentials) {
    var sender = new JdkClientHttpRequestFactory(AuthenticatedHttpClient.of(server, credentials));
    ChromaApi chroma =
        ChromaApi.builder()
            .baseUrl(server.toString())
            .restClientBuilder(RestClient.builder().requestFactory(sender))
            .build();
    return chroma;
  }

  private static ChromaVectorStore store(ChromaApi chroma, String collection) {
    ChromaVectorStore store =
        ChromaVectorStore.builder(chroma, MODEL)
            .tenantName("default_tenant") // Spring's own default is SpringAiTenant
            .databaseName("default_database") // and SpringAiDatabase
            .collectionName(collection)
            .initializeSchema(true)
            .initializeImmediately(true)
            .build();
    return store;
  }

  // What must work

  private static void flow() {
    String name = "client-" + UUID.randomUUID();
    ChromaApi chroma = connect(Checks.ADMIN);
    Checks.check("create-collection", () -> store(chroma, name));
    Checks.check("initialize-again", () -> store(chroma, name));
    Checks.check("add", () -> store(chroma, name).add(documents()));
    Checks.check("count", () -> Checks.equal(count(chroma, name), 3L));
    Checks.check("search", () -> Checks.equal(found(store(chroma, name), "1 0 0", null), "a c"));
    Checks.check("search-where", () -> Checks.equal(found(store(chroma, name), "1 0 0", "kind == 'y'"), "b c"));
    Checks.check(
        "delete",
        () -> {
          store(chroma, name).delete(List.of("a"));
          store(chroma, name).delete("kind == 'y' && n == 2");
          Checks.equal(found(store(chroma, name), "1 0 0", null), "c");
        });
    Checks.check(
        "list-and-delete-collection",
        () -> {
          Checks.equal(listed(chroma, name), 1L);
          chroma.deleteCollection(TENANT, DATABASE, name);
          Checks.equal(listed(chroma, name), 0L);
        });
    Checks.check(
        "the-tenant-and-database-of-its-own-that-it-makes",
        () -> {
          ChromaVectorStore own =
              ChromaVectorStore.builder(chroma, MODEL)
                  .collectionName(name)
                  .initializeSchema(true)
                  .initializeImmediately(true)
                  .build();
          own.add(documents());
          Checks.equal(found(own, "1 0 0", null), "a c");
          chroma.deleteCollection("SpringAiTenant", "SpringAiDatabase", name);
        });
    Checks.check("any-credentials-by-its-request-factory", () -> anyWay(name + "-any"));
  }

  private static void anyWay(String name) {
    ChromaApi chroma = any(Checks.CHROMA, Checks.credentials(Checks.ADMIN));
    store(chroma, name).add(documents());
    Checks.equal(count(chroma, name), 3L);
    chroma.deleteCollection(TENANT, DATABASE, name);
  }

  private static List<Document> documents() {
    return List.of(
        new Document("a", "1 0 0", Map.of("kind", "x", "n", 1)),
        new Document("b", "0 1 0", Map.of("kind", "y", "n", 2)),
        new Document("c", "0.5 0.5 0", Map.of("kind", "y", "n", 3)));
  }

  private static String found(ChromaVectorStore store, String query, String where) {
    SearchRequest.Builder request = SearchRequest.builder().query(query).topK(2).similarityThresholdAll();
    if (where != null) {
      request.filterExpression(where);
    }
    return String.join(" ", store.similaritySearch(request.build()).stream().map(Document::getId).sorted().toList());
  }

  private static Long count(ChromaApi chroma, String name) {
    return chroma.countEmbeddings(TENANT, DATABASE, chroma.getCollection(TENANT, DATABASE, name).id());
  }

  private static long listed(ChromaApi chroma, String name) {
    return chroma.listCollections(TENANT, DATABASE).stream().filter(c -> c.name().equals(name)).count();
  }

  // What must be refused

  private static void refusals() {
    String name = "client-" + UUID.randomUUID();
    ChromaApi admin = connect(Checks.ADMIN);
    Checks.check("admin-creates-collection", () -> store(admin, name).add(documents()));
    Checks.check("no-credentials", () -> Checks.unauthorized(() -> store(connect(Checks.NONE), name)));
    Checks.check("wrong-credentials", () -> Checks.unauthorized(() -> store(connect(Checks.WRONG), name)));
    ChromaApi reader = connect(Checks.READER);
    Checks.check("reader-searches", () -> Checks.equal(found(store(reader, name), "1 0 0", null), "a c"));
    Checks.check("reader-add", () -> Checks.forbidden(() -> run(() -> store(reader, name).add(documents()))));
    Checks.check(
        "reader-delete", () -> Checks.forbidden(() -> run(() -> store(reader, name).delete(List.of("a")))));
    Checks.check("reader-create-collection", () -> Checks.forbidden(() -> store(reader, name + "-other")));
    Checks.check(
        "reader-delete-collection",
        () -> Checks.forbidden(() -> run(() -> reader.deleteCollection(TENANT, DATABASE, name))));
    Checks.check(
        "reader-create-tenant", () -> Checks.forbidden(() -> run(() -> reader.createTenant(name))));
    Checks.check("count-is-unchanged", () -> Checks.equal(count(admin, name), 3L));
    Checks.check("admin-deletes-collection", () -> admin.deleteCollection(TENANT, DATABASE, name));
  }

  private static boolean run(Runnable call) {
    call.run();
    return true;
  }

  /** No model is downloaded or asked: a text is its own vector. */
  private static final class Numbers implements EmbeddingModel {
    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
      List<String> texts = request.getInstructions();
      return new EmbeddingResponse(
          IntStream.range(0, texts.size()).mapToObj(i -> new Embedding(Checks.vector(texts.get(i)), i)).toList());
    }

    @Override
    public float[] embed(Document document) {
      return Checks.vector(document.getText());
    }

    @Override
    public int dimensions() {
      return 3;
    }
  }
}
