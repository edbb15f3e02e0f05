package io.aircheck.faults.inject;

/**
 * Mean over a square, made twice, which is close to a Gaussian with a standard deviation of 0.8 of
 * the radius.
 */
final class Blur {
  private static final int ROUNDS = 2;

  private Blur() {}

  static void apply(EditablePicture picture, int radius) {
    for (int p = 0; p < picture.planeCount(); p++) {
      int planeRadius =
          Math.max(1, radius * picture.planeWidth(p) / Math.max(1, picture.planeWidth(0)));
      int width = picture.planeWidth(p);
      int height = picture.planeHeight(p);
      byte[] samples = picture.samples(p);
      for (int round = 0; round < ROUNDS; round++) {
        for (int y = 0; y < height; y++) {
          line(samples, y * width, 1, width, planeRadius);
        }
        for (int x = 0; x < width; x++) {
          line(samples, x, width, height, planeRadius);
        }
      }
    }
  }

  /** Running mean along a line of samples; at the ends the last sample counts on. */
  private static void line(byte[] samples, int from, int step, int count, int radius) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = samples[from + i * step] & 0xff;
    }
    int size = 2 * radius + 1;
    int sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += values[Math.clamp(i, 0, count - 1)];
    }
    for (int i = 0; i < count; i++) {
      samples[from + i * step] = (byte) ((sum + radius) / size);
      sum += values[Math.min(count - 1, i + radius + 1)] - values[Math.max(0, i - radius)];
    }
  }
}
