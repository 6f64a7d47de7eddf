package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import io.chromaauth.demo.store.Catalog;
import io.chromaauth.demo.store.ChromaCollection;
import io.chromaauth.demo.store.Refused;
import io.chromaauth.demo.store.StoreFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds owners in the store itself, and lists what it has as the API does for a client. */
final class StoreResolver implements CollectionResolver {
  private final Catalog catalog;
  private final CollectionLookup collections;
  private final Client client;

  StoreResolver(Catalog catalog, CollectionLookup collections) {
    this(catalog, collections, new Client(false, null));
  }

  private StoreResolver(Catalog catalog, CollectionLookup collections, Client client) {
    this.catalog = catalog;
    this.collections = collections;
    this.client = client;
  }

  @Override
  public CollectionResolver forClient(Client other) {
    return new StoreResolver(catalog, collections, other);
  }

  @Override
  public boolean findsWithoutPath() {
    return true;
  }

  @Override
  public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
    try {
      Optional<Resolution> found =
          catalog
              .collection(id)
              .filter(c -> tenant == null || tenant.equals(c.tenant()))
              .filter(c -> database == null || database.equals(c.database()))
              .map(c -> new Found(AuthzResource.of(c.tenant(), c.database(), c.name())));
      return found.orElseGet(NotFound::new);
    } catch (StoreFailure | Refused e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Listing list(String tenant, @Nullable String database, int limit, int offset) {
    try {
      List<Element> elements = new ArrayList<>();
      if (database == null) {
        catalog
            .databases(tenant, limit, offset)
            .forEach(
                one -> elements.add(element(one.name(), json -> TenantRoutes.write(json, one))));
        return new Page(elements);
      }
      for (ChromaCollection one : catalog.collections(tenant, database, limit, offset)) {
        elements.add(element(one.name(), listed(one)));
      }
      return new Page(elements);
    } catch (StoreFailure | Refused e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private Answer.Json listed(ChromaCollection one) {
    Dialect dialect = Dialect.of(client.isOnApi1(), client.userAgent());
    CollectionJson json = collections.json(one, dialect);
    boolean python04 = Dialect.isPython04(client.isOnApi1(), client.userAgent());
    return python04 ? json::writeAsBefore05 : json;
  }

  private static Element element(String name, Answer.Json json) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = Payload.MAPPER.createGenerator(text)) {
      json.write(generator);
    } catch (IOException e) {
      return new Element(name, "null"); // a StringWriter never fails
    }
    return new Element(name, text.toString());
  }
}
