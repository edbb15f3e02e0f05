package io.aircheck.experience.quirk;

import io.aircheck.experience.cmcd.CmcdCorrection;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All quirks, with the players that they were seen in. */
@SuppressWarnings("ImmutableEnumChecker") // corrections are immutable, as their interfaces say
public enum Quirk {
  /** dash.js: the time to the first byte is a moment, not a duration. */
  IMPOSSIBLE_FIRST_BYTE("dash.js 5.2.1", new ImpossibleFirstByte(), null),
  /** Shaka: no states are told. */
  PLAYING_WITHOUT_STATES("Shaka 5.2.12", null, PlayingWithoutStates.FIRST),
  /** dash.js: start-up times before anything plays, and again afterwards. */
  STARTUP_TIME_WHEN_PLAYING("dash.js 5.2.1", null, StartupTimeWhenPlaying.FIRST),
  /** dash.js: waiting for the first picture is told as rebuffering. */
  STARTUP_IS_NO_STALL("dash.js 5.2.1", null, StartupIsNoStall.FIRST),
  /** hls.js, dash.js: waiting after a jump is told as rebuffering. */
  SEEK_IS_NO_STALL("hls.js 1.7.4, dash.js 5.2.1", null, SeekIsNoStall.FIRST),
  /** hls.js, dash.js: the player's own jump out of a stall is told as one of the viewer. */
  JUMP_OUT_OF_STALL("hls.js 1.7.4, dash.js 5.2.1", null, JumpOutOfStall.FIRST),
  /** hls.js: the buffer of before the stall is told during it. */
  STALE_BUFFER_IN_STALL("hls.js 1.7.4", null, StaleBufferInStall.FIRST);

  private static final SessionCorrection OF_SESSION =
      new Chain(
          Stream.of(values()).map(quirk -> quirk.ofSession).filter(Objects::nonNull).toList());

  private final String seenIn;
  private final @Nullable CmcdCorrection ofRecord;
  private final @Nullable SessionCorrection ofSession;

  Quirk(String seenIn, @Nullable CmcdCorrection ofRecord, @Nullable SessionCorrection ofSession) {
    this.seenIn = seenIn;
    this.ofRecord = ofRecord;
    this.ofSession = ofSession;
  }

  /** Players and versions that it was seen in. */
  public String seenIn() {
    return seenIn;
  }

  /** What mends single records, in their order. */
  public static List<CmcdCorrection> ofRecords() {
    return Stream.of(values()).map(quirk -> quirk.ofRecord).filter(Objects::nonNull).toList();
  }

  /** What mends the reports of a session that begins. */
  public static SessionCorrection ofSession() {
    return OF_SESSION;
  }

  /** Mends one after the other, each what the one before it made of the report. */
  record Chain(List<SessionCorrection> links) implements SessionCorrection {
    /** What most sessions have most of the time: one for all of them. */
    private static final Chain SETTLED =
        new Chain(
            List.of(
                PlayingWithoutStates.DECIDED,
                StartupTimeWhenPlaying.TOLD,
                StartupIsNoStall.PLAYED,
                SeekIsNoStall.FIRST,
                JumpOutOfStall.FIRST,
                StaleBufferInStall.FIRST));

    Chain {
      links = List.copyOf(links);
    }

    @Override
    public ViewerReport mend(ViewerReport report) {
      ViewerReport mended = report;
      for (int i = 0; i < links.size(); i++) {
        mended = links.get(i).mend(mended);
      }
      return mended;
    }

    @Override
    public SessionCorrection after(ViewerReport report) {
      SessionCorrection @Nullable [] changed = null;
      ViewerReport mended = report;
      for (int i = 0; i < links.size(); i++) {
        SessionCorrection link = links.get(i);
        SessionCorrection learnt = link.after(mended);
        if (learnt != link) {
          changed = changed == null ? links.toArray(SessionCorrection[]::new) : changed;
          changed[i] = learnt;
        }
        mended = link.mend(mended);
      }
      if (changed == null) {
        return this;
      }
      Chain next = new Chain(List.of(changed));
      return next.equals(SETTLED) ? SETTLED : next;
    }
  }
}
