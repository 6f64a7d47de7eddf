import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.chroma.ChromaApiVersion;
import dev.langchain4j.store.embedding.chroma.ChromaEmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.MetadataFilterBuilder;
import io.chromaauth.client.ClientCredentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Checks the gateway with LangChain4j's Chroma store, which sends credentials by ChromaLogin only; see Checks. */
public final class LangChain4j {
  private LangChain4j() {}

  public static void main(String[] arguments) {
    Checks.run(arguments, LangChain4j::flow, LangChain4j::refusals);
  }

  // Ways in

  private static ChromaEmbeddingStore store(String credentials, String collection) {
    return store(Checks.CHROMA, Checks.credentials(credentials), collection);
  }

  private static ChromaEmbeddingStore store(URI server, ClientCredentials credentials, String collection) {
    ChromaLogin.use(server, credentials);
    ChromaEmbeddingStore store =
        ChromaEmbeddingStore.builder()
            .apiVersion(ChromaApiVersion.V2) // its default is V1, which Chroma 1.x does not serve
            .baseUrl(server.toString())
            .tenantName("default_tenant") // its own default is "default"
            .databaseName("default_database")
            .collectionName(collection)
            .build();
    return store;
  }

  // What must work

  private static void flow() {
    String name = "client-" + UUID.randomUUID();
    Checks.check("create-collection", () -> store(Checks.ADMIN, name));
    Checks.check("construct-again", () -> store(Checks.ADMIN, name));
    Checks.check("add", () -> add(store(Checks.ADMIN, name)));
    Checks.check("search", () -> Checks.equal(found(store(Checks.ADMIN, name), "1 0 0", null), "a c"));
    Filter y = MetadataFilterBuilder.metadataKey("kind").isEqualTo("y");
    Checks.check("search-where", () -> Checks.equal(found(store(Checks.ADMIN, name), "1 0 0", y), "b c"));
    Checks.check(
        "remove",
        () -> {
          ChromaEmbeddingStore store = store(Checks.ADMIN, name);
          store.removeAll(List.of("a"));
          Checks.equal(found(store, "1 0 0", null), "b c");
          store.removeAll(MetadataFilterBuilder.metadataKey("n").isEqualTo(2));
          Checks.equal(found(store, "1 0 0", null), "c");
        });
    Checks.check(
        "remove-all",
        () -> {
          ChromaEmbeddingStore store = store(Checks.ADMIN, name);
          store.removeAll();
          Checks.equal(found(store, "1 0 0", null), "");
        });
    Checks.check("a-tenant-and-database-that-it-makes", () -> ownTenant(name));
  }

  private static void ownTenant(String name) {
    ChromaLogin.use(Checks.CHROMA, Checks.credentials(Checks.ADMIN));
    ChromaEmbeddingStore own =
        ChromaEmbeddingStore.builder()
            .apiVersion(ChromaApiVersion.V2)
            .baseUrl(Checks.CHROMA.toString())
            .collectionName(name)
            .build();
    add(own);
    Checks.equal(found(own, "1 0 0", null), "a c");
  }

  private static void add(ChromaEmbeddingStore store) {
    List<TextSegment> segments =
        List.of(segment("1 0 0", "x", 1), segment("0 1 0", "y", 2), segment("0.5 0.5 0", "y", 3));
    List<Embedding> embeddings = segments.stream().map(s -> Embedding.from(Checks.vector(s.text()))).toList();
    store.addAll(List.of("a", "b", "c"), embeddings, segments);
  }

  private static TextSegment segment(String text, String kind, int n) {
    return TextSegment.from(text, Metadata.from(Map.of("kind", kind, "n", n)));
  }

  private static String found(ChromaEmbeddingStore store, String query, Filter where) {
    EmbeddingSearchRequest request =
        EmbeddingSearchRequest.builder()
            .queryEmbedding(Embedding.from(Checks.vector(query)))
            .maxResults(2)
            .filter(where)
            .build();
    return String.join(
        " ", store.search(request).matches().stream().map(EmbeddingMatch::embeddingId).sorted().toList());
  }

  // What must be refused

  private static void refusals() {
    String name = "client-" + UUID.randomUUID();
    Checks.check("admin-creates-collection", () -> add(store(Checks.ADMIN, name)));
    Checks.check("no-credentials", () -> Checks.unauthorized(() -> store(Checks.NONE, name)));
    Checks.check("wrong-credentials", () -> Checks.unauthorized(() -> store(Checks.WRONG, name)));
    Checks.check(
        "credentials-for-another-server-are-not-sent",
        () -> {
          URI elsewhere = URI.create("http://localhost:1");
          ChromaLogin.use(elsewhere, Checks.credentials(Checks.ADMIN));
          Checks.unauthorized(
              () ->
                  ChromaEmbeddingStore.builder()
                      .apiVersion(ChromaApiVersion.V2)
                      .baseUrl(Checks.CHROMA.toString())
                      .build());
        });
    Checks.check("reader-searches", () -> Checks.equal(found(store(Checks.READER, name), "1 0 0", null), "a c"));
    Checks.check("reader-add", () -> Checks.forbidden(() -> run(() -> add(store(Checks.READER, name)))));
    Checks.check(
        "reader-remove", () -> Checks.forbidden(() -> run(() -> store(Checks.READER, name).removeAll(List.of("a")))));
    Checks.check(
        "reader-remove-all", () -> Checks.forbidden(() -> run(() -> store(Checks.READER, name).removeAll())));
    Checks.check("reader-create-collection", () -> Checks.forbidden(() -> store(Checks.READER, name + "-other")));
    Checks.check("nothing-is-removed", () -> Checks.equal(found(store(Checks.ADMIN, name), "1 0 0", null), "a c"));
  }

  private static boolean run(Runnable call) {
    call.run();
    return true;
  }
}
