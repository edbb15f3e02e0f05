package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.crowd.Person;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of a player that reports: writes event reports of common media client data, version 2,
 * numbers them and sends them in batches. Not thread-safe.
 */
final class Reporter {
  private static final int AD_KBPS = 2_000;
  private static final int ROOM = 400;
  private static final long MANY_MILLIS = 10_000;

  private final Reporting reporting;
  private final String session;
  private final long skewMillis;
  private Person person;

  private @Nullable StringBuilder lines;
  private int waiting;
  private long dueMillis = Long.MAX_VALUE;
  private long sequence;

  /** Totals that the player counts itself. */
  private int stalls;

  private long stalledMillis;
  private int droppedFrames;

  /**
   * @param skewMillis how far the clock of the player is ahead
   */
  Reporter(Reporting reporting, String session, long skewMillis, Person person) {
    this.reporting = reporting;
    this.session = session;
    this.skewMillis = skewMillis;
    this.person = person;
  }

  /** Who is in front of it now. */
  void person(Person now) {
    person = now;
  }

  void stalled(long millis) {
    stalls++;
    stalledMillis += millis;
  }

  void dropped(int frames) {
    droppedFrames += frames;
  }

  /** When what waits is to be sent. */
  long dueMillis() {
    return dueMillis;
  }

  boolean isFull() {
    return waiting >= reporting.batchReports();
  }

  /**
   * Writes a report.
   *
   * @param event as the standard calls it
   * @param errorCode of an error; else null
   * @param startupMillis with the first picture; else -1
   */
  void report(
      String event, @Nullable String errorCode, long startupMillis, Playout playout, long now) {
    StringBuilder to = lines;
    if (to == null) {
      to = new StringBuilder(ROOM);
      lines = to;
      dueMillis = now + reporting.batchMillis();
    } else {
      to.append('\n');
    }
    waiting++;
    // In the order of the alphabet, as the standard wants it.
    if (playout.hidden) {
      to.append("bg,");
    }
    if (playout.doing == Doing.STALLED || playout.doing == Doing.SETTLING) {
      to.append("bl=(0),");
    } else if (playout.showsContent()) {
      to.append("bl=(").append(MANY_MILLIS).append("),");
    }
    to.append("br=(").append(playout.ad ? AD_KBPS : playout.kbps()).append("),");
    if (stalls > 0) {
      to.append("bsa=(").append(stalls).append("),bsda=(").append(stalledMillis).append("),");
    }
    text(to, "cdn", person.cohort().value(Dimension.CDN));
    text(to, "cid", person.cohort().value(Dimension.CONTENT));
    if (droppedFrames > 0) {
      to.append("dfa=").append(droppedFrames).append(',');
    }
    to.append("e=").append(event).append(',');
    if (errorCode != null) {
      to.append("ec=(\"").append(errorCode).append("\"),");
    }
    if (playout.latencyMillis >= 0) {
      to.append("ltc=").append(playout.latencyMillis).append(',');
    }
    if (startupMillis >= 0) {
      to.append("msd=").append(startupMillis).append(',');
    }
    if (playout.ratePermille != 1000 || event.equals("pr")) {
      to.append("pr=").append(playout.ratePermille / 1000.0).append(',');
    }
    playhead(to, playout, now);
    boolean hls = person.cohort().value(Dimension.PLAYER).startsWith("hls");
    to.append(hls ? "sf=h," : "sf=d,");
    text(to, "sid", session);
    to.append("sn=").append(sequence++).append(',');
    to.append(playout.content.live() ? "st=l," : "st=v,");
    to.append("sta=").append(playout.doing.token()).append(',');
    to.append("tb=(").append(playout.ad ? AD_KBPS : playout.content.topKbps()).append("),");
    to.append("ts=").append(now + skewMillis).append(",v=2");
  }

  private static void playhead(StringBuilder to, Playout playout, long now) {
    if (!playout.content.live()) {
      to.append("pt=").append(playout.positionMicros / 1000).append(',');
    } else if (playout.latencyMillis >= 0) {
      to.append("pt=").append(now - playout.latencyMillis).append(',');
    }
  }

  private static void text(StringBuilder to, String key, String value) {
    to.append(key).append("=\"").append(value).append("\",");
  }

  /** Sends what waits. */
  void flush(Outbox outbox, long now) {
    StringBuilder written = lines;
    if (written == null) {
      return;
    }
    byte[] body = written.toString().getBytes(StandardCharsets.UTF_8);
    outbox.send(new Post(now, session, person.cohort(), person.userAgent(), waiting, body));
    lines = null;
    waiting = 0;
    dueMillis = Long.MAX_VALUE;
  }
}
