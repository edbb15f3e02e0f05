package io.aircheck.experience.engine;

import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at bodies before they are kept: who sends, how much he may, and which records are reports.
 * Thread-safe, as the keeper is.
 */
public final class Intake {
  /** Keeps what was read. */
  @FunctionalInterface
  public interface Keeper {
    /**
     * Keeps the reports of a body for good.
     *
     * @param entry the body as it came
     * @param reports what it holds, at least one
     * @return what to say where that is not possible; null: they are kept
     */
    @Nullable Answer keep(JournalEntry entry, List<ViewerReport> reports);
  }

  /** So many bytes count as a report, whatever is in them. */
  private static final int BYTES_OF_A_REPORT = 1024;

  /** Records of players have hardly fewer bytes: what a body may cost before it is read. */
  private static final int SHORTEST_RECORD = 256;

  private final ReportReader reader;
  private final Arrivals arrivals;
  private final SenderLimits limits;
  private final IntakeCounters counters;
  private final InstantSource clock;
  private final Keeper keeper;

  /**
   * An intake.
   *
   * @param counters of what is taken and what is not
   */
  public Intake(
      ReportReader reader,
      Arrivals arrivals,
      SenderLimits limits,
      IntakeCounters counters,
      InstantSource clock,
      Keeper keeper) {
    this.reader = reader;
    this.arrivals = arrivals;
    this.limits = limits;
    this.counters = counters;
    this.clock = clock;
    this.keeper = keeper;
  }

  /** How long a sender has to wait before its next body is looked at, seconds; 0: it is. */
  public int retryAfterSeconds(Sender sender) {
    return limits.retryAfterSeconds(limits.senderOf(sender.address()), clock.millis());
  }

  /**
   * Takes a body; when it returns {@link Answer.Taken}, it is taken for good. Nothing is kept of a
   * sender who has opted out.
   *
   * @param target that it was sent to; its arguments are attributes of everything in it
   * @param known of the sender's place
   */
  public Answer take(
      ReportSchema schema, Sender sender, Target target, Location known, byte[] body) {
    long nowMillis = clock.millis();
    long from = limits.senderOf(sender.address());
    int reserved = cost(body, body.length / SHORTEST_RECORD);
    int wait = limits.reserve(from, reserved, nowMillis);
    if (wait > 0) {
      return new Answer.TooMany(wait);
    }
    Arrival arrival = arrivals.of(nowMillis, target.channel(), sender, target.arguments(), known);
    if (arrival == null) {
      limits.settle(from, reserved, cost(body, 1), nowMillis);
      counters.rejected(Rejection.OPTED_OUT, 1);
      return new Answer.Taken(0, 1);
    }
    BodyReports read = new BodyReports();
    reader.read(schema, body, arrival, read);
    int records = read.reports().size() + read.rejections().size();
    limits.settle(from, reserved, cost(body, records), nowMillis);
    if (!read.reports().isEmpty()) {
      Answer refused = keeper.keep(new JournalEntry(schema, arrival, body), read.reports());
      if (refused != null) {
        return refused;
      }
      counters.taken(read.reports().size());
    }
    read.rejections().forEach(reason -> counters.rejected(reason, 1));
    return new Answer.Taken(read.reports().size(), read.rejections().size());
  }

  /**
   * What a body takes of what its sender may send: a report for each of its records, and for each
   * KiB, since the body is kept as it came.
   */
  private static int cost(byte[] body, int records) {
    return Math.max(
        Math.max(1, records), (body.length + BYTES_OF_A_REPORT - 1) / BYTES_OF_A_REPORT);
  }
}
