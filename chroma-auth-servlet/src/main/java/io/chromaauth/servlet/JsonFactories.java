package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/**
 * Where the JSON readers and writers here come from. They keep no buffers with threads, which a
 * container has longer than it has a web application, and whose class loader the buffers would
 * hold.
 */
final class JsonFactories {
  private JsonFactories() {}

  /** One as it is. */
  static JsonFactory plain() {
    return builder().build();
  }

  /** One to be set up. */
  static JsonFactoryBuilder builder() {
    return new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool());
  }
}
