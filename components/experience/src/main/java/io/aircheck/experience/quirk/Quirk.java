package io.aircheck.experience.quirk;

import io.aircheck.experience.cmcd.CmcdCorrection;
import io.aircheck.experience.intake.SessionCorrection;
import io.aircheck.experience.report.ViewerReport;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All quirks, with the players that they were seen in. */
public enum Quirk {
  /** dash.js: the time to the first byte is a moment, not a duration. */
  IMPOSSIBLE_FIRST_BYTE("dash.js 5.2.1", new ImpossibleFirstByte(), null),
  /** Shaka: no states are told. */
  PLAYING_WITHOUT_STATES("Shaka 5.2.12", null, PlayingWithoutStates::new),
  /** dash.js: start-up times before anything plays, and again afterwards. */
  STARTUP_TIME_WHEN_PLAYING("dash.js 5.2.1", null, StartupTimeWhenPlaying::new),
  /** dash.js: waiting for the first picture is told as rebuffering. */
  STARTUP_IS_NO_STALL("dash.js 5.2.1", null, StartupIsNoStall::new),
  /** hls.js, dash.js: waiting after a jump is told as rebuffering. */
  SEEK_IS_NO_STALL("hls.js 1.7.4, dash.js 5.2.1", null, SeekIsNoStall::new),
  /** hls.js: the buffer of before the stall is told during it. */
  STALE_BUFFER_IN_STALL("hls.js 1.7.4", null, StaleBufferInStall::new);

  private final String seenIn;
  private final @Nullable CmcdCorrection ofRecord;
  private final @Nullable Supplier<SessionCorrection> ofSession;

  Quirk(
      String seenIn,
      @Nullable CmcdCorrection ofRecord,
      @Nullable Supplier<SessionCorrection> ofSession) {
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
    return List.of(values()).stream()
        .map(quirk -> quirk.ofRecord)
        .filter(correction -> correction != null)
        .toList();
  }

  /** A new chain of what mends the reports of a session, in their order. */
  public static SessionCorrection ofSession() {
    return new Chain();
  }

  /** Mends one after the other. */
  private static final class Chain implements SessionCorrection {
    private static final List<Supplier<SessionCorrection>> LINKS =
        List.of(values()).stream()
            .map(quirk -> quirk.ofSession)
            .filter(correction -> correction != null)
            .toList();

    private final SessionCorrection[] links =
        LINKS.stream().map(Supplier::get).toArray(SessionCorrection[]::new);

    @Override
    public ViewerReport mend(ViewerReport report) {
      ViewerReport mended = report;
      for (SessionCorrection link : links) {
        mended = link.mend(mended);
      }
      return mended;
    }
  }
}
