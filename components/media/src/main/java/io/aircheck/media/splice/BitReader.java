package io.aircheck.media.splice;

/** Reads fields of bits, the most significant first, from a run of bytes. */
final class BitReader {
  private final byte[] bytes;
  private final int endBit;
  private int bit;

  /** A reader of {@code length} bytes from an index on. */
  BitReader(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.bit = from * 8;
    this.endBit = bit + length * 8;
  }

  /**
   * The next field.
   *
   * @param bits 1 to 63
   * @throws TruncatedException when there are not as many
   */
  long read(int bits) throws TruncatedException {
    require(bits);
    long value = 0;
    for (int end = bit + bits; bit < end; bit++) {
      value = value << 1 | (bytes[bit >> 3] >> (7 - (bit & 7)) & 1);
    }
    return value;
  }

  boolean flag() throws TruncatedException {
    return read(1) != 0;
  }

  /** Passes over bits. */
  void skip(int bits) throws TruncatedException {
    require(bits);
    bit += bits;
  }

  /** A reader of the next bytes, which are passed over. */
  BitReader part(int length) throws TruncatedException {
    require(length * 8);
    BitReader part = new BitReader(bytes, bit / 8, length);
    bit += length * 8;
    return part;
  }

  int bytesLeft() {
    return (endBit - bit) / 8;
  }

  private void require(int bits) throws TruncatedException {
    if (bit + bits > endBit) {
      throw new TruncatedException();
    }
  }

  /** A field goes beyond the end. */
  static final class TruncatedException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
