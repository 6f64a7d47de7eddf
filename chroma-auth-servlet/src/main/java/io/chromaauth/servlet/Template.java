package io.chromaauth.servlet;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A path's segments with placeholders among them, and at which index those stand that name a
 * resource; -1 for one that is not there. Every request asks for them.
 */
record Template(List<String> segments, int tenant, int database, int collection, int id) {
  /** What most paths name. */
  private static final Literals DEFAULT_TENANT = Literals.of(ResourceNames.DEFAULT_TENANT);

  private static final Literals DEFAULT_DATABASE = Literals.of(ResourceNames.DEFAULT_DATABASE);

  /** The template of these segments. */
  static Template of(List<String> segments) {
    List<String> own = List.copyOf(segments);
    return new Template(
        own,
        own.indexOf(Route.TENANT),
        own.indexOf(Route.DATABASE),
        own.indexOf(Route.COLLECTION),
        own.indexOf(Route.ID));
  }

  /** The tenant that a path names, or null. */
  @Nullable String tenant(RequestPath path) {
    return tenant < 0 ? null : path.segment(tenant, DEFAULT_TENANT);
  }

  /** The database that a path names, or null. */
  @Nullable String database(RequestPath path) {
    return database < 0 ? null : path.segment(database, DEFAULT_DATABASE);
  }

  /** The collection that a path names, or null. */
  @Nullable String collection(RequestPath path) {
    return collection < 0 ? null : path.segment(collection);
  }

  /** The collection's UUID that a path has in an id's place, or null if it is none. */
  @Nullable UUID id(RequestPath path) {
    return id < 0 ? null : path.uuid(id);
  }
}
