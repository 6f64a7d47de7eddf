package io.chromaauth.demo.store;

import java.util.Locale;
import java.util.Optional;

/** How far two vectors are apart, as Chroma defines it. */
public enum Space {
  /** The square of the Euclidean distance. */
  L2,
  /** One less the cosine of the angle, never below 0; 1 if a vector is zero. */
  COSINE,
  /** One less the inner product. */
  IP;

  private static final Arithmetic ARITHMETIC = Arithmetic.QUICKEST;

  /** By the name in a configuration. */
  public static Optional<Space> named(String name) {
    for (Space space : values()) {
      if (space.wireName().equals(name)) {
        return Optional.of(space);
      }
    }
    return Optional.empty();
  }

  /** The name in a configuration. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The distance of a query to the vector that begins at an offset of an array.
   *
   * @param scale of the cosine: the product of both vectors' {@link #inverseLength}
   */
  float distance(float[] query, float[] values, int from, float scale) {
    return switch (this) {
      case L2 -> ARITHMETIC.squared(query, values, from);
      case COSINE -> Math.max(0, 1 - ARITHMETIC.dot(query, values, from) * scale);
      case IP -> 1 - ARITHMETIC.dot(query, values, from);
    };
  }

  /** What a cosine is scaled by, 0 for the zero vector; 1 in spaces that scale nothing. */
  float inverseLength(float[] vector) {
    if (this != COSINE) {
      return 1;
    }
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
  }
}
