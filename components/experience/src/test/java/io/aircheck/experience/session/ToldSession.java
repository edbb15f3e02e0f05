package io.aircheck.experience.session;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.epas.EpasReports;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.snowplow.SnowplowReports;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session as its player told it in one of the schemas, read as the service reads it. Moments are
 * milliseconds from its beginning.
 */
final class ToldSession {
  private static final String MEDIA = "iglu:com.snowplowanalytics.snowplow.media/";

  private final SessionRun run =
      new SessionRun(new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()));
  private final Received received = new Received();
  private int taken;
  private int number;

  /** An event of CMCD with further keys; of other reporters than the player with their channel. */
  ToldSession cmcd(long millis, String keys) {
    String record = "%s,sid=\"s\",sn=%d,ts=%d,v=2".formatted(keys, number++, time(millis));
    new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()))
        .read(bytes(record), arrival(millis), received);
    return take();
  }

  /** An event of EPAS. */
  ToldSession epas(long millis, String event) {
    String json =
        "{\"event\":\"%s\",\"sessionId\":\"s\",\"timestamp\":%d}".formatted(event, time(millis));
    new EpasReports().read(bytes(json), arrival(millis), received);
    return take();
  }

  /** An event of Snowplow, of a player that is somewhere in its media. */
  ToldSession snowplow(long millis, String event, double seconds, boolean paused) {
    String told =
        "{\"data\":{\"schema\":\"%s%s_event/jsonschema/1-0-0\",\"data\":{}}}"
            .formatted(MEDIA, event);
    String entities =
        ("{\"data\":[{\"schema\":\"%ssession/jsonschema/1-0-0\",\"data\":{\"mediaSessionId\":\"s\"}},"
                + "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/media_player/jsonschema/2-0-0\","
                + "\"data\":{\"currentTime\":%s,\"paused\":%s,\"ended\":false,\"label\":\"a\"}}]}")
            .formatted(MEDIA, seconds, paused);
    String json =
        "{\"data\":[{\"e\":\"ue\",\"dtm\":\"%d\",\"ue_pr\":\"%s\",\"co\":\"%s\"}]}"
            .formatted(time(millis), told.replace("\"", "\\\""), entities.replace("\"", "\\\""));
    new SnowplowReports().read(bytes(json), arrival(millis), received);
    return take();
  }

  /** The session when it is over. */
  SessionRun finish() {
    return run.finish();
  }

  private ToldSession take() {
    List<ViewerReport> reports = received.reports();
    if (reports.size() != taken + 1) {
      throw new IllegalArgumentException("not taken: " + received.rejections());
    }
    run.take(reports.get(taken++));
    return this;
  }

  private static Arrival arrival(long millis) {
    return new Arrival(time(millis) + 100, "/r", Map.of());
  }

  private static long time(long millis) {
    return FakePlayer.START + millis;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
