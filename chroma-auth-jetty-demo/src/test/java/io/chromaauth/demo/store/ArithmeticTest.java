package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {
  private static final int VECTORS = 300;

  private final Arithmetic plain = new PlainArithmetic();
  private final Arithmetic wide = new WideArithmetic();

  @Test
  void theWideOneIsTakenWhereTheModuleIs() {
    assertInstanceOf(WideArithmetic.class, Arithmetic.QUICKEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 16, 31, 32, 33, 100, 384, 1536, 4096})
  void bothGiveTheSameNeighbours(int dimension) {
    Random random = new Random(dimension);
    float[] values = numbers(random, VECTORS * dimension);
    float[] query = numbers(random, dimension);
    assertEquals(
        inOrder(i -> plain.dot(query, values, i * dimension)),
        inOrder(i -> wide.dot(query, values, i * dimension)));
    assertEquals(
        inOrder(i -> plain.squared(query, values, i * dimension)),
        inOrder(i -> wide.squared(query, values, i * dimension)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 40, 1000})
  void bothAreExactWhereFloatsAre(int dimension) {
    float[] query = whole(dimension, 3);
    float[] values = whole(dimension + 2, 5);
    float dot = 0;
    float squared = 0;
    for (int i = 0; i < dimension; i++) {
      dot += query[i] * values[i + 2];
      squared += (query[i] - values[i + 2]) * (query[i] - values[i + 2]);
    }
    for (Arithmetic arithmetic : List.of(plain, wide)) {
      assertEquals(dot, arithmetic.dot(query, values, 2));
      assertEquals(squared, arithmetic.squared(query, values, 2));
    }
  }

  private static List<Integer> inOrder(ToDoubleFunction<Integer> distance) {
    return IntStream.range(0, VECTORS)
        .boxed()
        .sorted(Comparator.comparingDouble(distance))
        .limit(10)
        .toList();
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float[] whole(int count, int step) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i * step % 11 - 5;
    }
    return numbers;
  }
}
