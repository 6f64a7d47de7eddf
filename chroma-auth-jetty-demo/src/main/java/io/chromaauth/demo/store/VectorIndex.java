package io.chromaauth.demo.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one collection as they were after one commit. Immutable: a write makes another
 * one, while searches go on in this. An approximate index may stand here as well.
 */
interface VectorIndex {
  /** The same with the changes of one committed write. */
  VectorIndex with(VectorChanges changes);

  /**
   * The nearest vectors, nearest first, and in order of insertion where they are equally far.
   *
   * @param nearest takes them, as many as it wants
   * @param among only these records, in ascending order; null for all
   */
  List<Hit> nearest(float[] query, Nearest nearest, long @Nullable [] among);

  /** How much memory it takes. */
  long bytes();

  /** How much memory some changes take, at most, as long as this index is in use beside them. */
  long bytesFor(VectorChanges changes);

  /**
   * A record that was found.
   *
   * @param seq its place in the order of insertion
   */
  record Hit(long seq, float distance) {}
}
