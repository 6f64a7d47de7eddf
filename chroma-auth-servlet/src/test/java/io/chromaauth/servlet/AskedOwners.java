package io.chromaauth.servlet;

import io.chromaauth.CollectionResolver;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows the collections of {@link Team} and lists one name, or fails the test whenever it is asked.
 *
 * @param findsWithoutPath as the application can
 * @param mayBeAsked whether anybody may
 */
record AskedOwners(boolean findsWithoutPath, boolean mayBeAsked) implements CollectionResolver {
  @Override
  public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
    check();
    return Team.resolve(id, tenant, database);
  }

  @Override
  public Listing list(String tenant, @Nullable String database, int limit, int offset) {
    check();
    return new Page(List.of(new Element("docs-a", "{}")));
  }

  private void check() {
    if (!mayBeAsked) {
      throw new AssertionError("an explanation must not ask");
    }
  }
}
