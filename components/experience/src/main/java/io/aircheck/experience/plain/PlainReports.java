package io.aircheck.experience.plain;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;

import io.aircheck.experience.json.JsonFields;
import io.aircheck.experience.json.JsonRecords;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain form: members have the names of {@link ViewerReport.Facts}. An object, an array
 * of them, or one per line. Thread-safe.
 */
public final class PlainReports {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          Attributes.CDN,
          Attributes.DEVICE,
          Attributes.SYSTEM,
          Attributes.BROWSER,
          Attributes.PLAYER,
          Attributes.PLAYER_VERSION,
          Attributes.APP_VERSION,
          Attributes.FORMAT);
  private static final int LONGEST_VALUE = 64;
  private static final int MOST_KBPS = 10_000_000;
  private static final int MOST_PIXELS = 100_000;
  private static final long MOST_MILLIS = 366L * 24 * 3600 * 1000;
  private static final long MOST = 1_000_000_000;

  private final JsonRecords records = new JsonRecords();
  private final Set<String> customNames;

  /**
   * A reader.
   *
   * @param customNames names of attributes beyond the usual that reports may have
   */
  public PlainReports(Set<String> customNames) {
    this.customNames = Set.copyOf(customNames);
  }

  /** Reads a body. */
  public void read(byte[] body, Arrival arrival, ReportReceiver receiver) {
    records.read(
        body,
        fields -> report(fields, arrival, receiver),
        () -> receiver.rejected(Rejection.MALFORMED));
  }

  private void report(JsonFields fields, Arrival arrival, ReportReceiver receiver) {
    String session = fields.text("session");
    Double time = fields.decimal("time");
    if (session == null || session.isBlank()) {
      receiver.rejected(Rejection.NO_SESSION);
    } else if (session.length() > ViewerReport.MAX_SESSION) {
      receiver.rejected(Rejection.TOO_LARGE);
    } else if (time == null) {
      receiver.rejected(Rejection.NO_TIME);
    } else if (time < 0 || time > ViewerReport.MAX_MILLIS) {
      receiver.rejected(Rejection.CLOCK_IMPOSSIBLE);
    } else {
      Long sequence = fields.whole("sequence", Long.MAX_VALUE);
      receiver.report(
          new ViewerReport(
              session,
              arrival.channel(),
              sequence == null ? -1 : sequence,
              Math.round(time),
              arrival.receivedMillis(),
              told(fields).build(),
              attributes(fields, arrival)));
    }
  }

  private static FactsBuilder told(JsonFields fields) {
    PlayerState state = state(fields.text("state"));
    return facts()
        .state(state)
        .content(fields.text("content", ViewerReport.MAX_CONTENT))
        .live(fields.flag("live"))
        .bitrateKbps(fields.small("bitrateKbps", MOST_KBPS))
        .topBitrateKbps(fields.small("topBitrateKbps", MOST_KBPS))
        .width(fields.small("width", MOST_PIXELS))
        .height(fields.small("height", MOST_PIXELS))
        .playheadMillis(fields.whole("playheadMillis", ViewerReport.MAX_MILLIS))
        .positionMillis(fields.whole("positionMillis", ViewerReport.MAX_MILLIS))
        .playbackRate(rate(fields))
        .liveLatencyMillis(fields.whole("liveLatencyMillis", MOST_MILLIS))
        .bufferMillis(fields.whole("bufferMillis", MOST_MILLIS))
        .droppedFrames(fields.whole("droppedFrames", MOST))
        .startupMillis(fields.whole("startupMillis", MOST_MILLIS))
        .stalls(fields.whole("stalls", MOST))
        .stalledMillis(fields.whole("stalledMillis", MOST_MILLIS))
        .starved(Boolean.TRUE.equals(fields.flag("starved")))
        .adBreak(fields.flag("adBreak"))
        .ad(fields.flag("ad"))
        .background(fields.flag("background"))
        .errorCode(fields.text("errorCode", ViewerReport.MAX_CONTENT))
        .fatal(Boolean.TRUE.equals(fields.flag("fatal")) || state == PlayerState.FAILED)
        .delivery(delivery(fields));
  }

  private static @Nullable Double rate(JsonFields fields) {
    Double rate = fields.decimal("playbackRate");
    return rate == null || rate < 0 || rate > 1000 ? null : rate;
  }

  private static @Nullable PlayerState state(@Nullable String name) {
    if (name == null) {
      return null;
    }
    for (PlayerState state : PlayerState.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
        return state;
      }
    }
    return null;
  }

  private static @Nullable Delivery delivery(JsonFields fields) {
    String address = fields.text("delivery.url");
    Integer status = fields.small("delivery.status", 999);
    if (address == null && status == null) {
      return null;
    }
    Long first = fields.whole("delivery.firstByteMillis", MOST_MILLIS);
    Long last = fields.whole("delivery.lastByteMillis", MOST_MILLIS);
    return Delivery.of(
        address,
        status == null ? -1 : status,
        first == null ? -1 : first,
        last == null ? -1 : last);
  }

  private Map<String, String> attributes(JsonFields fields, Arrival arrival) {
    Map<String, String> told = fields.below("attributes");
    if (told.isEmpty()) {
      return arrival.attributes();
    }
    Map<String, String> all = new HashMap<>(arrival.attributes());
    told.forEach(
        (name, value) -> {
          boolean known = ATTRIBUTES.contains(name) || customNames.contains(name);
          if (known && !value.isBlank() && value.length() <= LONGEST_VALUE) {
            all.put(name, value);
          }
        });
    return all;
  }
}
