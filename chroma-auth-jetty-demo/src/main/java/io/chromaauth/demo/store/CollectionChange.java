package io.chromaauth.demo.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a collection; null leaves a part as it is.
 *
 * @param metadata in place of all that there was
 */
public record CollectionChange(
    @Nullable String name,
    @Nullable Map<String, MetadataValue> metadata,
    @Nullable String configuration) {}
