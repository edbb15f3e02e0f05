package io.aircheck.media.resource;

/**
 * A part of a resource.
 *
 * @param offset first byte
 * @param length bytes; at least 1
 */
public record ByteSpan(long offset, long length) {

  /** The first byte after the span. */
  public long end() {
    return offset + length;
  }
}
