package io.chromaauth.demo.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * A request that has found its route.
 *
 * @param path what its path says at the placeholders of the route
 */
record Call(
    HttpServletRequest request,
    Map<String, String> path,
    QueryString query,
    Dialect dialect,
    Supply supply) {
  private static final Semaphore READERS =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  private static final int UUID_LENGTH = 36;

  /** From the path; API v1 names it in the query, or not at all. */
  String tenant() {
    String named = path.get("tenant");
    return named != null ? named : query.text("tenant", "default_tenant");
  }

  /** From the path; API v1 names it in the query, or not at all. */
  String database() {
    String named = path.get("database");
    return named != null ? named : query.text("database", "default_database");
  }

  /** Whether only a UUID names the collection. */
  boolean namesIdOnly() {
    return !path.containsKey("tenant");
  }

  /** What the path says at a placeholder that the route has. */
  String at(String placeholder) {
    String value = path.get(placeholder);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + placeholder + "}");
    }
    return value;
  }

  /** The UUID in the path, in its 36-character form. */
  UUID id(String messageIfNone) {
    String text = at("id");
    try {
      if (text.length() == UUID_LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      // no UUID
    }
    throw ApiException.invalid(messageIfNone);
  }

  /** The body, read as this payload. */
  Fields body(Payload payload) throws IOException {
    READERS.acquireUninterruptibly(); // it is all there: nobody waits for a client
    try (InputStream body = supply.body().read()) {
      return payload.read(body, supply.body().memory());
    } finally {
      READERS.release();
    }
  }
}
