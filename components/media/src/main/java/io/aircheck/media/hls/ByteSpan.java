package io.aircheck.media.hls;

/**
 * A part of a resource.
 *
 * @param offset first byte
 * @param length bytes; at least 1
 */
record ByteSpan(long offset, long length) {

  /** The first byte after the span. */
  long end() {
    return offset + length;
  }
}
