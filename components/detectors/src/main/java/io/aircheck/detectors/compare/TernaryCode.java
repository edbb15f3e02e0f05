package io.aircheck.detectors.compare;

/**
 * Ten ternary digits in one float: how a {@link SoundSignature} travels. A digit is -1, 0 or +1;
 * the largest code, 3^10 - 1, is exact in a float.
 */
final class TernaryCode {
  /** Digits per value. */
  static final int DIGITS = 10;

  private TernaryCode() {}

  /** Packs the digits {@code from .. from + 9}; those at {@code to} and beyond count as 0. */
  static float pack(byte[] digits, int from, int to) {
    int code = 0;
    for (int i = DIGITS - 1; i >= 0; i--) {
      int digit = from + i < to ? digits[from + i] : 0;
      code = code * 3 + digit + 1;
    }
    return code;
  }

  /** Digit {@code index} (0..9) of a value. */
  static int digit(float value, int index) {
    int code = (int) value;
    for (int i = 0; i < index; i++) {
      code /= 3;
    }
    return code % 3 - 1;
  }
}
