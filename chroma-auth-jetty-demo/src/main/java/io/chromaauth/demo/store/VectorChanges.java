package io.chromaauth.demo.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What one write does to the vectors of a collection. */
final class VectorChanges {
  private final Map<Long, float[]> added = new LinkedHashMap<>();
  private final Map<Long, float[]> replaced = new HashMap<>();
  private final Set<Long> removed = new LinkedHashSet<>();

  /** A new record, after all that have been added before. */
  void add(long seq, float[] vector) {
    added.put(seq, vector);
  }

  /** Another vector for a record, be it new in this very write. */
  void replace(long seq, float[] vector) {
    if (added.replace(seq, vector) == null) {
      replaced.put(seq, vector);
    }
  }

  void remove(long seq) {
    removed.add(seq);
  }

  /** In ascending order. */
  Map<Long, float[]> added() {
    return added;
  }

  Map<Long, float[]> replaced() {
    return replaced;
  }

  Set<Long> removed() {
    return removed;
  }
}
