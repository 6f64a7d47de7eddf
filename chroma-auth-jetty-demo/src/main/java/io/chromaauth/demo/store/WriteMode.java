package io.chromaauth.demo.store;

/** What becomes of records that are there already, and of those that are not. */
public enum WriteMode {
  /** Leaves those that are there as they are. */
  ADD,
  /** Changes those that are there, leaves out the others. */
  UPDATE,
  /** Changes those that are there, adds the others. */
  UPSERT
}
