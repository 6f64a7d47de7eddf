package io.chromaauth.demo.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection to be created.
 *
 * @param configuration kept as it is
 * @param metadata or null for none
 */
public record CollectionDraft(
    String tenant,
    String database,
    String name,
    Space space,
    String configuration,
    @Nullable Map<String, MetadataValue> metadata) {}
