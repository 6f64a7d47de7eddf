package io.chromaauth.demo.api;

import io.chromaauth.CollectionResolver;
import io.chromaauth.demo.store.Store;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Chroma of its own in this process: the HTTP API over a persistent store in a folder. Answers
 * whoever asks: put a filter before it.
 *
 * <p>Data of a collection is served only below its own tenant and database. Thread-safe.
 */
public final class EmbeddedChroma implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Store store;
  private final HttpServlet servlet;
  private final CollectionResolver resolver;

  private EmbeddedChroma(Store store, Bodies bodies, boolean allowReset) {
    CollectionLookup collections = new CollectionLookup(store.catalog());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SystemRoutes(store, allowReset, Clock.systemUTC()).routes());
    routes.addAll(new TenantRoutes(store.catalog()).routes());
    routes.addAll(new CollectionRoutes(store.catalog(), collections).routes());
    routes.addAll(new RecordRoutes(store.records(), collections).routes());
    routes.addAll(new UnsupportedRoutes(collections).routes());
    this.store = store;
    this.servlet = new ChromaServlet(new RouteTable(routes), bodies, store.results(), PATIENCE);
    this.resolver = new StoreResolver(store.catalog(), collections);
  }

  /**
   * Opens the store in a folder, which is made if it is not there.
   *
   * @param allowReset whether {@code POST .../reset} deletes everything; else it is refused
   * @throws IOException if the folder is in use by another process, of a newer format, or not to be
   *     read; its message is one line that says which
   */
  public static EmbeddedChroma open(Path dir, boolean allowReset) throws IOException {
    return new EmbeddedChroma(Store.open(dir), Bodies.in(dir), allowReset);
  }

  /** Serves the API; to be mapped to every path. */
  public HttpServlet servlet() {
    return servlet;
  }

  /** Finds the owners of collections, with and without a path, and lists as the API does. */
  public CollectionResolver resolver() {
    return resolver;
  }

  /** Waits for a write in flight; later requests fail. */
  @Override
  public void close() throws IOException {
    store.close();
  }
}
