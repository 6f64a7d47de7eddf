package io.chromaauth.demo.store;

/** A part of a record that can be asked for. */
public enum Field {
  DOCUMENTS,
  METADATAS,
  URIS,
  EMBEDDINGS
}
