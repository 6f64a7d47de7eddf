import io.chromaauth.client.ClientCredentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import tech.amikos.chromadb.Client;
import tech.amikos.chromadb.Collection;
import tech.amikos.chromadb.Embedding;
import tech.amikos.chromadb.embeddings.EmbeddingFunction;
import tech.amikos.chromadb.handler.ApiException;

/** Checks the gateway with credentials as default headers of chromadb-java-client 0.1.7; see Checks. */
public final class Headers {
  private Headers() {}

  public static void main(String[] arguments) {
    Checks.run(arguments, Headers::flow, Headers::refusals);
  }

  private static Client connect(String credentials) {
    return connect(Checks.CHROMA, Checks.credentials(credentials));
  }

  private static Client connect(URI server, ClientCredentials credentials) {
    Client client = new Client(server.toString());
    client.setDefaultHeaders(credentials.headersFor(server));
    return client;
  }

  private static void flow() {
    String name = "client-" + UUID.randomUUID();
    Client client = connect(Checks.ADMIN);
    Checks.check("create-collection", () -> create(client, name));
    Checks.check("list-collections", () -> Checks.equal(listed(client, name), 1L));
    Checks.check("delete-collection", () -> client.deleteCollection(name));
    Checks.check("list-again", () -> Checks.equal(listed(client, name), 0L));
  }

  private static void refusals() {
    Checks.check("no-credentials", () -> fails(401, () -> connect(Checks.NONE).listCollections()));
    Checks.check("wrong-credentials", () -> fails(401, () -> connect(Checks.WRONG).listCollections()));
    Client reader = connect(Checks.READER);
    Checks.check("reader-lists", () -> Checks.equal(listed(reader, "nothing"), 0L));
    Checks.check(
        "reader-create-collection",
        () -> fails(403, () -> create(reader, "client-" + UUID.randomUUID())));
  }

  private static Collection create(Client client, String name) throws Exception {
    return client.createCollection(name, Map.of("team", "blue"), false, new NoModel());
  }

  private static long listed(Client client, String name) throws Exception {
    return client.listCollections().stream().filter(c -> c.getName().equals(name)).count();
  }

  private static void fails(int status, Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (ApiException e) {
      Checks.equal(e.getCode(), status);
      return;
    }
    throw new AssertionError("did not fail");
  }

  /** The client's default would download a model. */
  private static final class NoModel implements EmbeddingFunction {
    @Override
    public Embedding embedQuery(String query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Embedding> embedDocuments(List<String> documents) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Embedding> embedDocuments(String[] documents) {
      throw new UnsupportedOperationException();
    }
  }
}
