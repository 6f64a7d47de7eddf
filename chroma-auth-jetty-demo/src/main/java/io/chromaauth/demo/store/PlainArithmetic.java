package io.chromaauth.demo.store;

/** For every JVM. Four sums at once: one after the other would wait for each addition. */
final class PlainArithmetic implements Arithmetic {
  @Override
  public float dot(float[] vector, float[] values, int from) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int whole = vector.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += vector[i] * values[from + i];
      b += vector[i + 1] * values[from + i + 1];
      c += vector[i + 2] * values[from + i + 2];
      d += vector[i + 3] * values[from + i + 3];
    }
    for (int i = whole; i < vector.length; i++) {
      a += vector[i] * values[from + i];
    }
    return a + b + (c + d);
  }

  @Override
  public float squared(float[] vector, float[] values, int from) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int whole = vector.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      float p = vector[i] - values[from + i];
      float q = vector[i + 1] - values[from + i + 1];
      float r = vector[i + 2] - values[from + i + 2];
      float s = vector[i + 3] - values[from + i + 3];
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
    }
    for (int i = whole; i < vector.length; i++) {
      float p = vector[i] - values[from + i];
      a += p * p;
    }
    return a + b + (c + d);
  }
}
