package io.aircheck.experience.alert;

import io.aircheck.experience.baseline.Interval;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Ratio;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something got worse for some viewers. Times are of the clock of the service, values in the unit
 * of the ratio.
 *
 * @param id unique and stable
 * @param ratio what got worse
 * @param cohort for whom: the smallest set of values that explains it
 * @param state whether it is so now
 * @param firstSeenMillis start of the first window in which it was so
 * @param openedMillis end of the window in which it was certain
 * @param lastSeenMillis end of the last window in which it was so
 * @param value the ratio of the latest windows
 * @param interval where the true ratio is with 95 % confidence
 * @param usual what is usual for them at this time
 * @param z standard errors by which it is worse
 * @param viewers sessions of the cohort in the latest window
 * @param share how much of the whole change is theirs; more than 1 if others got better
 * @param message one sentence for an operator
 * @param partOf id of the alert of more viewers that has taken its place; null: none has
 * @param revision counts what is told of it, from 1
 */
public record Alert(
    String id,
    Ratio ratio,
    Combination cohort,
    State state,
    long firstSeenMillis,
    long openedMillis,
    long lastSeenMillis,
    double value,
    Interval interval,
    double usual,
    double z,
    long viewers,
    double share,
    String message,
    @Nullable String partOf,
    int revision) {

  /** Whether it is so now. */
  public enum State {
    OPEN,
    CLOSED
  }

  /** Kind of finding, such as {@code experience.rebuffering_percent}. */
  public String kind() {
    return kind(ratio);
  }

  static String kind(Ratio ratio) {
    return "experience." + ratio.name().toLowerCase(Locale.ROOT);
  }

  /** The same, told once more. */
  Alert told() {
    return with(state, lastSeenMillis, partOf, revision + 1);
  }

  /** The same, over. */
  Alert closed(@Nullable String takenOver) {
    return with(State.CLOSED, lastSeenMillis, takenOver, revision + 1);
  }

  /** The same as it is measured now, not told. */
  Alert measured(Measured now, long seenMillis, double shareNow, String messageNow) {
    return new Alert(
        id,
        ratio,
        cohort,
        state,
        firstSeenMillis,
        openedMillis,
        seenMillis,
        now.judgement().value(),
        now.judgement().interval(),
        now.judgement().usual(),
        now.judgement().z(),
        now.viewers(),
        shareNow,
        messageNow,
        partOf,
        revision);
  }

  private Alert with(State newState, long seenMillis, @Nullable String whole, int newRevision) {
    return new Alert(
        id,
        ratio,
        cohort,
        newState,
        firstSeenMillis,
        openedMillis,
        seenMillis,
        value,
        interval,
        usual,
        z,
        viewers,
        share,
        message,
        whole,
        newRevision);
  }
}
