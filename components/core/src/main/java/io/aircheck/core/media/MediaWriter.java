package io.aircheck.core.media;

/**
 * Encodes and muxes one programme of at most one video and one audio track: test media, fault
 * injection, the demo's live stream. One thread.
 */
public interface MediaWriter extends AutoCloseable {

  /**
   * Appends a picture of the size and rate of the request; copied before the call returns.
   *
   * @throws MediaException when it cannot be encoded or written
   */
  void video(FrameView frame) throws MediaException;

  /**
   * Appends sound at the rate and layout of the request; copied before the call returns.
   *
   * @throws MediaException when it cannot be encoded or written
   */
  void audio(AudioView audio) throws MediaException;

  /**
   * Flushes the encoders and writes the trailer. Closing without it leaves a truncated file.
   *
   * @throws MediaException when it cannot be written
   */
  void finish() throws MediaException;

  @Override
  void close();
}
