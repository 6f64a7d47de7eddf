package io.chromaauth.demo;

import io.chromaauth.CollectionResolver;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store's resolver, before the store is open: settings are checked first, and a store
 * that another process uses must not hide what is wrong with them. Thread-safe.
 */
final class StoreOwners implements CollectionResolver {
  private volatile @Nullable CollectionResolver opened;

  /** The store is open. */
  void open(CollectionResolver resolver) {
    opened = resolver;
  }

  @Override
  public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
    CollectionResolver resolver = opened;
    return resolver == null
        ? new Unavailable("the store is not open")
        : resolver.resolve(id, tenant, database);
  }

  /** The store knows the owner by the UUID alone. */
  @Override
  public boolean findsWithoutPath() {
    return true;
  }

  @Override
  public Listing list(String tenant, @Nullable String database, int limit, int offset) {
    CollectionResolver resolver = opened;
    return resolver == null
        ? new Unavailable("the store is not open")
        : resolver.list(tenant, database, limit, offset);
  }

  @Override
  public CollectionResolver forClient(Client client) {
    CollectionResolver resolver = opened;
    return resolver == null ? this : resolver.forClient(client);
  }
}
