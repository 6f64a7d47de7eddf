package io.chromaauth.demo.store;

import org.jspecify.annotations.Nullable;

/**
 * A record as far as it was asked for.
 *
 * @param seq its place in the order of insertion
 * @param metadata as JSON; null if it has neither metadata nor document nor URI, as in Chroma
 */
public record StoredRecord(
    long seq,
    String id,
    @Nullable String metadata,
    @Nullable String uri,
    @Nullable String document) {}
