package io.aircheck.experience.cube;

import java.util.Arrays;

/** Bytes in the making: numbers take as many of them as they need (LEB128). Not thread-safe. */
final class PackedWriter {
  private byte[] bytes = new byte[1024];
  private int length;

  /** Adds a number; small ones that are not negative take one byte. */
  void number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      octet((byte) (left | 0x80));
      left >>>= 7;
    }
    octet((byte) left);
  }

  /** Adds a number that may be negative; small ones take one byte. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  /** Adds a number of bytes, and them. */
  void blob(byte[] some, int count) {
    number(count);
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    System.arraycopy(some, 0, bytes, length, count);
    length += count;
  }

  private void octet(byte value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[length++] = value;
  }

  /** How many bytes there are. */
  int length() {
    return length;
  }

  /** A copy of what was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
