package io.aircheck.experience.intake;

import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be remembered of one session to take its reports: some hundred bytes. Not thread-safe.
 */
public final class SessionIntake {
  private static final int MOST_CHANNELS = 8;
  private static final int REMEMBERED = 16;

  private final SessionCorrection correction;
  private final List<String> channels = new ArrayList<>(1);
  private final List<SequenceWindow> windows = new ArrayList<>(1);
  private final SessionClock clock = new SessionClock();
  private long[] unnumbered = new long[0];
  private int nextUnnumbered;
  private long lastReceivedMillis;

  /** A session that begins. */
  public SessionIntake(SessionCorrection correction) {
    this.correction = correction;
  }

  /**
   * Takes the reports of one body.
   *
   * @param reports of this session, in their order
   * @return those that are new, with the time corrected
   */
  public List<ViewerReport> take(List<ViewerReport> reports) {
    List<ViewerReport> fresh = new ArrayList<>(reports.size());
    long newest = Long.MIN_VALUE;
    boolean inTurn = false;
    for (ViewerReport report : reports) {
      if (report.sequence() < 0) {
        if (!isNewUnnumbered(report)) {
          continue;
        }
      } else {
        SequenceWindow window = window(report.channel());
        if (!window.take(report.sequence(), report.eventMillis())) {
          continue;
        }
        inTurn |= report.sequence() == window.highest();
      }
      newest = Math.max(newest, report.eventMillis());
      fresh.add(report);
    }
    if (fresh.isEmpty()) {
      return fresh;
    }
    lastReceivedMillis = Math.max(lastReceivedMillis, fresh.getLast().receivedMillis());
    clock.observe(newest, fresh.getLast().receivedMillis(), inTurn);
    fresh.replaceAll(this::mended);
    return fresh;
  }

  /** How many reports are missing, by the gaps between numbers. */
  public long lost() {
    long lost = 0;
    for (SequenceWindow window : windows) {
      lost += window.lost();
    }
    return lost;
  }

  /** When something new last came, by the clock of the service. */
  public long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  private ViewerReport mended(ViewerReport report) {
    long corrected = clock.corrected(report.eventMillis());
    ViewerReport atTime =
        corrected == report.correctedMillis() ? report : report.at(Math.max(0, corrected));
    return correction.mend(atTime);
  }

  private SequenceWindow window(String channel) {
    int at = channels.indexOf(channel);
    if (at >= 0) {
      return windows.get(at);
    }
    if (windows.size() == MOST_CHANNELS) { // nobody honest has so many
      channels.removeFirst();
      windows.removeFirst();
    }
    channels.add(channel);
    windows.add(new SequenceWindow());
    return windows.getLast();
  }

  /** Reports without numbers are told apart by their time and what they say. */
  private boolean isNewUnnumbered(ViewerReport report) {
    long hash = report.eventMillis() * 31 + report.facts().hashCode();
    hash = hash == 0 ? 1 : hash;
    if (unnumbered.length == 0) {
      unnumbered = new long[REMEMBERED];
    }
    for (long earlier : unnumbered) {
      if (earlier == hash) {
        return false;
      }
    }
    unnumbered[nextUnnumbered] = hash;
    nextUnnumbered = (nextUnnumbered + 1) % REMEMBERED;
    return true;
  }
}
