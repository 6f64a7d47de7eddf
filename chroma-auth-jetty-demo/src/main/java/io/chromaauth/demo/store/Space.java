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
      case L2 -> squared(query, values, from);
      case COSINE -> Math.max(0, 1 - dot(query, values, from) * scale);
      case IP -> 1 - dot(query, values, from);
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

  // four sums at once: one after the other would wait for each addition
  private static float squared(float[] query, float[] values, int from) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int whole = query.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      float p = query[i] - values[from + i];
      float q = query[i + 1] - values[from + i + 1];
      float r = query[i + 2] - values[from + i + 2];
      float s = query[i + 3] - values[from + i + 3];
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
    }
    for (int i = whole; i < query.length; i++) {
      float p = query[i] - values[from + i];
      a += p * p;
    }
    return a + b + (c + d);
  }

  private static float dot(float[] query, float[] values, int from) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int whole = query.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += query[i] * values[from + i];
      b += query[i + 1] * values[from + i + 1];
      c += query[i + 2] * values[from + i + 2];
      d += query[i + 3] * values[from + i + 3];
    }
    for (int i = whole; i < query.length; i++) {
      a += query[i] * values[from + i];
    }
    return a + b + (c + d);
  }
}
