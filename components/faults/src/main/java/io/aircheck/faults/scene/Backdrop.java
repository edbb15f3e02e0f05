package io.aircheck.faults.scene;

/**
 * A landscape without end that passes by: sky, hills and a meadow with texture at every scale,
 * drawn once, twice as wide as the picture, so that a picture of it is a copy of rows.
 */
final class Backdrop {
  private final int width;
  private final int period;
  private final int height;
  private final byte[][] planes;

  Backdrop(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    this.period = 2 * width;
    int chroma = width * (height / 2);
    planes = new byte[][] {new byte[period * height], new byte[chroma], new byte[chroma]};
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < period; x++) {
        paint(x, y, seed);
      }
    }
  }

  private void paint(int x, int y, long seed) {
    double down = (double) y / height;
    double hill =
        0.42
            + 0.16 * Noise.smooth(seed, x * 10.0 / period, 0, 10)
            + 0.05 * Noise.smooth(seed + 1, x * 41.0 / period, 0, 41);
    double rough = octaves(x, y, seed + 10);
    double grain = Noise.at(seed + 2, x, y) - 0.5;
    double luma;
    double cb;
    double cr;
    if (down < hill) {
      double cloud = Math.max(0, octaves(x, 2 * y, seed + 20) - 0.5);
      luma = 148 + 45 * down + 90 * cloud + 4 * grain;
      cb = 150 - 40 * cloud;
      cr = 112 + 22 * cloud;
    } else {
      double near = (down - hill) / (1 - hill);
      luma = 60 + 78 * rough + 30 * near + (8 + 14 * near) * grain;
      cb = 104 + 10 * rough;
      cr = 118 + 16 * rough - 8 * near;
    }
    planes[0][y * period + x] = (byte) Math.round(luma);
    if (x % 2 == 0 && y % 2 == 0) {
      int at = y / 2 * width + x / 2;
      planes[1][at] = (byte) Math.round(cb);
      planes[2][at] = (byte) Math.round(cr);
    }
  }

  /** Noise of halving size and weight, 0 to 1; repeats with the backdrop. */
  private double octaves(int x, int y, long seed) {
    double sum = 0;
    double weight = 0.5;
    int cells = 16;
    for (int octave = 0; octave < 4; octave++) {
      double scale = (double) cells / period;
      sum += weight * Noise.smooth(seed + octave, x * scale, y * scale, cells);
      weight /= 2;
      cells *= 2;
    }
    return sum / 0.9375;
  }

  /** Fills a picture with the part that begins an even number of samples to the right. */
  void show(Picture picture, long offset) {
    for (int p = 0; p < planes.length; p++) {
      int divisor = p == 0 ? 1 : 2;
      int row = period / divisor;
      int shown = width / divisor;
      int from = (int) Math.floorMod(offset / divisor, (long) row);
      int first = Math.min(shown, row - from);
      byte[] to = picture.samples(p);
      for (int y = 0; y < height / divisor; y++) {
        System.arraycopy(planes[p], y * row + from, to, y * shown, first);
        System.arraycopy(planes[p], y * row, to, y * shown + first, shown - first);
      }
    }
  }
}
