package io.chromaauth.demo.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collection as it was when it was looked up.
 *
 * @param key its number in this store, never given again
 * @param configuration kept as it was given, for the API to read
 * @param metadata as JSON, or null if it has none
 * @param dimension of its embeddings, or null before the first one
 */
public record ChromaCollection(
    long key,
    UUID id,
    String tenant,
    String database,
    String name,
    Space space,
    String configuration,
    @Nullable String metadata,
    @Nullable Integer dimension) {}
