package io.aircheck.experience.snowplow;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;

import io.aircheck.experience.json.JsonFields;
import io.aircheck.experience.json.JsonRecords;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads of Snowplow's trackers: events with a session of media among their entities. Other
 * events, and the ids of users that they carry, are passed over. Thread-safe.
 */
public final class SnowplowReports {
  private static final String EVENTS = "iglu:com.snowplowanalytics.snowplow.media/";
  private static final String SESSION = EVENTS + "session/";
  private static final String PLAYER = "iglu:com.snowplowanalytics.snowplow/media_player/";
  private static final String EVENT_SUFFIX = "_event/";
  private static final int MOST_ENTITIES = 32;
  private static final long MOST_BITS = 10_000_000_000L;
  private static final double MOST_SECONDS = ViewerReport.MAX_MILLIS / 1000.0;

  private final JsonRecords payloads = new JsonRecords("data");
  private final JsonRecords documents = new JsonRecords();

  /** Reads a body. */
  public void read(byte[] body, Arrival arrival, ReportReceiver receiver) {
    payloads.read(
        body,
        fields -> event(fields, arrival, receiver),
        () -> receiver.rejected(Rejection.MALFORMED));
  }

  private void event(JsonFields fields, Arrival arrival, ReportReceiver receiver) {
    JsonFields told = document(fields, "ue_pr", "ue_px");
    JsonFields entities = document(fields, "co", "cx");
    String session = value(entities, SESSION, "mediaSessionId");
    if (told == null) {
      receiver.rejected(Rejection.NOT_OF_PLAYBACK);
    } else if (session == null || session.isBlank()) {
      String schema = told.text("data.schema");
      boolean media = schema != null && schema.startsWith(EVENTS);
      receiver.rejected(media ? Rejection.NO_SESSION : Rejection.NOT_OF_PLAYBACK);
    } else if (session.length() > ViewerReport.MAX_SESSION) {
      receiver.rejected(Rejection.TOO_LARGE);
    } else {
      Double time = fields.decimal("dtm");
      if (time == null) {
        receiver.rejected(Rejection.NO_TIME);
      } else if (time < 0 || time > ViewerReport.MAX_MILLIS) {
        receiver.rejected(Rejection.CLOCK_IMPOSSIBLE);
      } else {
        receiver.report(report(session, Math.round(time), told, entities, arrival));
      }
    }
  }

  private static ViewerReport report(
      String session,
      long millis,
      JsonFields told,
      @Nullable JsonFields entities,
      Arrival arrival) {
    FactsBuilder facts = facts();
    boolean paused = "true".equals(value(entities, PLAYER, "paused"));
    boolean ended = "true".equals(value(entities, PLAYER, "ended"));
    player(entities, facts);
    String name = name(told.text("data.schema"));
    switch (name) {
      case "play" -> facts.state(asked(entities));
      case "pause" -> facts.state(PlayerState.PAUSED);
      case "end" -> facts.state(PlayerState.ENDED);
      case "seek_start" -> facts.state(PlayerState.SEEKING);
      case "buffer_start" -> facts.state(PlayerState.REBUFFERING);
      case "seek_end" -> facts.state(paused ? PlayerState.PAUSED : asked(entities));
      case "buffer_end" -> facts.state(paused ? PlayerState.PAUSED : PlayerState.PLAYING);
      case "ping" -> {
        if (ended || paused) {
          facts.state(ended ? PlayerState.ENDED : PlayerState.PAUSED);
        }
      }
      case "ad_break_start" -> facts.adBreak(true);
      case "ad_break_end" -> facts.adBreak(false);
      case "ad_start" -> facts.ad(true);
      case "ad_complete", "ad_skip" -> facts.ad(false);
      case "quality_change" -> {
        Long bits = told.whole("data.data.bitrate", MOST_BITS);
        facts.bitrateKbps(bits == null ? null : (Integer) (int) Math.round(bits / 1000.0));
      }
      case "error" -> {
        String code = told.text("data.data.errorCode", ViewerReport.MAX_CONTENT);
        facts.errorCode(code == null ? "unknown" : code);
      }
      default -> {
        // says what its entities say
      }
    }
    return new ViewerReport(
        session,
        arrival.channel(),
        -1,
        millis,
        arrival.receivedMillis(),
        facts.build(),
        arrival.attributes());
  }

  /** Of a player that wants to play: whether it does is seen where its place in the media moves. */
  private static PlayerState asked(@Nullable JsonFields entities) {
    return seconds(entities) == null ? PlayerState.PLAYING : PlayerState.ASKED;
  }

  private static void player(@Nullable JsonFields entities, FactsBuilder facts) {
    String at = entity(entities, PLAYER);
    if (entities == null || at == null) {
      return;
    }
    Boolean live = entities.flag(at + "livestream");
    Double seconds = seconds(entities);
    facts
        .live(live)
        .content(entities.text(at + "label", ViewerReport.MAX_CONTENT))
        .playbackRate(entities.decimal(at + "playbackRate"));
    if (seconds != null) {
      long millis = Math.round(seconds * 1000);
      facts.positionMillis(millis);
      facts.playheadMillis(Boolean.TRUE.equals(live) ? null : (Long) millis); // has no origin
    }
  }

  /** Where the player is in its media; null: not told. */
  private static @Nullable Double seconds(@Nullable JsonFields entities) {
    String at = entity(entities, PLAYER);
    Double seconds = entities == null || at == null ? null : entities.decimal(at + "currentTime");
    return seconds == null || seconds < 0 || seconds > MOST_SECONDS ? null : seconds;
  }

  /** Name of an event of media; empty: another one. */
  private static String name(@Nullable String schema) {
    if (schema == null || !schema.startsWith(EVENTS)) {
      return "";
    }
    int end = schema.indexOf(EVENT_SUFFIX, EVENTS.length());
    return end < 0 ? "" : schema.substring(EVENTS.length(), end);
  }

  private static @Nullable String value(
      @Nullable JsonFields entities, String schema, String member) {
    String at = entity(entities, schema);
    if (entities == null || at == null) {
      return null;
    }
    Boolean flag = entities.flag(at + member);
    return flag == null ? entities.text(at + member) : flag.toString();
  }

  /** Path of the members of the first entity of a schema. */
  private static @Nullable String entity(@Nullable JsonFields entities, String schema) {
    for (int i = 0; entities != null && i < MOST_ENTITIES; i++) {
      String found = entities.text("data." + i + ".schema");
      if (found == null) {
        return null;
      }
      if (found.startsWith(schema)) {
        return "data." + i + ".data.";
      }
    }
    return null;
  }

  /** A document within the payload, as a string or in Base64; null: none. */
  private @Nullable JsonFields document(JsonFields fields, String plain, String encoded) {
    String text = fields.text(plain);
    byte[] document;
    if (text != null) {
      document = text.getBytes(StandardCharsets.UTF_8);
    } else {
      String base64 = fields.text(encoded);
      if (base64 == null) {
        return null;
      }
      try {
        document = Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_'));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    List<JsonFields> found = new ArrayList<>(1);
    documents.read(document, found::add, () -> {});
    return found.isEmpty() ? null : found.getFirst();
  }
}
