package io.chromaauth.servlet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path's segments with placeholders among them, and at which index those stand that name a
 * resource; -1 for one that is not there. Every request asks for them.
 */
record Template(List<String> segments, int tenant, int database, int collection, int id) {

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

  /** What a path says at an index of the template, or null for none. */
  static @Nullable String at(int index, RequestPath path) {
    return index < 0 ? null : path.segments().get(index);
  }
}
