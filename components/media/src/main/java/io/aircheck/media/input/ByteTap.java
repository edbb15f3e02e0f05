package io.aircheck.media.input;

/**
 * Sees the bytes of an input before they are demultiplexed, in order and without gaps. Called by
 * the thread that reads the input.
 */
public interface ByteTap {

  /** Some bytes; valid during the call, not to be changed. */
  void bytes(byte[] buffer, int offset, int length);

  /** No bytes follow. */
  default void end() {}
}
