package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The viewers of a service of several copies: they are here while this copy has their share, and
 * otherwise at the one that has it. Every copy takes reports; what is read of them is kept by the
 * one that has the viewers before it is acknowledged. Thread-safe.
 */
public final class SharedViewers implements ViewerIntake, AutoCloseable {
  /** How often it is looked whether this copy has the viewers. */
  private static final long LOOK_MILLIS = 250;

  private static final Answer NOT_YET =
      new Answer.Unavailable("no copy has the viewers yet; try it again in a moment");

  /** Makes what a copy does that has the viewers. */
  public interface Opening {
    /** This copy is given the viewers, and opens them next; called once. */
    void given();

    /**
     * Takes up the viewers where another copy left them.
     *
     * @throws IOException when that is not possible now, for instance because that copy goes on
     */
    Viewers open() throws IOException;
  }

  private final Opening opening;
  private final BooleanSupplier here;
  private final Intake.Keeper elsewhere;
  private final Intake intake;
  private final IntakeCounters counters = new IntakeCounters();
  private final Refusals refusals = new Refusals();
  private final ViewerPlaces places;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-shared-viewers").factory());

  /** Whether this copy had the viewers at the last look; the timer's. */
  private boolean given;

  private volatile @Nullable Viewers viewers;
  private volatile @Nullable String problem;

  /**
   * Begins to look.
   *
   * @param opening used on a thread of its own, again and again until it works
   * @param here whether this copy has the viewers for certain
   * @param elsewhere keeps reports at the copy that has them
   * @param log told one line about what an operator should know
   */
  public SharedViewers(
      ViewerSettings settings,
      ViewerPlaces places,
      Opening opening,
      BooleanSupplier here,
      Intake.Keeper elsewhere,
      InstantSource clock,
      Consumer<String> log) {
    this.opening = opening;
    this.here = here;
    this.elsewhere = elsewhere;
    this.places = places;
    this.log = log;
    this.intake =
        new Intake(
            new ReportReader(settings.customKeys()),
            Viewers.arrivals(settings, places),
            Viewers.limits(settings),
            counters,
            clock,
            this::keep);
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!here.getAsBoolean()) {
      given = false;
      problem = null;
      viewers().ifPresent(this::leave);
      return;
    }
    if (!given) {
      given = true;
      opening.given();
    }
    if (viewers == null) {
      open();
    }
  }

  private void open() {
    try {
      viewers = opening.open();
      problem = null;
      log.accept("this copy has the viewers");
    } catch (IOException | RuntimeException e) {
      String what = "the viewers cannot be taken over: " + e.getMessage();
      boolean isNew = !what.equals(problem);
      // First, so that who reads the line finds it.
      problem = what;
      if (isNew) {
        log.accept(what);
      }
    }
  }

  private void leave(Viewers known) {
    viewers = null;
    known.close();
    log.accept("this copy does not have the viewers any more");
  }

  private @Nullable Answer keep(JournalEntry entry, List<ViewerReport> reports) {
    Viewers known = viewers;
    if (!here.getAsBoolean()) {
      return elsewhere.keep(entry, reports);
    }
    return known == null ? NOT_YET : known.collector().keep(entry, reports);
  }

  /**
   * Takes a body that another copy has looked at.
   *
   * @return {@link Answer.Taken} when it is kept for good
   */
  public Answer takePassedOn(JournalEntry entry) {
    Viewers known = viewers;
    return known != null && here.getAsBoolean() ? known.collector().takePassedOn(entry) : NOT_YET;
  }

  /** What is known of viewers, when it is known here; empty: another copy has them, or none yet. */
  public Optional<Viewers> viewers() {
    return Optional.ofNullable(viewers);
  }

  @Override
  public int retryAfterSeconds(Sender sender) {
    return intake.retryAfterSeconds(sender);
  }

  @Override
  public Answer take(
      ReportSchema schema, Sender sender, Target target, Location known, byte[] body) {
    return intake.take(schema, sender, target, known, body);
  }

  @Override
  public IntakeCounters counters() {
    return counters;
  }

  @Override
  public Refusals refusals() {
    return refusals;
  }

  @Override
  public List<PlaceFile> places() {
    return places.files();
  }

  @Override
  public List<ViewerLog> logs() {
    return viewers().map(Viewers::logs).orElse(List.of());
  }

  @Override
  public Optional<String> problem() {
    return viewers().flatMap(Viewers::problem).or(() -> Optional.ofNullable(problem));
  }

  /** Stops; another copy goes on. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      // What is being opened must not stay open: nobody else could go on.
      timer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    viewers().ifPresent(this::leave);
  }
}
