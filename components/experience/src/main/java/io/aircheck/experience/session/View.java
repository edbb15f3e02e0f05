package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import org.jspecify.annotations.Nullable;

/**
 * One content in one session. Moments are by the clock of the service.
 *
 * @param number within the session, from 1
 * @param startedMillis first report; {@link #NEVER}: none yet
 * @param startedClientMillis the same by the clock of the player
 * @param atMillis moment up to which time is counted; {@link #NEVER}: none yet
 * @param playback what the player does from then on
 * @param progress how far the view got
 * @param cohort what it has in common with others
 * @param totals all that was measured
 * @param unsent what no delta has told yet
 * @param unsentWindow window that this belongs to
 * @param presentWindow latest window in which a viewer was counted
 * @param end why it is over; null: it is not
 */
record View(
    int number,
    long startedMillis,
    long startedClientMillis,
    long atMillis,
    Playback playback,
    Progress progress,
    Cohort cohort,
    Measures totals,
    Measures unsent,
    long unsentWindow,
    long presentWindow,
    SessionEnd.@Nullable Reason end) {

  static final long NEVER = Long.MIN_VALUE;

  private static final SessionEnd.Reason[] REASONS = SessionEnd.Reason.values();

  static final View FIRST =
      new View(
          1,
          NEVER,
          NEVER,
          NEVER,
          Playback.UNKNOWN,
          Progress.NONE,
          Cohort.UNKNOWN,
          Measures.ZERO,
          Measures.ZERO,
          NEVER,
          NEVER,
          null);

  @SuppressWarnings("EnumOrdinal") // within this process
  void write(SlotWriter out) {
    out.pair(number, end == null ? -1 : end.ordinal());
    out.number(startedMillis);
    out.number(startedClientMillis);
    out.number(atMillis);
    playback.write(out);
    progress.write(out);
    out.reference(cohort);
    SessionSlot.write(totals, out);
    SessionSlot.write(unsent, out);
    out.number(unsentWindow);
    out.number(presentWindow);
  }

  static View read(SlotReader in) {
    int number = in.first();
    int end = in.second();
    return new View(
        number,
        in.number(),
        in.number(),
        in.number(),
        Playback.read(in),
        Progress.read(in),
        in.reference(),
        SessionSlot.measures(in),
        SessionSlot.measures(in),
        in.number(),
        in.number(),
        end < 0 ? null : REASONS[end]);
  }
}
