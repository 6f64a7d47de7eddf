package io.chromaauth.demo.store;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many numbers at once as the processor takes, twice. Needs the JVM's option {@code
 * --add-modules jdk.incubator.vector}.
 */
final class WideArithmetic implements Arithmetic {
  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;

  @Override
  public float dot(float[] vector, float[] values, int from) {
    int width = WIDE.length();
    int whole = vector.length - vector.length % (2 * width);
    FloatVector a = FloatVector.zero(WIDE);
    FloatVector b = a;
    for (int i = 0; i < whole; i += 2 * width) {
      int j = i + width;
      a = fromArray(WIDE, vector, i).fma(fromArray(WIDE, values, from + i), a);
      b = fromArray(WIDE, vector, j).fma(fromArray(WIDE, values, from + j), b);
    }
    float sum = a.add(b).reduceLanes(VectorOperators.ADD);
    for (int i = whole; i < vector.length; i++) {
      sum += vector[i] * values[from + i];
    }
    return sum;
  }

  @Override
  public float squared(float[] vector, float[] values, int from) {
    int width = WIDE.length();
    int whole = vector.length - vector.length % (2 * width);
    FloatVector a = FloatVector.zero(WIDE);
    FloatVector b = a;
    for (int i = 0; i < whole; i += 2 * width) {
      int j = i + width;
      FloatVector p = fromArray(WIDE, vector, i).sub(fromArray(WIDE, values, from + i));
      FloatVector q = fromArray(WIDE, vector, j).sub(fromArray(WIDE, values, from + j));
      a = p.fma(p, a);
      b = q.fma(q, b);
    }
    float sum = a.add(b).reduceLanes(VectorOperators.ADD);
    for (int i = whole; i < vector.length; i++) {
      float p = vector[i] - values[from + i];
      sum += p * p;
    }
    return sum;
  }
}
