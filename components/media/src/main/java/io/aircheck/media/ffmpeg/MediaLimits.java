package io.aircheck.media.ffmpeg;

/**
 * What an input may ask for at most, so that no input, however broken or hostile, takes the process
 * down.
 *
 * @param maxPixels luma samples of a picture
 * @param maxSamplesPerFrame audio samples per channel in one decoded run
 * @param maxStreams elementary streams of an input
 * @param probeBytes bytes looked at to find the container and the tracks
 * @param analyzeMicros media time looked at to find the tracks
 * @param maxPacketBytes bytes of one compressed packet
 * @param maxQueuedBytes bytes of compressed packets waiting while another track is late
 * @param maxLagMicros how far one track may be read ahead while another is silent before the silent
 *     one is no longer waited for
 * @param maxFragmentMicros the same where a container stores the tracks of a fragment one after the
 *     other, so that a fragment's sound comes after all of its pictures
 * @param decoderThreads threads per decoder; 1 costs the least in sum and delays nothing
 */
public record MediaLimits(
    long maxPixels,
    long maxSamplesPerFrame,
    int maxStreams,
    long probeBytes,
    long analyzeMicros,
    int maxPacketBytes,
    int maxQueuedBytes,
    long maxLagMicros,
    long maxFragmentMicros,
    int decoderThreads) {

  /**
   * Up to 4096x2304 pictures; FFmpeg's own probe size and time; a lag of 2 s, above the about 1 s
   * by which multiplexers send pictures ahead of sound; fragments of 12 s, twice what Apple asks
   * segments of HLS to last.
   */
  public static final MediaLimits DEFAULT =
      new MediaLimits(
          4096L * 2304,
          1 << 20,
          64,
          5_000_000,
          5_000_000,
          32 << 20,
          32 << 20,
          2_000_000,
          12_000_000,
          1);

  /** How far one track may be read ahead in a container while another is silent. */
  long maxLagMicros(String container) {
    return container.equals("mp4") ? maxFragmentMicros : maxLagMicros;
  }

  /** Largest single allocation granted to FFmpeg, for the whole process. */
  static final long MAX_ALLOCATION_BYTES = 256L << 20;
}
