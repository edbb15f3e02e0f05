package io.aircheck.core.media;

/** Range of luma code values on the 8-bit scale. */
public enum ColorRange {
  /** Black 16, white 235 (ITU-R BT.709 "narrow"); the default where a stream does not say. */
  LIMITED(16, 235),
  /** Black 0, white 255. */
  FULL(0, 255);

  private final int black;
  private final int white;

  ColorRange(int black, int white) {
    this.black = black;
    this.white = white;
  }

  /** Luma of black, 8-bit scale. */
  public int black() {
    return black;
  }

  /** Luma of reference white, 8-bit scale. */
  public int white() {
    return white;
  }
}
