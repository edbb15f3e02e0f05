package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.OptionalDouble;

/**
 * How good a view was, 0 to 100, by a formula of its own that is open, in parts that can be read
 * alone. Each part falls to half at a value that is named.
 *
 * <ul>
 *   <li>smoothness: {@code 100 / (1 + r/5) / (1 + n/2)}, r the percentage of watched time that was
 *       stalled, n the stalls per ten minutes of playing (at least one minute counts);
 *   <li>start-up: {@code 100 / (1 + (s/4)²)}, s its seconds; unknown when that is;
 *   <li>quality: the bitrate as a percentage of the best possible; unknown when that is;
 *   <li>failure: 100 without a fatal error, 50 with one while playing, 0 with one before the start.
 * </ul>
 *
 * The whole is the mean of smoothness (weight 2), start-up (1) and quality (1), of those that are
 * known, times the failure part. A view that showed nothing and did not fail has none: the viewer
 * may just have changed their mind.
 *
 * @param smoothness 0 to 100; empty: nothing was shown
 * @param startup 0 to 100; empty: not known
 * @param quality 0 to 100; empty: not known
 * @param failure 0 to 100
 * @param whole 0 to 100; empty: no view to score
 */
public record SessionScore(
    OptionalDouble smoothness,
    OptionalDouble startup,
    OptionalDouble quality,
    double failure,
    OptionalDouble whole) {

  private static final double HALF_AT_STALLED_PERCENT = 5;
  private static final double HALF_AT_STALLS = 2;
  private static final double STALLS_PER_MILLIS = 600_000;
  private static final double LEAST_PLAYING_MILLIS = 60_000;
  private static final double HALF_AT_STARTUP_SECONDS = 4;

  /** The score of a view with these totals. */
  public static SessionScore of(Measures totals) {
    double failure =
        totals.get(Measure.START_FAILURES) > 0
            ? 0
            : totals.get(Measure.PLAYBACK_FAILURES) > 0 ? 50 : 100;
    if (totals.get(Measure.PLAYS) == 0) {
      OptionalDouble whole = failure == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
      OptionalDouble none = OptionalDouble.empty();
      return new SessionScore(none, none, none, failure, whole);
    }
    double smoothness = smoothnessOf(totals);
    OptionalDouble startup = startupOf(totals);
    OptionalDouble quality = Ratio.QUALITY_PERCENT.of(totals);
    double sum = 2 * smoothness + startup.orElse(0) + quality.orElse(0);
    int weights = 2 + (startup.isPresent() ? 1 : 0) + (quality.isPresent() ? 1 : 0);
    return new SessionScore(
        OptionalDouble.of(smoothness),
        startup,
        quality,
        failure,
        OptionalDouble.of(sum / weights * failure / 100));
  }

  private static double smoothnessOf(Measures totals) {
    double percent = Ratio.REBUFFERING_PERCENT.of(totals).orElse(0);
    double playing = Math.max(LEAST_PLAYING_MILLIS, (double) totals.get(Measure.PLAYING_MILLIS));
    double stalls = totals.get(Measure.STALLS) * STALLS_PER_MILLIS / playing;
    return 100 / (1 + percent / HALF_AT_STALLED_PERCENT) / (1 + stalls / HALF_AT_STALLS);
  }

  private static OptionalDouble startupOf(Measures totals) {
    OptionalDouble seconds = Ratio.STARTUP_SECONDS.of(totals);
    if (seconds.isEmpty()) {
      return seconds;
    }
    double relative = seconds.getAsDouble() / HALF_AT_STARTUP_SECONDS;
    return OptionalDouble.of(100 / (1 + relative * relative));
  }
}
