package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the totals that a player tells with what its reports have shown. Where reports were
 * lost, or the player tells no states, its totals of stalls are right.
 */
final class TotalsCheck {
  /** What playing time adds to. */
  private static final List<Measure> SHOWN =
      List.of(
          Measure.MEDIA_MILLIS,
          Measure.BITRATE_MILLIS,
          Measure.BITS,
          Measure.LADDER_MILLIS,
          Measure.QUALITY_MILLIS,
          Measure.LATENCY_MILLIS,
          Measure.LATENCY_AREA);

  private final Tally tally;
  private final Progress progress;
  private final Told told;
  private final boolean inOrder;

  /**
   * @param inOrder whether what is told is later than all that was told before
   */
  TotalsCheck(Tally tally, Progress progress, Told told, boolean inOrder) {
    this.tally = tally;
    this.progress = progress;
    this.told = told;
    this.inOrder = inOrder;
  }

  /**
   * Counts what facts tell, and repairs what they show to be missing. Stalls are compared only
   * while nothing stalls, since players count a stall at its beginning or at its end.
   *
   * @return what is told now
   */
  Told read(Facts facts, Activity activity) {
    Told now = dropped(facts.droppedFrames());
    boolean waits =
        activity == Activity.STALLED || activity == Activity.SEEKING || activity == Activity.HIDDEN;
    return progress.shown() && !waits ? stalls(facts, now) : now;
  }

  private Told dropped(@Nullable Long frames) {
    if (frames == null || frames < 0) {
      return told;
    }
    long before = Math.max(0, told.droppedFrames());
    tally.add(Measure.DROPPED_FRAMES, Told.growth(before, frames, inOrder));
    return inOrder || frames > before ? told.withDropped(frames) : told;
  }

  private Told stalls(Facts facts, Told now) {
    long stalls = known(facts.stalls(), told.stalls());
    long millis = known(facts.stalledMillis(), told.stalledMillis());
    boolean fell = stalls < told.stalls() || millis < told.stalledMillis();
    if ((facts.stalls() == null && facts.stalledMillis() == null) || (fell && !inOrder)) {
      return now;
    }
    if (told.lost() || progress.stateless()) {
      repair(stalls, millis);
    }
    return now.marked(
        stalls,
        millis,
        tally.get(Measure.STALLS),
        tally.get(Measure.STALLED_MILLIS),
        tally.get(Measure.PLAYING_MILLIS));
  }

  private static long known(@Nullable Long now, long before) {
    return now == null || now < 0 ? before : now;
  }

  private void repair(long stalls, long millis) {
    if (told.stalls() >= 0) {
      long seen = tally.get(Measure.STALLS) - told.seenStalls();
      long more = Math.max(0, Told.growth(told.stalls(), stalls, inOrder) - seen);
      tally.add(Measure.STALLS, more);
      tally.add(Measure.REPAIRED_STALLS, more);
    }
    if (told.stalledMillis() >= 0) {
      long seen = tally.get(Measure.STALLED_MILLIS) - told.seenStalledMillis();
      long played = tally.get(Measure.PLAYING_MILLIS) - told.seenPlayingMillis();
      long more = Told.growth(told.stalledMillis(), millis, inOrder) - seen;
      move(Math.clamp(more, -Math.max(0, seen), Math.max(0, played)));
    }
  }

  /** Moves playing time to stalled time; the means of what it showed stay what they are. */
  private void move(long millis) {
    long playing = tally.get(Measure.PLAYING_MILLIS);
    if (millis == 0 || playing == 0) {
      return;
    }
    tally.add(Measure.STALLED_MILLIS, millis);
    tally.add(Measure.PLAYING_MILLIS, -millis);
    tally.add(Measure.REPAIRED_MILLIS, Math.abs(millis));
    for (Measure shown : SHOWN) {
      tally.add(shown, -Math.round(tally.get(shown) * ((double) millis / playing)));
    }
  }
}
