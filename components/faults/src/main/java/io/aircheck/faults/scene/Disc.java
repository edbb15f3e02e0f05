package io.aircheck.faults.scene;

/**
 * A striped disc that turns while it floats about, drawn with soft edges.
 *
 * @param radius in luma samples
 * @param cb colour
 * @param cr colour
 * @param periodX seconds for a way there and back across the picture
 * @param periodY seconds for a way up and down
 * @param phase where it is at the start, 0 to 1
 * @param turn turns per second
 */
record Disc(
    double radius, int cb, int cr, double periodX, double periodY, double phase, double turn) {
  private static final int STRIPES = 5;

  void draw(Picture picture, double seconds) {
    double centreX = travel(seconds / periodX + phase, radius, picture.width() - radius);
    double centreY = travel(seconds / periodY + 2 * phase, radius, picture.height() - radius);
    double angle = 2 * Math.PI * turn * seconds;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    int width = picture.width();
    byte[] luma = picture.samples(0);
    byte[] blue = picture.samples(1);
    byte[] red = picture.samples(2);
    int top = (int) Math.max(0, centreY - radius - 1);
    int bottom = (int) Math.min(picture.height() - 1.0, centreY + radius + 1);
    int left = (int) Math.max(0, centreX - radius - 1);
    int right = (int) Math.min(width - 1.0, centreX + radius + 1);
    double stripe = STRIPES / radius;
    for (int y = top; y <= bottom; y++) {
      double dy = y - centreY;
      for (int x = left; x <= right; x++) {
        double dx = x - centreX;
        double cover = Math.clamp(radius + 0.5 - Math.sqrt(dx * dx + dy * dy), 0, 1);
        if (cover <= 0) {
          continue;
        }
        double across = (dx * cos + dy * sin) * stripe;
        // A triangle wave: stripes with slopes, so that nothing steps.
        double wave = Math.abs(across - Math.rint(across)) * 2;
        int at = y * width + x;
        luma[at] = blend(luma[at], 70 + 120 * wave, cover);
        if (x % 2 == 0 && y % 2 == 0) {
          int chroma = y / 2 * (width / 2) + x / 2;
          blue[chroma] = blend(blue[chroma], cb, cover);
          red[chroma] = blend(red[chroma], cr, cover);
        }
      }
    }
  }

  private static byte blend(byte below, double above, double cover) {
    int old = below & 0xff;
    return (byte) Math.round(old + (above - old) * cover);
  }

  /** There and back once per unit of time, slowing down at the ends. */
  private static double travel(double time, double from, double to) {
    return from + (to - from) * (0.5 - 0.5 * Math.cos(2 * Math.PI * time));
  }
}
