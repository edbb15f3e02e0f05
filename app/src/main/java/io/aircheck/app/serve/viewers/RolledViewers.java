package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.core.viewer.RollupSource;
import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.cube.WindowCube;
import io.aircheck.experience.exposure.CubeExposures;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.scale.CompleteWindows;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Viewers whose reports a job sums elsewhere: reads its sums every few seconds, and does with them
 * what {@link Viewers} does with those that it makes. While they cannot be read, what is known
 * stays as it is. Knows no single viewer. Thread-safe.
 */
public final class RolledViewers implements KnownViewers, AutoCloseable {
  private static final Duration READING = Duration.ofSeconds(3);

  /** Whoever watched longer ago does not watch now. */
  private static final long NOW_MILLIS = Duration.ofMinutes(5).toMillis();

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** So long without sums is told: players report all the time where anybody watches. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private final ViewerSettings settings;
  private final RollupSource source;
  private final CubeSpec spec;
  private final WindowCube cube;
  private final CompleteWindows complete;
  private final ViewerWatch watch;
  private final UnmonitoredDesk unmonitored;
  private final CohortTotals totals;
  private final InstantSource clock;
  private final Consumer<String> log;

  /** Reads, and may have to wait for it. */
  private final ScheduledExecutorService reader = thread("aircheck-viewer-sums");

  private final ScheduledExecutorService timer = thread("aircheck-viewers");
  private final long startedMillis;
  private volatile boolean isRead;
  private volatile @Nullable String problem;

  /** Whether it is told that no sums come; touched by the timer alone. */
  private boolean isSilent;

  /**
   * Begins to read.
   *
   * @param source closed when this is
   * @param folder in which reports would be kept; what was learnt of viewers is kept beside it
   * @param monitor the other half of the service, started before
   * @param log told one line about what an operator should know
   */
  public RolledViewers(
      ViewerSettings settings,
      RollupSource source,
      Path folder,
      Monitor monitor,
      InstantSource clock,
      Consumer<String> log) {
    this.settings = settings;
    this.source = source;
    this.clock = clock;
    this.startedMillis = clock.millis();
    this.log = log;
    this.spec = settings.minutes();
    this.cube =
        new WindowCube(spec, (int) (spec.windowMillis() / SessionPolicy.DEFAULT.windowMillis()));
    this.complete =
        new CompleteWindows(
            spec.windowMillis(), spec.groupings().stream().map(Grouping::dimensions).toList());
    this.watch =
        ViewerWatch.of(
            settings.alerts(),
            new CubeExposures(spec, cube, cube::changes),
            spec,
            cube::ask,
            monitor,
            Viewers.learntBeside(folder),
            startedMillis,
            log);
    this.unmonitored = UnmonitoredDesk.of(settings.unmonitored(), monitor, log);
    this.totals = CohortTotals.of(settings.metrics(), spec, cube, startedMillis);
    Future<?> unusedReading =
        reader.scheduleWithFixedDelay(this::read, 0, READING.toMillis(), TimeUnit.MILLISECONDS);
    Future<?> unusedLooking = timer.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  private void read() {
    try {
      source.read(
          spec.windowMillis(), spec.windowOf(clock.millis() - spec.spanMillis()), this::take);
      isRead = true;
      tell(null);
    } catch (IOException | RuntimeException e) {
      tell("sums of viewers cannot be read: " + e.getMessage());
    }
  }

  private boolean take(RollupWindow window, int rows) {
    boolean all = cube.take(window, rows);
    complete.told(window.startMillis(), window.dimensions(), clock.millis());
    return all;
  }

  /** Says it when something begins to be wrong, and when nothing is any more. */
  private void tell(@Nullable String now) {
    if (now != null && problem == null) {
      log.accept(now + "; it is tried again every few seconds, and what is known stays");
    } else if (now == null && problem != null) {
      log.accept("sums of viewers are read again");
    }
    problem = now;
  }

  /** A job that is gone cannot be told from viewers that are. */
  private Optional<String> silence() {
    long silent = clock.millis() - Math.max(startedMillis, doneMillis());
    return isRead && silent >= SILENCE.toMillis()
        ? Optional.of(
            "no sums of viewers have come for %d min: the job does not run, or nobody watches"
                .formatted(Duration.ofMillis(silent).toMinutes()))
        : Optional.empty();
  }

  private void tellSilence() {
    Optional<String> silence = silence();
    if (problem == null && silence.isPresent() != isSilent) {
      isSilent = silence.isPresent();
      log.accept(silence.orElse("sums of viewers come again"));
    }
  }

  private void tick() {
    try {
      tellSilence();
      long done = doneMillis();
      watch.look(clock.millis(), done);
      if (done != Long.MIN_VALUE) {
        totals.look(done);
      }
    } catch (RuntimeException e) {
      log.accept("sums of viewers could not be looked at: " + e.getMessage());
    }
  }

  /** End of the latest window that is complete; {@link Long#MIN_VALUE}: none is known to be. */
  private long doneMillis() {
    return isRead ? complete.completeMillis(clock.millis()) : Long.MIN_VALUE;
  }

  @Override
  public ViewerSettings settings() {
    return settings;
  }

  @Override
  public long nowMillis() {
    return clock.millis();
  }

  @Override
  public CubeSpec spec() {
    return spec;
  }

  @Override
  public RecentCube cube() {
    return cube;
  }

  @Override
  public long oldestMillis() {
    return Math.max(clock.millis() - spec.spanMillis(), cube.keptSinceMillis());
  }

  @Override
  public boolean isComplete() {
    return isRead;
  }

  @Override
  public OptionalLong completeMillis() {
    long done = doneMillis();
    return done == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(done);
  }

  @Override
  public OptionalLong sessions() {
    return OptionalLong.empty();
  }

  @Override
  public long open() {
    return latest(List.of()).values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public Map<String, Long> openByContent() {
    Map<String, Long> byContent = new HashMap<>();
    latest(List.of(Cohort.CONTENT))
        .forEach((values, viewers) -> byContent.put(values.getFirst(), viewers));
    return byContent;
  }

  /** How many watched in the latest window that is complete, if that was just now. */
  private Map<List<String>, Long> latest(List<String> by) {
    long done = doneMillis();
    if (done < clock.millis() - NOW_MILLIS) {
      return Map.of();
    }
    CubeQuery query = new CubeQuery(done - spec.windowMillis(), done, Map.of(), by).forSums();
    Map<List<String>, Long> watching = new HashMap<>();
    for (CubeAnswer.Row row : cube.ask(query).map(CubeAnswer::rows).orElse(List.of())) {
      watching.put(row.values(), row.cell().sums().get(Measure.VIEWERS));
    }
    return watching;
  }

  @Override
  public ViewerWatch watch() {
    return watch;
  }

  @Override
  public Optional<Archiving> archiving() {
    return Optional.empty();
  }

  @Override
  public CohortTotals totals() {
    return totals;
  }

  @Override
  public void lookForUnmonitored() {
    if (watch.goesOn()) {
      unmonitored.look(clock.millis(), openByContent());
    }
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem).or(this::silence);
  }

  /** Whether the database could be read when that was tried last. */
  public boolean isReadable() {
    return isRead && problem == null;
  }

  /** Stops; the next process reads the last hour again. */
  @Override
  public void close() {
    timer.shutdownNow();
    reader.shutdownNow();
    try {
      if (!reader.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.accept("the database of viewers' sums does not answer; its connection is left to it");
        return;
      }
      source.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watch.close();
    }
  }
}
