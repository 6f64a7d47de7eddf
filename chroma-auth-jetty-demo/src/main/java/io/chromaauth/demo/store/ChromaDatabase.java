package io.chromaauth.demo.store;

/** A database of a tenant. */
public record ChromaDatabase(String id, String tenant, String name) {}
