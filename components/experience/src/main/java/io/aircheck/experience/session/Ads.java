package io.aircheck.experience.session;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport.Facts;

/**
 * Where a view is in its advertisements.
 *
 * @param inBreak whether there is a break for them
 * @param plays whether one is played
 * @param ownContent whether what plays them tells content of its own all along, not only where it
 *     begins or ends
 * @param between whether one of the break is over, and no other has begun
 * @param playheadMillis place in the content, as told last since then; -1: not told
 */
record Ads(
    boolean inBreak, boolean plays, boolean ownContent, boolean between, long playheadMillis) {

  /** The content is played. */
  static final Ads NONE = new Ads(false, false, false, false, -1);

  void write(SlotWriter out) {
    out.flag(inBreak);
    out.flag(plays);
    out.flag(ownContent);
    out.flag(between);
    out.number(playheadMillis);
  }

  static Ads read(SlotReader in) {
    return new Ads(in.flag(), in.flag(), in.flag(), in.flag(), in.number());
  }

  /** Whether there are advertisements, or the next one of a break is awaited. */
  boolean any() {
    return inBreak || plays;
  }

  /**
   * The advertisements after a report. Those whose end was not told are over when the content is
   * seen to play.
   */
  Ads after(Facts facts, ToldContent content) {
    boolean marks = marks(facts);
    if (!marks && (!any() || showContent(facts, content))) {
      return NONE;
    }
    boolean inBreakNow = facts.adBreak() == null ? inBreak : facts.adBreak();
    boolean breakEnds = Boolean.FALSE.equals(facts.adBreak());
    boolean playsNow = facts.ad() == null ? plays && !breakEnds : facts.ad();
    if (!inBreakNow && !playsNow) {
      return NONE;
    }
    boolean betweenNow = inBreakNow && !playsNow && (plays || between);
    boolean ownNow = ownContent || (!marks && content == ToldContent.OTHER);
    return new Ads(
        inBreakNow, playsNow, ownNow, betweenNow, betweenNow ? place(facts, content) : -1);
  }

  /** Whether a report tells where advertisements begin or end. */
  static boolean marks(Facts facts) {
    return facts.adBreak() != null || facts.ad() != null;
  }

  /**
   * Whether a report shows that the content plays: it tells the content again after advertisements
   * told theirs, or its place in the content moves after one that has ended.
   */
  private boolean showContent(Facts facts, ToldContent content) {
    if (content != ToldContent.SAME || facts.state() != PlayerState.PLAYING) {
      return false;
    }
    Long playhead = facts.playheadMillis();
    boolean moves = playhead != null && playheadMillis >= 0 && playhead > playheadMillis;
    return ownContent || (between && moves);
  }

  private long place(Facts facts, ToldContent content) {
    Long playhead = facts.playheadMillis();
    return content == ToldContent.SAME && !marks(facts) && playhead != null
        ? playhead
        : playheadMillis;
  }
}
