package io.aircheck.experience.cube;

/** Reads what a {@link PackedWriter} has written, from a place on. Not thread-safe. */
final class PackedReader {
  private final byte[] bytes;
  private int at;

  PackedReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next = bytes[at++];
    while (next < 0) {
      value |= (next & 0x7FL) << shift;
      shift += 7;
      next = bytes[at++];
    }
    return value | ((long) next << shift);
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Passes over so many bytes, that begin at the place returned. */
  int skip(int count) {
    int begin = at;
    at += count;
    return begin;
  }

  byte[] bytes() {
    return bytes;
  }
}
