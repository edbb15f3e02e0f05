package io.aircheck.experience.session;

import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;

/**
 * Totals of a session as its player told them last, beside what the reports of the view had shown
 * by then. -1 is what was never told.
 *
 * @param stalls interruptions, as told
 * @param stalledMillis their time, as told
 * @param droppedFrames pictures dropped, as told
 * @param seenStalls stalls of the view by its reports, when those two were told
 * @param seenStalledMillis their time by the reports then
 * @param seenPlayingMillis playing time by the reports then
 * @param lost whether reports were lost since then
 * @param onceMillis latest moment of an error or a starved buffer
 */
record Told(
    long stalls,
    long stalledMillis,
    long droppedFrames,
    long seenStalls,
    long seenStalledMillis,
    long seenPlayingMillis,
    boolean lost,
    long onceMillis) {

  static final Told NOTHING = new Told(-1, -1, -1, 0, 0, 0, false, Long.MIN_VALUE);

  void write(SlotWriter out) {
    out.number(stalls);
    out.number(stalledMillis);
    out.number(droppedFrames);
    out.number(seenStalls);
    out.number(seenStalledMillis);
    out.number(seenPlayingMillis);
    out.flag(lost);
    out.number(onceMillis);
  }

  static Told read(SlotReader in) {
    return new Told(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.flag(),
        in.number());
  }

  /** Growth of a total; one that falls began anew, unless what tells it is late. */
  static long growth(long before, long now, boolean inOrder) {
    if (now >= before) {
      return now - before;
    }
    return inOrder ? now : 0;
  }

  Told withDropped(long frames) {
    return new Told(
        stalls,
        stalledMillis,
        frames,
        seenStalls,
        seenStalledMillis,
        seenPlayingMillis,
        lost,
        onceMillis);
  }

  Told withLost() {
    return lost
        ? this
        : new Told(
            stalls,
            stalledMillis,
            droppedFrames,
            seenStalls,
            seenStalledMillis,
            seenPlayingMillis,
            true,
            onceMillis);
  }

  /**
   * Whether a report tells something that is counted once, an error or a starved buffer, and is the
   * first to. Reports without numbers may come twice; then only later ones than before count.
   */
  boolean isFirst(ViewerReport report) {
    Facts facts = report.facts();
    boolean happened = facts.errorCode() != null || facts.fatal() || facts.starved();
    return happened && (report.sequence() >= 0 || report.eventMillis() > onceMillis);
  }

  /** What such a report tells once is counted. */
  Told counted(ViewerReport report) {
    return report.sequence() >= 0 ? this : withOnce(report.eventMillis());
  }

  private Told withOnce(long millis) {
    return new Told(
        stalls,
        stalledMillis,
        droppedFrames,
        seenStalls,
        seenStalledMillis,
        seenPlayingMillis,
        lost,
        millis);
  }

  /** The totals of the player stand at these when the reports have shown these. */
  Told marked(long stalls, long stalledMillis, long seen, long seenMillis, long playingMillis) {
    return new Told(
        stalls, stalledMillis, droppedFrames, seen, seenMillis, playingMillis, false, onceMillis);
  }

  /** A new view begins, of which the reports have shown nothing. */
  Told forNextView() {
    return new Told(stalls, stalledMillis, droppedFrames, 0, 0, 0, lost, onceMillis);
  }
}
