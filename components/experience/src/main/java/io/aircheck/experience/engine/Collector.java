package io.aircheck.experience.engine;

import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalBusyException;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes bodies of reports: what it has acknowledged is in the journal, and what is in the journal
 * is known of the audience, by the next process too. Thread-safe.
 *
 * <p>A process that starts {@linkplain #restore reads again} what the journal has of the last hour.
 * Meanwhile bodies are taken, and read with the others when their turn comes.
 */
public final class Collector implements Intake.Keeper {
  /**
   * Timers of silent sessions run so much later than they are due, since a report that came before
   * may still be on its way through the journal.
   */
  private static final long SETTLE_MILLIS = 500;

  /** When so few are left to be read again, others wait for them. */
  private static final long FEW = 1000;

  /** What became of a body. */
  public sealed interface Answer {
    /**
     * It is taken for good.
     *
     * @param reports that were taken of it
     * @param rejected records that were not
     */
    record Taken(int reports, int rejected) implements Answer {}

    /**
     * Nothing of it was taken: there is too much.
     *
     * @param retryAfterSeconds when it may come again
     */
    record TooMany(int retryAfterSeconds) implements Answer {}

    /**
     * Nothing of it was taken: it could not be written.
     *
     * @param problem why
     */
    record Unavailable(String problem) implements Answer {}
  }

  private final Journal journal;
  private final ReportReader reader;
  private final Audience audience;
  private final Intake intake;
  private final InstantSource clock;
  private final ReadWriteLock order = new ReentrantReadWriteLock();
  private boolean live;
  private volatile @Nullable String problem;

  /**
   * A collector that has to be {@linkplain #restore restored} first.
   *
   * @param counters of what is taken and what is not
   */
  public Collector(
      Journal journal,
      ReportReader reader,
      Arrivals arrivals,
      Audience audience,
      SenderLimits limits,
      IntakeCounters counters,
      InstantSource clock) {
    this.journal = journal;
    this.reader = reader;
    this.audience = audience;
    this.clock = clock;
    this.intake = new Intake(reader, arrivals, limits, counters, clock, this);
  }

  /** How long a sender has to wait before its next body is looked at, seconds; 0: it is. */
  public int retryAfterSeconds(Sender sender) {
    return intake.retryAfterSeconds(sender);
  }

  /** Takes a body, see {@link Intake#take}. */
  public Answer take(
      ReportSchema schema, Sender sender, Target target, Location known, byte[] body) {
    return intake.take(schema, sender, target, known, body);
  }

  @Override
  public @Nullable Answer keep(JournalEntry entry, List<ViewerReport> reports) {
    order.readLock().lock();
    try {
      journal.append(entry);
      if (live) {
        audience.take(reports, entry.arrival().receivedMillis());
      }
      problem = null;
      return null;
    } catch (JournalBusyException e) {
      return new Answer.TooMany(1);
    } catch (IOException e) {
      String why = "reports of viewers cannot be written: " + e.getMessage();
      problem = why;
      return new Answer.Unavailable(why);
    } finally {
      order.readLock().unlock();
    }
  }

  /**
   * Takes a body that another intake has looked at. It is taken to come now: clocks of machines
   * differ, and what is made of reports goes by one.
   */
  public Answer takePassedOn(JournalEntry passedOn) {
    Arrival there = passedOn.arrival();
    Arrival arrival = new Arrival(clock.millis(), there.channel(), there.attributes());
    BodyReports read = new BodyReports();
    reader.read(passedOn.schema(), passedOn.body(), arrival, read);
    Answer refused =
        keep(new JournalEntry(passedOn.schema(), arrival, passedOn.body()), read.reports());
    return refused == null
        ? new Answer.Taken(read.reports().size(), read.rejections().size())
        : refused;
  }

  /**
   * Reads again what the journal has since a time. Takes as long as that takes; others may call
   * meanwhile.
   *
   * @return entries that were damaged
   * @throws IOException when the journal cannot be read; from now on what comes is taken
   */
  public long restore(long sinceMillis) throws IOException {
    long next = journal.positionSince(sinceMillis);
    long unreadable = 0;
    try {
      do {
        Journal.Replayed replayed = journal.replay(next, (at, entry) -> again(entry, sinceMillis));
        next = replayed.next();
        unreadable += replayed.unreadable();
      } while (journal.end() - next > FEW);
    } finally {
      order.writeLock().lock();
      try {
        unreadable += journal.replay(next, (at, entry) -> again(entry, sinceMillis)).unreadable();
      } finally {
        live = true;
        order.writeLock().unlock();
      }
    }
    return unreadable;
  }

  private void again(JournalEntry entry, long sinceMillis) {
    long receivedMillis = entry.arrival().receivedMillis();
    if (receivedMillis < sinceMillis) {
      return;
    }
    if (receivedMillis - SETTLE_MILLIS >= audience.advancedMillis() + 1000) {
      audience.advance(receivedMillis - SETTLE_MILLIS);
    }
    BodyReports read = new BodyReports();
    reader.read(entry.schema(), entry.body(), entry.arrival(), read);
    audience.take(read.reports(), receivedMillis);
  }

  /** Whether the past has been read, so that answers have it. */
  public boolean isRestored() {
    order.readLock().lock();
    try {
      return live;
    } finally {
      order.readLock().unlock();
    }
  }

  /** Lets time pass for sessions that are silent. To be called every second. */
  public void tick() {
    if (isRestored()) {
      audience.advance(clock.millis() - SETTLE_MILLIS);
    }
  }

  /**
   * Erases a session: what is known of it, and what it sent. Sums that it is in stay.
   *
   * @return whether there was anything
   * @throws IOException when the journal cannot be written anew; it is to be tried again then
   */
  public boolean erase(String session) throws IOException {
    int changed = journal.erase(new Erasure(reader, session));
    return audience.erase(session) || changed > 0;
  }

  /** Why reports cannot be kept now; empty: they can. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
