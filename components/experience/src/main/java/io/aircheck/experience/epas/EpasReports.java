package io.aircheck.experience.epas;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;

import io.aircheck.experience.json.JsonFields;
import io.aircheck.experience.json.JsonRecords;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of players that speak EPAS: an object, an array of them, or one per line.
 * Thread-safe.
 *
 * <p>The text of the specification has playhead and duration in milliseconds, its types have them
 * in seconds, and players follow either. Content of less than {@value #SHORTEST_MILLIS} ms is taken
 * for seconds, and so is a playhead with decimals.
 */
public final class EpasReports {
  private static final long SHORTEST_MILLIS = 20_000;
  private static final long EPOCH_SECONDS = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 100_000_000_000L;
  private static final int MOST_KBPS = 10_000_000;
  private static final int MOST_PIXELS = 100_000;

  private final JsonRecords records = new JsonRecords();

  /** Reads a body. */
  public void read(byte[] body, Arrival arrival, ReportReceiver receiver) {
    records.read(
        body,
        fields -> event(fields, arrival, receiver),
        () -> receiver.rejected(Rejection.MALFORMED));
  }

  private static void event(JsonFields fields, Arrival arrival, ReportReceiver receiver) {
    String session = fields.text("sessionId");
    if (session == null || session.isBlank()) {
      receiver.rejected(Rejection.NO_SESSION);
      return;
    }
    if (session.length() > ViewerReport.MAX_SESSION) {
      receiver.rejected(Rejection.TOO_LARGE);
      return;
    }
    Double time = fields.decimal("timestamp");
    if (time != null && time > ViewerReport.MAX_MILLIS) {
      receiver.rejected(Rejection.CLOCK_IMPOSSIBLE);
      return;
    }
    // -1 is a player that does not know it
    long millis = time == null || time < 0 ? arrival.receivedMillis() : Math.round(time);
    FactsBuilder facts = facts().playheadMillis(playhead(fields));
    told(fields, facts);
    receiver.report(
        new ViewerReport(
            session,
            arrival.channel(),
            -1,
            millis,
            arrival.receivedMillis(),
            facts.build(),
            arrival.attributes()));
  }

  private static void told(JsonFields fields, FactsBuilder facts) {
    String event = fields.text("event");
    switch (event == null ? "" : event) {
      case "loading", "play" -> facts.state(PlayerState.STARTING);
      case "playing", "resume" -> facts.state(PlayerState.PLAYING);
      case "buffered", "seeked" -> facts.state(PlayerState.RESUMED);
      case "paused", "pause" -> facts.state(PlayerState.PAUSED);
      case "buffering" -> facts.state(PlayerState.REBUFFERING);
      case "seeking" -> facts.state(PlayerState.SEEKING);
      case "stopped" -> facts.state(stopped(fields.text("payload.reason")));
      case "error" -> facts.state(PlayerState.FAILED).fatal(true).errorCode(code(fields));
      case "warning" -> facts.errorCode(code(fields));
      case "bitrate_changed" ->
          facts
              .bitrateKbps(bitrate(fields))
              .width(fields.small("payload.width", MOST_PIXELS))
              .height(fields.small("payload.height", MOST_PIXELS));
      default -> {
        // a sign of life
      }
    }
    facts.live(fields.flag("payload.live"));
    String content = fields.text("payload.contentId", ViewerReport.MAX_CONTENT);
    facts.content(
        content == null ? fields.text("payload.contentTitle", ViewerReport.MAX_CONTENT) : content);
  }

  private static PlayerState stopped(@Nullable String reason) {
    return switch (reason == null ? "" : reason) {
      case "ended" -> PlayerState.ENDED;
      case "error" -> PlayerState.FAILED;
      default -> PlayerState.QUIT;
    };
  }

  private static String code(JsonFields fields) {
    String code = fields.text("payload.code", ViewerReport.MAX_CONTENT);
    if (code == null) {
      code = fields.text("payload.category", ViewerReport.MAX_CONTENT);
    }
    return code == null ? "unknown" : code;
  }

  private static @Nullable Integer bitrate(JsonFields fields) {
    Integer both = fields.small("payload.bitrate", MOST_KBPS);
    if (both != null) {
      return both;
    }
    Integer picture = fields.small("payload.videoBitrate", MOST_KBPS);
    Integer sound = fields.small("payload.audioBitrate", MOST_KBPS);
    return picture == null ? sound : (Integer) (picture + (sound == null ? 0 : sound));
  }

  private static @Nullable Long playhead(JsonFields fields) {
    Double playhead = fields.decimal("playhead");
    if (playhead == null || playhead < 0 || playhead > ViewerReport.MAX_MILLIS) {
      return null;
    }
    Double duration = fields.decimal("duration");
    boolean seconds =
        playhead >= EPOCH_SECONDS
            ? playhead < EPOCH_MILLIS
            : playhead != Math.rint(playhead)
                || duration != null && duration > 0 && duration < SHORTEST_MILLIS;
    return Math.round(seconds ? playhead * 1000 : playhead);
  }
}
