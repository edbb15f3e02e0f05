package io.aircheck.experience.cmcd;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Pool;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a set of keys means. Not thread-safe.
 *
 * <p>A report of an answer ({@code e=rr}) has the time of its request and comes when the answer is
 * complete; its event is put there. Players differ in which of the two moments its state belongs to
 * (hls.js: the answer; dash.js: the request), so no state is taken from it: events of their own and
 * those of time tell it. An error is told by its own event; its code in later ones is a reminder.
 */
public final class CmcdMapping {
  /** The newest version that is understood. */
  public static final int VERSION = 2;

  private static final int MOST_SHARED = 1 << 8;

  private static final CmcdKey[] BITRATES = {CmcdKey.PB, CmcdKey.BR, CmcdKey.AB};
  private static final CmcdKey[] TOP_BITRATES = {CmcdKey.TPB, CmcdKey.TB, CmcdKey.TAB};

  private final List<CmcdCorrection> corrections;
  private final Map<String, String> customAttributes;
  private final Pool<Map<String, String>> maps = new Pool<>(MOST_SHARED);
  private Map<String, String> sharedFrom = Map.of();
  private Map<String, String> shared = Map.of();
  private long sharedFormat = CmcdTokens.UNKNOWN;
  private @Nullable String sharedCdn;

  /**
   * A mapping.
   *
   * @param corrections what players are known to do wrong
   * @param customAttributes names of attributes by the custom keys that hold them
   */
  public CmcdMapping(List<CmcdCorrection> corrections, Map<String, String> customAttributes) {
    this.corrections = List.copyOf(corrections);
    this.customAttributes = Map.copyOf(customAttributes);
  }

  /** Maps a report of an event. */
  void event(CmcdRecord record, Arrival arrival, ReportReceiver receiver) {
    Rejection fault = fault(record);
    if (fault == null && !record.has(CmcdKey.TS)) {
      fault = Rejection.NO_TIME;
    }
    if (fault == null && record.number(CmcdKey.TS, 0) > ViewerReport.MAX_MILLIS) {
      fault = Rejection.CLOCK_IMPOSSIBLE;
    }
    if (fault != null) {
      receiver.rejected(fault);
      return;
    }
    mend(record, arrival);
    long millis = record.number(CmcdKey.TS, 0);
    FactsBuilder facts = common(record);
    int event = (int) record.number(CmcdKey.E, CmcdTokens.UNKNOWN);
    switch (event) {
      case CmcdTokens.EVENT_RESPONSE -> {
        facts.state(null).fatal(false).delivery(delivery(record));
        millis = Math.min(millis + record.number(CmcdKey.TTLB, 0), ViewerReport.MAX_MILLIS);
      }
      case CmcdTokens.EVENT_AD_BREAK_START -> facts.adBreak(true);
      case CmcdTokens.EVENT_AD_BREAK_END -> facts.adBreak(false);
      case CmcdTokens.EVENT_AD_START -> facts.ad(true);
      case CmcdTokens.EVENT_AD_END, CmcdTokens.EVENT_AD_SKIP -> facts.ad(false);
      case CmcdTokens.EVENT_BACKGROUND -> facts.background(record.number(CmcdKey.BG, 0) == 1);
      case CmcdTokens.EVENT_ERROR -> facts.errorCode(errorCode(record));
      default -> {
        // Says what its keys say.
      }
    }
    receiver.report(report(record, arrival, millis, facts));
  }

  /** Maps the data of a request. */
  void request(
      CmcdRecord record,
      long millis,
      @Nullable Delivery delivery,
      Arrival arrival,
      ReportReceiver receiver) {
    Rejection fault = fault(record);
    if (fault != null) {
      receiver.rejected(fault);
      return;
    }
    mend(record, arrival);
    FactsBuilder facts = common(record).errorCode(record.text(CmcdKey.EC)).delivery(delivery);
    receiver.report(report(record, arrival, millis, facts));
  }

  private static @Nullable Rejection fault(CmcdRecord record) {
    if (record.members() == 0) {
      return Rejection.MALFORMED;
    }
    if (record.number(CmcdKey.V, 1) > VERSION) {
      return Rejection.UNKNOWN_VERSION;
    }
    String session = record.text(CmcdKey.SID);
    if (session == null || session.isBlank()) {
      return Rejection.NO_SESSION;
    }
    return session.length() > ViewerReport.MAX_SESSION ? Rejection.TOO_LARGE : null;
  }

  private void mend(CmcdRecord record, Arrival arrival) {
    for (CmcdCorrection correction : corrections) {
      correction.mend(record, arrival.attributes());
    }
  }

  private ViewerReport report(CmcdRecord record, Arrival arrival, long millis, FactsBuilder facts) {
    String session = record.text(CmcdKey.SID);
    if (session == null) {
      throw new IllegalStateException("a correction took the session away");
    }
    return new ViewerReport(
        session,
        arrival.channel(),
        record.number(CmcdKey.SN, -1),
        millis,
        arrival.receivedMillis(),
        facts.build(),
        attributes(record, arrival));
  }

