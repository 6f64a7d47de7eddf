package io.chromaauth.demo.api;

import io.chromaauth.demo.store.Catalog;
import io.chromaauth.demo.store.ChromaCollection;
import io.chromaauth.demo.store.MetadataKind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the collection that a request names by UUID: only within the tenant and database of its
 * path, if it has one.
 */
final class CollectionLookup {
  private final Catalog catalog;

  CollectionLookup(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The collection of a route on records. */
  ChromaCollection withId(Call call) {
    return withId(call, "Collection ID is not a valid UUIDv4", "does not exist.");
  }

  /**
   * The collection, with a route's own wording of what is wrong.
   *
   * @param noUuid if its id is none
   * @param notThere how the message ends if it is not there
   */
  ChromaCollection withId(Call call, String noUuid, String notThere) {
    UUID id = call.id(noUuid);
    Optional<ChromaCollection> found =
        call.namesIdOnly() ? catalog.collection(id) : within(id, call.tenant(), call.database());
    return found.orElseThrow(
        () -> ApiException.of(Fault.NO_COLLECTION, "Collection [" + id + "] " + notThere));
  }

  /** The collection, if this is its tenant and database. */
  Optional<ChromaCollection> within(UUID id, String tenant, String database) {
    return catalog
        .collection(id)
        .filter(found -> found.tenant().equals(tenant) && found.database().equals(database));
  }

  CollectionJson json(ChromaCollection collection, Dialect dialect) {
    List<MetadataKind> kinds = dialect == Dialect.CHROMA_1 ? catalog.kinds(collection) : List.of();
    return new CollectionJson(collection, kinds, dialect);
  }
}
