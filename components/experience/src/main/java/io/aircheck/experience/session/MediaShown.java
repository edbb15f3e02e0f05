package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;

/** The media that playing time shows: how much of it, how good, and how late. */
final class MediaShown {
  private final Playback playback;
  private final Tally tally;

  MediaShown(Playback playback, Tally tally) {
    this.playback = playback;
    this.tally = tally;
  }

  /** Adds what so much playing time has shown, which is in the sums already. */
  void add(long millis) {
    long played = tally.get(Measure.PLAYING_MILLIS);
    long media = part(played - millis, played, playback.ratePermille(), 1000);
    long shown = tally.get(Measure.MEDIA_MILLIS);
    int bitrate = playback.bitrateKbps();
    int top = playback.topBitrateKbps();
    tally.add(Measure.MEDIA_MILLIS, media);
    if (bitrate > 0) {
      tally.add(Measure.BITRATE_MILLIS, media);
      tally.add(Measure.BITS, media * bitrate);
      if (top > 0) {
        tally.add(Measure.LADDER_MILLIS, media);
        tally.add(Measure.QUALITY_MILLIS, part(shown, shown + media, Math.min(bitrate, top), top));
      }
    }
    if (playback.latencyMillis() >= 0) {
      tally.add(Measure.LATENCY_MILLIS, millis);
      tally.add(Measure.LATENCY_AREA, millis * playback.latencyMillis());
    }
  }

  /**
   * A share of what lies between two places, rounded so that the parts of stretches add up to that
   * of the whole: by window alone, each would lose up to a millisecond.
   */
  private static long part(long from, long to, long over, long under) {
    return Math.floorDiv(to * over, under) - Math.floorDiv(from * over, under);
  }
}
