package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.store.VectorIndex.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExactIndexTest {
  private static final int DIMENSION = 7;

  // as Chroma 1.5.9 answers; the last digit may differ
  @ParameterizedTest
  @CsvSource({"L2, 3.61, 16.16, 1.01", "COSINE, 0.46600705, 1.9651403, 1", "IP, -0.2, 3.95, 1"})
  void distancesAreChromas(Space space, float first, float second, float zero) {
    VectorChanges changes = new VectorChanges();
    changes.add(1, new float[] {1, 2});
    changes.add(2, new float[] {-3, 0.5f});
    changes.add(3, new float[] {0, 0});
    VectorIndex index = ExactIndex.empty(space, 2).with(changes);
    Map<Long, Float> found = new TreeMap<>();
    index
        .nearest(new float[] {1, 0.1f}, Samples.atMost(3), null)
        .forEach(h -> found.put(h.seq(), h.distance()));
    assertArrayEquals(
        new float[] {first, second, zero},
        new float[] {found.get(1L), found.get(2L), found.get(3L)},
        1e-5f);
  }

  @Test
  void aZeroQueryIsEquallyFarFromAllInCosine() {
    VectorChanges changes = new VectorChanges();
    changes.add(1, new float[] {1, 2});
    changes.add(2, new float[] {0, 0});
    List<Hit> hits =
        ExactIndex.empty(Space.COSINE, 2)
            .with(changes)
            .nearest(new float[] {0, 0}, Samples.atMost(2), null);
    assertEquals(List.of(new Hit(1, 1), new Hit(2, 1)), hits);
  }

  @Test
  void aVectorIsNoNearerThanAtItself() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      float[] vector = vector(random);
      VectorChanges changes = new VectorChanges();
      changes.add(1, vector);
      for (Space space : List.of(Space.COSINE, Space.L2)) {
        Hit hit =
            ExactIndex.empty(space, DIMENSION)
                .with(changes)
                .nearest(vector, Samples.atMost(1), null)
                .get(0);
        assertTrue(hit.distance() >= 0, hit::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Space.class)
  void findsWhatAPlainScanFinds(Space space) {
    Random random = new Random(7);
    VectorIndex index = ExactIndex.empty(space, DIMENSION);
    TreeMap<Long, float[]> truth = new TreeMap<>();
    long next = 1;
    for (int round = 0; round < 60; round++) {
      VectorChanges changes = new VectorChanges();
      for (int i = random.nextInt(80); i > 0; i--) {
        float[] vector = vector(random);
        changes.add(next, vector);
        truth.put(next, vector);
        next += 1 + random.nextInt(3);
      }
      for (Long seq : some(truth, random, 10)) {
        float[] vector = vector(random);
        changes.replace(seq, vector);
        truth.put(seq, vector);
      }
      for (Long seq : some(truth, random, 50)) {
        changes.remove(seq);
        truth.remove(seq);
      }
      index = index.with(changes);
      check(space, index, truth, random);
    }
    assertTrue(next > 2_000, "enough for a compaction");
  }

  private static void check(
      Space space, VectorIndex index, Map<Long, float[]> truth, Random random) {
    float[] query = vector(random);
    assertEquals(
        plain(space, truth, query, 10),
        seqs(index.nearest(query, Samples.atMost(10), null)),
        "without a filter");
    long[] among =
        truth.keySet().stream().filter(s -> s % 3 == 0).mapToLong(Long::longValue).toArray();
    TreeMap<Long, float[]> part = new TreeMap<>(truth);
    part.keySet().removeIf(s -> s % 3 != 0);
    assertEquals(
        plain(space, part, query, 5),
        seqs(index.nearest(query, Samples.atMost(5), among)),
        "with a filter");
  }

  @Test
  void aSearchGoesOnInTheStateThatItBeganIn() {
    VectorChanges first = new VectorChanges();
    first.add(1, new float[] {1});
    first.add(2, new float[] {2});
    VectorIndex before = ExactIndex.empty(Space.L2, 1).with(first);
    VectorChanges second = new VectorChanges();
    second.replace(1, new float[] {100});
    second.remove(2);
    second.add(3, new float[] {3});
    VectorIndex after = before.with(second);
    assertEquals(List.of(1L, 2L), seqs(before.nearest(new float[] {0}, Samples.atMost(9), null)));
    assertEquals(List.of(3L, 1L), seqs(after.nearest(new float[] {0}, Samples.atMost(9), null)));
  }

  @Test
  void unknownCandidatesAndNoRoomAreNoFault() {
    VectorChanges changes = new VectorChanges();
    changes.add(5, new float[] {1});
    VectorIndex index = ExactIndex.empty(Space.L2, 1).with(changes);
    assertEquals(
        List.of(5L), seqs(index.nearest(new float[] {0}, Samples.atMost(9), new long[] {1, 5, 9})));
    assertEquals(List.of(), index.nearest(new float[] {0}, Samples.atMost(0), null));
    changes = new VectorChanges();
    changes.replace(77, new float[] {1});
    changes.remove(78);
    assertEquals(
        List.of(5L), seqs(index.with(changes).nearest(new float[] {0}, Samples.atMost(9), null)));
  }

  private static List<Long> plain(
      Space space, Map<Long, float[]> vectors, float[] query, int count) {
    return vectors.entrySet().stream()
        .map(e -> new Hit(e.getKey(), distance(space, query, e.getValue())))
        .sorted(Comparator.comparingDouble(Hit::distance).thenComparingLong(Hit::seq))
        .limit(count)
        .map(Hit::seq)
        .toList();
  }

  private static float distance(Space space, float[] query, float[] vector) {
    double squares = 0;
    double product = 0;
    double lengths = 0;
    double lengthOfQuery = 0;
    for (int i = 0; i < query.length; i++) {
      squares += Math.pow(query[i] - vector[i], 2);
      product += query[i] * vector[i];
      lengths += vector[i] * vector[i];
      lengthOfQuery += query[i] * query[i];
    }
    return (float)
        switch (space) {
          case L2 -> squares;
          case IP -> 1 - product;
          case COSINE -> 1 - product / Math.sqrt(lengths * lengthOfQuery);
        };
  }

  private static List<Long> some(Map<Long, float[]> vectors, Random random, int most) {
    List<Long> all = new ArrayList<>(vectors.keySet());
    List<Long> some = new ArrayList<>();
    for (int i = random.nextInt(most); i > 0 && !all.isEmpty(); i--) {
      some.add(all.remove(random.nextInt(all.size())));
    }
    return some;
  }

  private static List<Long> seqs(List<Hit> hits) {
    return hits.stream().map(Hit::seq).toList();
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
