package io.aircheck.detectors.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotProductTest {
  private final Random random = new Random(7);

  private float[] noise(int length) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = random.nextFloat() - 0.5f;
    }
    return noise;
  }

  /** The order in which terms are added, as it is said. */
  private static double inOrder(float[] a, float[] b, int offset) {
    int whole = a.length / 32 * 32;
    double total = 0;
    for (int column = 0; column < 8; column++) {
      float[] rows = new float[4];
      for (int i = column; i < whole; i += 8) {
        rows[i / 8 % 4] += a[i] * b[offset + i];
      }
      total += (rows[0] + rows[1]) + (rows[2] + rows[3]);
    }
    for (int i = whole; i < a.length; i++) {
      total += a[i] * b[offset + i];
    }
    return total;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 104, 624})
  void of_anyLength_sameDigitsAsInOrder(int length) {
    float[] a = noise(length);
    float[] b = noise(length + 5);
    assertThat(DotProduct.of(a, b, 5)).isEqualTo(inOrder(a, b, 5));
  }

  /** Enough calls for each compiler to have its turn, each of which could add in another order. */
  @Test
  void of_whileItIsBeingCompiled_sameDigits() {
    float[] a = noise(104);
    float[] b = noise(104);
    double expected = inOrder(a, b, 0);
    for (int call = 0; call < 200_000; call++) {
      double product = DotProduct.of(a, b, 0);
      if (product != expected) {
        assertThat(product).as("call %d", call).isEqualTo(expected);
      }
    }
  }

  @Test
  void of_otherEndsBefore_isRefused() {
    assertThatThrownBy(() -> DotProduct.of(new float[16], new float[20], 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
