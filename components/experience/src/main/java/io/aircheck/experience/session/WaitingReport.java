package io.aircheck.experience.session;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;

import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a report that waits for earlier ones is kept in a slot: only what it tells, most of which is
 * numbers.
 */
final class WaitingReport {
  private static final PlayerState[] STATES = PlayerState.values();

  /** Numbers and texts that a report may tell, as bits of the number that says which it does. */
  private static final int BITRATE = 0;

  private static final int TOP_BITRATE = 1;
  private static final int WIDTH = 2;
  private static final int HEIGHT = 3;
  private static final int PLAYHEAD = 4;
  private static final int POSITION = 5;
  private static final int RATE = 6;
  private static final int LATENCY = 7;
  private static final int BUFFER = 8;
  private static final int DROPPED = 9;
  private static final int STARTUP = 10;
  private static final int STALLS = 11;
  private static final int STALLED = 12;
  private static final int CONTENT = 13;
  private static final int ERROR = 14;
  private static final int DELIVERY = 15;
  private static final int STARVED = 16;
  private static final int FATAL = 17;

  /** What is told as yes or no has two bits: whether it is told, and what. */
  private static final int LIVE = 18;

  private static final int AD_BREAK = 20;
  private static final int AD = 22;
  private static final int BACKGROUND = 24;

  /** From here on: the number of its state, from 1; 0 where it tells none. */
  private static final int STATE = 32;

  private WaitingReport() {}

  /**
   * Writes a report.
   *
   * @param cohorts share texts
   */
  @SuppressWarnings("EnumOrdinal") // within this process
  static void write(ViewerReport report, Cohorts cohorts, SlotWriter out) {
    Facts facts = report.facts();
    PlayerState state = facts.state();
    out.number(
        bit(BITRATE, facts.bitrateKbps())
            | bit(TOP_BITRATE, facts.topBitrateKbps())
            | bit(WIDTH, facts.width())
            | bit(HEIGHT, facts.height())
            | bit(PLAYHEAD, facts.playheadMillis())
            | bit(POSITION, facts.positionMillis())
            | bit(RATE, facts.playbackRate())
            | bit(LATENCY, facts.liveLatencyMillis())
            | bit(BUFFER, facts.bufferMillis())
            | bit(DROPPED, facts.droppedFrames())
            | bit(STARTUP, facts.startupMillis())
            | bit(STALLS, facts.stalls())
            | bit(STALLED, facts.stalledMillis())
            | bit(CONTENT, facts.content())
            | bit(ERROR, facts.errorCode())
            | bit(DELIVERY, facts.delivery())
            | (facts.starved() ? 1L << STARVED : 0)
            | (facts.fatal() ? 1L << FATAL : 0)
            | answer(LIVE, facts.live())
            | answer(AD_BREAK, facts.adBreak())
            | answer(AD, facts.ad())
            | answer(BACKGROUND, facts.background())
            | (state == null ? 0 : state.ordinal() + 1L) << STATE);
    out.number(report.sequence());
    out.number(report.eventMillis());
    out.number(report.receivedMillis());
    out.reference(cohorts.text(report.channel()));
    out.reference(report.attributes());
    write(facts.bitrateKbps(), out);
    write(facts.topBitrateKbps(), out);
    write(facts.width(), out);
    write(facts.height(), out);
    write(facts.playheadMillis(), out);
    write(facts.positionMillis(), out);
    if (facts.playbackRate() != null) {
      out.number(Double.doubleToRawLongBits(facts.playbackRate()));
    }
    write(facts.liveLatencyMillis(), out);
    write(facts.bufferMillis(), out);
    write(facts.droppedFrames(), out);
    write(facts.startupMillis(), out);
    write(facts.stalls(), out);
    write(facts.stalledMillis(), out);
    if (facts.content() != null) {
      out.reference(cohorts.shared(facts.content()));
    }
    if (facts.errorCode() != null) {
      out.reference(facts.errorCode());
    }
    if (facts.delivery() != null) {
      out.reference(facts.delivery());
    }
  }

  /**
   * Reads a report.
   *
   * @param session that it is of
   */
  static ViewerReport read(String session, SlotReader in) {
    long told = in.number();
    long sequence = in.number();
    long eventMillis = in.number();
    long receivedMillis = in.number();
    String channel = in.reference();
    Map<String, String> attributes = in.reference();
    int state = (int) (told >>> STATE);
    FactsBuilder facts =
        facts()
            .state(state == 0 ? null : STATES[state - 1])
            .bitrateKbps(small(told, BITRATE, in))
            .topBitrateKbps(small(told, TOP_BITRATE, in))
            .width(small(told, WIDTH, in))
            .height(small(told, HEIGHT, in))
            .playheadMillis(number(told, PLAYHEAD, in))
            .positionMillis(number(told, POSITION, in))
            .playbackRate(is(told, RATE) ? (Double) Double.longBitsToDouble(in.number()) : null)
            .liveLatencyMillis(number(told, LATENCY, in))
            .bufferMillis(number(told, BUFFER, in))
            .droppedFrames(number(told, DROPPED, in))
            .startupMillis(number(told, STARTUP, in))
            .stalls(number(told, STALLS, in))
            .stalledMillis(number(told, STALLED, in))
            .starved(is(told, STARVED))
            .fatal(is(told, FATAL))
            .live(answer(told, LIVE))
            .adBreak(answer(told, AD_BREAK))
            .ad(answer(told, AD))
            .background(answer(told, BACKGROUND))
            .content(is(told, CONTENT) ? in.reference() : null)
            .errorCode(is(told, ERROR) ? in.reference() : null)
            .delivery(is(told, DELIVERY) ? in.reference() : null);
    return new ViewerReport(
        session, channel, sequence, eventMillis, receivedMillis, facts.build(), attributes);
  }

  private static long bit(int place, @Nullable Object value) {
    return value == null ? 0 : 1L << place;
  }

  private static long answer(int place, @Nullable Boolean value) {
    return value == null ? 0 : (value ? 3L : 1L) << place;
  }

  private static void write(@Nullable Number value, SlotWriter out) {
    if (value != null) {
      out.number(value.longValue());
    }
  }

  private static boolean is(long told, int place) {
    return (told >> place & 1) != 0;
  }

  private static @Nullable Boolean answer(long told, int place) {
    return is(told, place) ? (Boolean) is(told, place + 1) : null;
  }

  private static @Nullable Integer small(long told, int place, SlotReader in) {
    return is(told, place) ? (Integer) (int) in.number() : null;
  }

  private static @Nullable Long number(long told, int place, SlotReader in) {
    return is(told, place) ? (Long) in.number() : null;
  }
}
