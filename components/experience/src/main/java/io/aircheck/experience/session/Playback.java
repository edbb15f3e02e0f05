package io.aircheck.experience.session;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport.Facts;
import org.jspecify.annotations.Nullable;

/**
 * What a player does and shows from its last report on.
 *
 * @param state what it does; null: not told yet
 * @param ad whether it shows an advertisement
 * @param background whether nobody can see it
 * @param bitrateKbps of the content; 0: not told
 * @param topBitrateKbps of the best rendition; 0: not told
 * @param height of the picture in pixels; 0: not told
 * @param ratePermille speed of playback, 1000 is normal
 * @param latencyMillis live latency; -1: not told
 */
record Playback(
    @Nullable PlayerState state,
    boolean ad,
    boolean background,
    int bitrateKbps,
    int topBitrateKbps,
    int height,
    int ratePermille,
    int latencyMillis) {

  static final Playback UNKNOWN = new Playback(null, false, false, 0, 0, 0, 1000, -1);

  private static final int MOST_KBPS = 1_000_000;
  private static final int MOST_HEIGHT = 20_000;
  private static final long MOST_LATENCY_MILLIS = 86_400_000;
  private static final int MOST_RATE = 16;

  /**
   * The playback after a report. Values that cannot be are as if they were not told, and so are
   * those of an advertisement's pictures.
   */
  Playback after(Facts facts) {
    PlayerState told = facts.fatal() ? PlayerState.FAILED : facts.state();
    boolean adNow = facts.adBreak() == null ? ad : facts.adBreak();
    Playback next =
        new Playback(
            told == null ? state : told,
            adNow,
            facts.background() == null ? background : facts.background(),
            adNow ? bitrateKbps : within(facts.bitrateKbps(), MOST_KBPS, bitrateKbps),
            adNow ? topBitrateKbps : within(facts.topBitrateKbps(), MOST_KBPS, topBitrateKbps),
            adNow ? height : within(facts.height(), MOST_HEIGHT, height),
            rate(facts.playbackRate()),
            latency(facts.liveLatencyMillis()));
    return next.equals(this) ? this : next;
  }

  /** What is left of it when other content begins. */
  Playback forNextView() {
    return new Playback(null, false, background, 0, 0, 0, 1000, -1);
  }

  private static int within(@Nullable Integer told, int most, int before) {
    return told == null || told <= 0 || told > most ? before : told;
  }

  /** Players tell a rate of 0 when they do not play, which is said by the state. */
  private int rate(@Nullable Double told) {
    return told == null || !(told > 0) || told > MOST_RATE
        ? ratePermille
        : (int) Math.round(told * 1000);
  }

  private int latency(@Nullable Long told) {
    return told == null || told < 0 || told > MOST_LATENCY_MILLIS ? latencyMillis : told.intValue();
  }
}
