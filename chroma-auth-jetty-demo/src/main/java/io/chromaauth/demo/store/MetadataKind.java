package io.chromaauth.demo.store;

/**
 * A name in the metadata of a collection's records, with a kind of value that it had.
 *
 * @param kind as {@link MetadataValue#kind()} says it
 */
public record MetadataKind(String name, String kind) {}
