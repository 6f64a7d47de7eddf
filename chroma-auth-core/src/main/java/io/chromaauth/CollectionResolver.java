package io.chromaauth;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the owner of a collection's UUID. A UUID proves nothing: Chroma 1.5.9 serves a collection's
 * data by UUID below any tenant's path, so a bounded identity is let through only once the owner is
 * known. Called from many threads at once.
 */
public interface CollectionResolver extends AutoCloseable {
  /**
   * The owner of a collection.
   *
   * @param id the collection's UUID
   * @param tenant the tenant in whose path the request names it, or null where the path has none
   * @param database the database in whose path the request names it, or null
   * @return never null; an exception counts as {@link Unavailable}
   */
  Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database);

  /**
   * Whether it can find an owner without being told tenant and database, as the API v1's routes by
   * UUID need. False unless overridden: such routes are then refused to bounded identities.
   */
  default boolean findsWithoutPath() {
    return false;
  }

  /**
   * One page of the databases of a tenant, or of the collections of a database, in the server's
   * order. The filter answers lists from it for identities that may not see everything.
   *
   * @param database null for the tenant's databases
   * @param limit how many at most, 1 or more
   * @param offset how many to leave out first
   * @return never null; {@link Unsupported} unless overridden, which refuses such lists
   */
  default Listing list(String tenant, @Nullable String database, int limit, int offset) {
    return new Unsupported();
  }

  /**
   * The resolver for one client's lists. Itself unless overridden: for a server that answers
   * clients of several generations in different forms, and lists in the form that this one is used
   * to.
   */
  default CollectionResolver forClient(Client client) {
    return this;
  }

  @Override
  default void close() {}

  /**
   * Who gets a list.
   *
   * @param isOnApi1 whether it asks by a path of API v1
   * @param userAgent its header of that name, or null
   */
  record Client(boolean isOnApi1, @Nullable String userAgent) {}

  /** What is known of a UUID. */
  sealed interface Resolution {}

  /**
   * The UUID belongs to this collection.
   *
   * @param owner tenant, database and the collection's present name
   */
  record Found(AuthzResource owner) implements Resolution {}

  /** What is known of a list. */
  sealed interface Listing {}

  /** A page of a list. */
  record Page(List<Element> elements) implements Listing {
    public Page {
      elements = List.copyOf(elements);
    }
  }

  /**
   * One element of a list.
   *
   * @param name the database's or collection's name
   * @param json the element as the server wrote it
   */
  record Element(String name, String json) {}

  /** This resolver lists nothing. */
  record Unsupported() implements Listing {}

  /** There is no such collection in that tenant and database, or no such tenant or database. */
  record NotFound() implements Resolution, Listing {}

  /**
   * It can't be said now.
   *
   * @param reason for the log, without secrets
   */
  record Unavailable(String reason) implements Resolution, Listing {}
}
