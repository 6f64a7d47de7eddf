package io.chromaauth.demo.store;

import io.chromaauth.demo.store.VectorIndex.Hit;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of the hits that it is offered. */
final class Nearest {
  private static final Comparator<Hit> FARTHEST_FIRST =
      Comparator.comparingDouble(Hit::distance).thenComparingLong(Hit::seq).reversed();

  private final int count;
  private final PriorityQueue<Hit> kept;
  private float bound = Float.POSITIVE_INFINITY;

  Nearest(int count) {
    this.count = count;
    this.kept = new PriorityQueue<>(FARTHEST_FIRST);
  }

  /** Hits come in ascending order of insertion, so an equally far one is never nearer. */
  void offer(long seq, float distance) {
    if (kept.size() < count) {
      kept.add(new Hit(seq, distance));
    } else if (distance < bound) {
      kept.poll();
      kept.add(new Hit(seq, distance));
    } else {
      return;
    }
    bound = kept.size() < count ? Float.POSITIVE_INFINITY : kept.element().distance();
  }

  List<Hit> inOrder() {
    return kept.stream().sorted(FARTHEST_FIRST.reversed()).toList();
  }
}
