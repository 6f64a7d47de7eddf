package io.chromaauth.demo.store;

import io.chromaauth.demo.store.VectorIndex.Hit;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of the hits that it is offered. */
final class Nearest {
  private static final Comparator<Hit> FARTHEST_FIRST =
      Comparator.comparingDouble(Hit::distance).thenComparingLong(Hit::seq).reversed();

  /** Of a hit, and of the distance that is told of it. */
  private static final int HIT_BYTES = 64;

  private final int count;
  private final Budget.Share results;
  private final PriorityQueue<Hit> kept;
  private float bound = Float.POSITIVE_INFINITY;

  /**
   * @param count how many at most
   * @param results what the hits count for
   */
  Nearest(int count, Budget.Share results) {
    this.count = count;
    this.results = results;
    this.kept = new PriorityQueue<>(FARTHEST_FIRST);
  }

  /** Hits come in ascending order of insertion, so an equally far one is never nearer. */
  void offer(long seq, float distance) {
    if (kept.size() < count) {
      results.take(HIT_BYTES);
      kept.add(new Hit(seq, distance));
    } else if (distance < bound) {
      kept.poll();
      kept.add(new Hit(seq, distance));
    } else {
      return;
    }
    bound = kept.size() < count ? Float.POSITIVE_INFINITY : kept.element().distance();
  }

  boolean wantsNone() {
    return count <= 0;
  }

  List<Hit> inOrder() {
    return kept.stream().sorted(FARTHEST_FIRST.reversed()).toList();
  }
}
