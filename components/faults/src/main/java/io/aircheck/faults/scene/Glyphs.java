package io.aircheck.faults.scene;

import java.util.Arrays;

/** Digits and a few signs, five by seven dots, for clocks and counters burnt into pictures. */
final class Glyphs {
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final int ADVANCE = COLUMNS + 1;
  private static final String SIGNS = "0123456789:.";

  /** A row of dots per five bits, the top row highest, the left dot highest in its row. */
  private static final long[] DOTS = {
    dots("01110 10001 10011 10101 11001 10001 01110"),
    dots("00100 01100 00100 00100 00100 00100 01110"),
    dots("01110 10001 00001 00010 00100 01000 11111"),
    dots("11111 00010 00100 00010 00001 10001 01110"),
    dots("00010 00110 01010 10010 11111 00010 00010"),
    dots("11111 10000 11110 00001 00001 10001 01110"),
    dots("00110 01000 10000 11110 10001 10001 01110"),
    dots("11111 00001 00010 00100 01000 01000 01000"),
    dots("01110 10001 10001 01110 10001 10001 01110"),
    dots("01110 10001 10001 01111 00001 00010 01100"),
    dots("00000 00100 00100 00000 00100 00100 00000"),
    dots("00000 00000 00000 00000 00000 00100 00100"),
  };

  private Glyphs() {}

  private static long dots(String rows) {
    return Long.parseLong(rows.replace(" ", ""), 2);
  }

  /** Width of a text in luma samples. */
  static int width(String text, int dot) {
    return text.length() * ADVANCE * dot;
  }

  /**
   * Writes white text on a dark plate.
   *
   * @param text of the signs {@value #SIGNS}; others leave a space
   * @param left luma column of the first dot
   * @param top luma row of the first dot
   * @param dot luma samples per dot
   */
  static void write(Picture picture, String text, int left, int top, int dot) {
    plate(picture, left - dot, top - dot, width(text, dot) + dot, (ROWS + 2) * dot);
    byte[] luma = picture.samples(0);
    for (int i = 0; i < text.length(); i++) {
      int sign = SIGNS.indexOf(text.charAt(i));
      for (int bit = 0; sign >= 0 && bit < COLUMNS * ROWS; bit++) {
        if ((DOTS[sign] >> (COLUMNS * ROWS - 1 - bit) & 1) == 1) {
          int x = left + (i * ADVANCE + bit % COLUMNS) * dot;
          int y = top + bit / COLUMNS * dot;
          for (int dy = 0; dy < dot; dy++) {
            int at = (y + dy) * picture.width() + x;
            Arrays.fill(luma, at, at + dot, (byte) 220);
          }
        }
      }
    }
  }

  private static void plate(Picture picture, int left, int top, int width, int height) {
    byte[] luma = picture.samples(0);
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int at = y * picture.width() + x;
        luma[at] = (byte) (40 + ((luma[at] & 0xff) >> 3));
      }
    }
  }
}