  /** What is said whatever the mode and the event. */
  private static FactsBuilder common(CmcdRecord record) {
    PlayerState state = state((int) record.number(CmcdKey.STA, CmcdTokens.UNKNOWN));
    FactsBuilder facts =
        facts()
            .state(state)
            .fatal(state == PlayerState.FAILED)
            .content(record.text(CmcdKey.CID))
            .live(live(record))
            .bitrateKbps(bitrate(record, BITRATES))
            .topBitrateKbps(bitrate(record, TOP_BITRATES))
            .playheadMillis(told(record, CmcdKey.PT))
            .liveLatencyMillis(told(record, CmcdKey.LTC))
            .bufferMillis(told(record.smallest(CmcdKey.BL)))
            .droppedFrames(told(record, CmcdKey.DFA))
            .startupMillis(told(record, CmcdKey.MSD))
            .stalls(told(record.largest(CmcdKey.BSA)))
            .stalledMillis(told(record.largest(CmcdKey.BSDA)))
            .starved(record.number(CmcdKey.BS, 0) == 1);
    if (record.has(CmcdKey.PR)) {
      facts.playbackRate(record.number(CmcdKey.PR, 0) / 1000.0);
    }
    if (record.number(CmcdKey.BG, 0) == 1) {
      facts.background(true);
    }
    return facts;
  }

  private static @Nullable PlayerState state(int token) {
    return switch (token) {
      case 'd' -> PlayerState.PRELOADING;
      case 's' -> PlayerState.STARTING;
      case 'p' -> PlayerState.PLAYING;
      case 'a' -> PlayerState.PAUSED;
      case 'k' -> PlayerState.SEEKING;
      case 'r', 'w' -> PlayerState.REBUFFERING; // w: waiting, which the standard lists alone
      case 'e' -> PlayerState.ENDED;
      case 'f' -> PlayerState.FAILED;
      case 'q' -> PlayerState.QUIT;
      default -> null;
    };
  }

  private static @Nullable Boolean live(CmcdRecord record) {
    return switch ((int) record.number(CmcdKey.ST, CmcdTokens.UNKNOWN)) {
      case 'l', 'l' << 8 | 'l' -> true;
      case 'v' -> false;
      default -> null;
    };
  }

  /**
   * The first bitrate that is told of some: what is shown before what is selected, what can be
   * played before what there is. With sound where both are known; what belongs to a request of
   * something else than pictures is none.
   */
  private static @Nullable Integer bitrate(CmcdRecord record, CmcdKey[] keys) {
    for (CmcdKey key : keys) {
      if (record.hasPicture(key) || record.has(key) && isOfPicture(record)) {
        return (int) record.sum(key);
      }
    }
    return null;
  }

  private static boolean isOfPicture(CmcdRecord record) {
    long object = record.number(CmcdKey.OT, CmcdTokens.NO_OBJECT);
    return object == CmcdTokens.NO_OBJECT
        || object == CmcdTokens.VIDEO
        || object == CmcdTokens.MUXED;
  }

  private static String errorCode(CmcdRecord record) {
    String code = record.text(CmcdKey.EC);
    return code == null ? "unknown" : code;
  }

  private static Delivery delivery(CmcdRecord record) {
    return Delivery.of(
        record.text(CmcdKey.URL),
        (int) record.number(CmcdKey.RC, -1),
        record.number(CmcdKey.TTFB, -1),
        record.number(CmcdKey.TTLB, -1));
  }

  /** The attributes of the way, with what the record adds: one map for equal ones in a row. */
  private Map<String, String> attributes(CmcdRecord record, Arrival arrival) {
    long format = record.number(CmcdKey.SF, CmcdTokens.UNKNOWN);
    String cdn = record.text(CmcdKey.CDN);
    if (cdn == null) {
      cdn = record.text(CmcdKey.H);
    }
    if (!record.custom().isEmpty()) {
      return add(arrival.attributes(), format, cdn, record.custom());
    }
    boolean same = cdn == null ? sharedCdn == null : cdn.equals(sharedCdn);
    if (arrival.attributes() != sharedFrom || format != sharedFormat || !same) {
      sharedFrom = arrival.attributes();
      sharedFormat = format;
      sharedCdn = cdn;
      shared = add(sharedFrom, format, cdn, Map.of());
    }
    return shared;
  }

  private Map<String, String> add(
      Map<String, String> base, long format, @Nullable String cdn, Map<String, String> custom) {
    Map<String, String> all = new HashMap<>(base);
    String name = format(format);
    if (name != null) {
      all.putIfAbsent(Attributes.FORMAT, name);
    }
    if (cdn != null) {
      all.putIfAbsent(Attributes.CDN, cdn);
    }
    custom.forEach(
        (key, value) -> {
          String attribute = customAttributes.get(key);
          if (attribute != null) {
            all.put(attribute, value);
          }
        });
    return maps.shared(Map.copyOf(all));
  }

  private static @Nullable String format(long token) {
    return switch ((int) token) {
      case 'd' -> "dash";
      case 'h' -> "hls";
      case 'e' -> "hesp";
      case 's' -> "smooth";
      case 'o' -> "other";
      default -> null;
    };
  }

  private static @Nullable Long told(CmcdRecord record, CmcdKey key) {
    return record.has(key) ? (Long) record.number(key, 0) : null;
  }

  private static @Nullable Long told(long value) {
    return value < 0 ? null : (Long) value;
  }
}
