package io.chromaauth.servlet;

import io.chromaauth.CollectionResolver;
import io.chromaauth.settings.UpstreamHeader;
import io.chromaauth.settings.UpstreamSetting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Asks the Chroma behind who owns a collection: by id where it can (1.x), else by listing the
 * database of the path. Compares id, tenant and database of the reply, since Chroma 1.5.9 looks up
 * by id alone.
 */
final class UpstreamResolver implements CollectionResolver {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int PAGE = 1_000;
  private static final int MOST_LISTED = 100_000;
  private static final String COLLECTIONS = "/collections";
  private static final String BY_ID = COLLECTIONS + "/by-id/";

  private final UpstreamSetting upstream;
  private final Function<Executor, HttpClient> clients;
  private final ExecutorService threads;
  private @Nullable HttpClient client; // under the lock of this
  private volatile @Nullable Boolean hasById;

  UpstreamResolver(UpstreamSetting upstream) {
    this(upstream, threads -> client(upstream.uri(), threads));
  }

  /**
   * @param clients makes a client that runs on these threads
   */
  UpstreamResolver(UpstreamSetting upstream, Function<Executor, HttpClient> clients) {
    this.upstream = upstream;
    this.clients = clients;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "chroma-auth-resolver");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static HttpClient client(URI upstream, Executor threads) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads);
    return "http".equals(upstream.getScheme())
        ? client.sslContext(new NoTls()).sslParameters(new SSLParameters()).build()
        : client.build();
  }

  /** Made at the first look-up: that takes too long for a start that may never need it. */
  private synchronized HttpClient client() {
    if (client == null) {
      client = clients.apply(threads);
    }
    return client;
  }

  private synchronized void replace(HttpClient late) {
    if (client == late) {
      client = null;
    }
  }

  @Override
  public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
    if (tenant == null || database == null) {
      return new Unavailable("the upstream can't find an owner without tenant and database");
    }
    String path =
        "/api/v2/tenants/"
            + PercentEncoding.encode(tenant)
            + "/databases/"
            + PercentEncoding.encode(database);
    try {
      return hasById() ? byId(path, id) : byListing(path, id);
    } catch (IOException e) {
      return new Unavailable("look-up at the upstream failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("look-up at the upstream was interrupted");
    }
  }

  @Override
  public Listing list(String tenant, @Nullable String database, int limit, int offset) {
    String databases = "/api/v2/tenants/" + PercentEncoding.encode(tenant) + "/databases";
    String path =
        database == null
            ? databases
            : databases + "/" + PercentEncoding.encode(database) + COLLECTIONS;
    try {
      HttpResponse<byte[]> response = get(path + "?limit=" + limit + "&offset=" + offset);
      return switch (response.statusCode()) {
        case 200 -> new Page(JsonElements.read(response.body()));
        case 404 -> new NotFound();
        default -> new Unavailable("the upstream answers a list " + response.statusCode());
      };
    } catch (IOException e) {
      return new Unavailable("a list of the upstream failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("a list of the upstream was interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Resolution byId(String database, UUID id) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = get(database + BY_ID + id);
    if (response.statusCode() == 404) {
      return new NotFound();
    }
    if (response.statusCode() != 200) {
      return new Unavailable("the upstream answers a look-up by id " + response.statusCode());
    }
    CollectionJson collection = CollectionJson.readOne(response.body());
    return collection.isOf(id)
        ? collection.found()
        : new Unavailable("the upstream answers a look-up with another id");
  }

  private Resolution byListing(String path, UUID id) throws IOException, InterruptedException {
    for (int offset = 0; offset < MOST_LISTED; offset += PAGE) {
      HttpResponse<byte[]> response =
          get(path + COLLECTIONS + "?limit=" + PAGE + "&offset=" + offset);
      if (response.statusCode() != 200) {
        return new Unavailable("the upstream answers a listing " + response.statusCode());
      }
      List<CollectionJson> page = CollectionJson.readList(response.body());
      Optional<CollectionJson> found = page.stream().filter(c -> c.isOf(id)).findFirst();
      if (found.isPresent()) {
        return found.get().found();
      }
      if (page.size() < PAGE) {
        return new NotFound();
      }
    }
    return new Unavailable("more than " + MOST_LISTED + " collections in a database");
  }

  /** Learnt once from the upstream's own description. */
  private boolean hasById() throws IOException, InterruptedException {
    Boolean known = hasById;
    if (known == null) {
      HttpResponse<byte[]> response = get("/openapi.json");
      if (response.statusCode() != 200) {
        throw new IOException("/openapi.json answers " + response.statusCode());
      }
      known = new String(response.body(), StandardCharsets.UTF_8).contains(BY_ID);
      hasById = known;
    }
    return known;
  }

  /** The whole answer within the time allowed, whatever the upstream does. */
  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream.uri() + path));
    Supplier<UpstreamHeader> header = upstream.header();
    if (header != null) {
      UpstreamHeader now = header.get();
      request.header(now.name(), now.value());
    }
    HttpClient asked = client();
    CompletableFuture<HttpResponse<byte[]>> answer =
        asked.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      replace(asked); // it may be past answering
      throw new IOException("no answer within " + ANSWER.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }
}
