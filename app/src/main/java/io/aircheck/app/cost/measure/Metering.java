package io.aircheck.app.cost.measure;

import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.Metered;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures candidates: lets each watch, leaves out what is used until the JVM has compiled what
 * runs often, and takes what is used in the time after that. One candidate at a time, on a machine
 * that does nothing else.
 */
public final class Metering {
  /** Streams that begin in a process that has run for a while are in full swing soon. */
  private static final double SETTLING_SECONDS = 5;

  private static final long LOOK_MILLIS = 1_000;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final Timing timing;
  private final Consumer<String> progress;

  /**
   * How long to watch, in seconds of stream.
   *
   * @param warmUpSeconds from the beginning; not metered
   * @param meteredSeconds after that
   */
  public record Timing(double warmUpSeconds, double meteredSeconds) {
    /** Long enough for a rate that does not change any more by itself. */
    public static final Timing USUAL = new Timing(15, 20);

    /** Metered for less than this, the steps of the system's clocks would be seen. */
    public static final double SHORTEST_METERED_SECONDS = 5;

    /**
     * As long as an input of this length lets.
     *
     * @throws IllegalArgumentException when it is too short
     */
    public Timing within(double inputSeconds) {
      // What is near the end of an input may not be reached by all of them before it is over.
      double metered = Math.min(meteredSeconds, inputSeconds - warmUpSeconds - 1);
      if (metered < SHORTEST_METERED_SECONDS) {
        throw new IllegalArgumentException(
            "lasts %.0f s, needs %.0f s: take a longer one, or a shorter --warm-up"
                .formatted(inputSeconds, Math.ceil(warmUpSeconds + SHORTEST_METERED_SECONDS + 1)));
      }
      return new Timing(warmUpSeconds, metered);
    }
  }

  /**
   * @param progress told in words what is being done
   */
  public Metering(Timing timing, Consumer<String> progress) {
    this.timing = timing;
    this.progress = progress;
  }

  /**
   * Measures one.
   *
   * @throws IOException when it cannot be measured here; says why in words for people
   */
  public MeasuredDeployment measure(Candidate candidate, Work work)
      throws IOException, InterruptedException {
    return measure(candidate, work, Witness.NONE);
  }

  /**
   * Measures one.
   *
   * @param witness told what it finds meanwhile
   * @throws IOException when it cannot be measured here; says why in words for people
   */
  public MeasuredDeployment measure(Candidate candidate, Work work, Witness witness)
      throws IOException, InterruptedException {
    Lookout lookout = new Lookout();
    List<Metered> metered = new ArrayList<>();
    try (Candidate.Running running = candidate.start(work, lookout, witness)) {
      for (int streams : candidate.streams()) {
        double warmUp =
            metered.isEmpty()
                ? timing.warmUpSeconds()
                : Math.min(timing.warmUpSeconds(), SETTLING_SECONDS);
        progress.accept(
            "%s: %d %s".formatted(candidate.id(), streams, streams == 1 ? "stream" : "streams"));
        metered.add(meter(running, streams, warmUp, lookout));
      }
    }
    return new MeasuredDeployment(
        candidate.id(), candidate.description(), metered, lookout.skippedPictures());
  }

  private Metered meter(
      Candidate.Running running, int streams, double warmUpSeconds, Lookout lookout)
      throws IOException, InterruptedException {
    Usage begin = running.usage();
    lookout.disregardThoseSoFar();
    running.watch(streams);
    Usage from = await(running, begin, streams * warmUpSeconds, lookout);
    long started = System.nanoTime();
    Usage to = await(running, from, streams * timing.meteredSeconds(), lookout);
    return new Metered(streams, to.since(from), (System.nanoTime() - started) / 1e9);
  }

  /**
   * Looks often, since memory between two looks is taken to be that at the second, and not more
   * often: a look goes through all processes of the machine, which is metered as well.
   */
  private static Usage await(
      Candidate.Running running, Usage since, double streamSeconds, Lookout lookout)
      throws IOException, InterruptedException {
    double reached = since.of(Quantity.STREAM_SECONDS);
    double wanted = reached + streamSeconds;
    long progressed = System.nanoTime();
    while (true) {
      Usage now = running.usage();
      double seconds = now.of(Quantity.STREAM_SECONDS);
      if (seconds >= wanted) {
        return now;
      }
      if (seconds > reached) {
        reached = seconds;
        progressed = System.nanoTime();
      }
      if (lookout.failure().isPresent()) {
        throw new IOException(lookout.failure().get());
      }
      if (System.nanoTime() - progressed > PATIENCE_NANOS) {
        throw new IOException(
            "nothing was watched for %d s: the input has ended, or hangs"
                .formatted(PATIENCE_NANOS / 1_000_000_000));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
