package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.WatchedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Calls the functions for one stream from here, as the state machine of {@code watch.asl.json} does
 * from there: in the same order, with the same retries and catches, and every state that is entered
 * counted. A test holds the two to the same count.
 */
final class MachineRun {
  /** Retries of what may pass. */
  private static final int RETRIES = 15;

  private static final int BACKOFF_RATE = 2;

  /** The longest wait between two tries, in waits before the first retry. */
  private static final int LONGEST_WAIT = 60;

  /** What a real function may run for at most. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Functions functions;
  private final StopSwitch stop;
  private final Meter meter;
  private final WatchedTime watched;
  private final Duration retryDelay;
  private final Consumer<Integer> folded;

  /**
   * @param meter of the states that are entered
   * @param watched of the media time that was reached
   * @param retryDelay before the first retry
   * @param folded told the number of each segment that was folded
   */
  MachineRun(
      Functions functions,
      StopSwitch stop,
      Meter meter,
      WatchedTime watched,
      Duration retryDelay,
      Consumer<Integer> folded) {
    this.functions = functions;
    this.stop = stop;
    this.meter = meter;
    this.watched = watched;
    this.retryDelay = retryDelay;
    this.folded = folded;
  }

  /** A call of a function. */
  @FunctionalInterface
  private interface Call {
    byte[] make() throws MediaException, IOException, CallFailedException;
  }

  /**
   * Watches a stream to its end.
   *
   * @return why nothing could be read of it; empty words when all is well
   * @throws FunctionException when nothing can go on until somebody does something
   */
  String run(Calls.Watch watch) throws IOException, InterruptedException {
    byte[] json = SegmentJson.write(watch);
    Calls.Planned planned = task(() -> functions.plan(json), Calls.Planned.class);
    Calls.At at = planned.at();
    try (ExecutorService lanes = Executors.newThreadPerTaskExecutor(MachineRun::laneThread)) {
      while (true) {
        entered();
        switch (at.next()) {
          case SEGMENT -> at = segment(planned.fold(), at, lanes);
          case ELSEWHERE -> {
            entered();
            planned = task(() -> functions.plan(json), Calls.Planned.class);
            at = planned.at();
          }
          case END, FAILED -> {
            entered();
            return at.why();
          }
        }
      }
    }
  }

  private static Thread laneThread(Runnable work) {
    return Thread.ofPlatform().daemon().name("aircheck-lane").unstarted(work);
  }

  private Calls.At segment(Calls.FoldJob job, Calls.At at, ExecutorService lanes)
      throws IOException, InterruptedException {
    entered();
    List<Future<Calls.Watched>> working = new ArrayList<>();
    for (Calls.Lane lane : at.lanes()) {
      working.add(lanes.submit(() -> watch(lane, at.number())));
    }
    List<Calls.Watched> watchedLanes = new ArrayList<>();
    for (Future<Calls.Watched> lane : working) {
      watchedLanes.add(result(lane));
    }
    byte[] json = SegmentJson.write(new Calls.Fold(job, at.number(), watchedLanes));
    Calls.At after = task(() -> functions.fold(json), Calls.At.class);
    folded.accept(at.number());
    return after;
  }

  private static Calls.Watched result(Future<Calls.Watched> lane)
      throws IOException, InterruptedException {
    try {
      return lane.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FunctionException failure) {
        throw failure;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Calls.Watched watch(Calls.Lane lane, int number)
      throws IOException, InterruptedException {
    byte[] json = SegmentJson.write(new Calls.Convert(lane.where(), lane.input(), number));
    Calls.Converted converted;
    try {
      converted = task(() -> functions.convert(json, LIMIT), Calls.Converted.class);
    } catch (SetupException e) {
      throw e;
    } catch (PassingException e) {
      entered();
      if (!lane.input().live()) {
        // It must not be taken for one that is over.
        throw e;
      }
      entered();
      return new Calls.Watched(lane, Optional.empty(), List.of(), Optional.of(failed(e)));
    } catch (FunctionException e) {
      entered();
      return new Calls.Watched(lane, Optional.empty(), List.of(), Optional.of(failed(e)));
    }
    if (lane.where().point() == Point.MONITORED) {
      watched.reached(converted.toMicros());
    }
    entered();
    List<Calls.Detected> detected = new ArrayList<>();
    for (Calls.Look look : lane.looks()) {
      detected.add(detect(lane, look, number));
    }
    return new Calls.Watched(lane, Optional.of(converted), detected, Optional.empty());
  }

  private Calls.Detected detect(Calls.Lane lane, Calls.Look look, int number)
      throws IOException, InterruptedException {
    byte[] json = SegmentJson.write(new Calls.Detect(lane.where(), look, number));
    try {
      return task(() -> functions.detect(json), Calls.Detected.class);
    } catch (SetupException e) {
      throw e;
    } catch (FunctionException e) {
      entered();
      return new Calls.Detected(
          look.detector().kind(), Optional.empty(), 0, false, Optional.of(failed(e)));
    }
  }

  /** As AWS Lambda tells it. */
  private static Calls.Failed failed(FunctionException e) throws IOException {
    String name = e.getClass().getName();
    byte[] cause =
        SegmentJson.write(
            Map.of("errorType", name, "errorMessage", String.valueOf(e.getMessage())));
    return new Calls.Failed(name, new String(cause, StandardCharsets.UTF_8));
  }

  /** A state that calls a function, with its retries. */
  private <T> T task(Call call, Class<T> answer) throws IOException, InterruptedException {
    Duration delay = retryDelay;
    for (int tried = 0; ; tried++) {
      entered();
      try {
        return SegmentJson.read(call.make(), answer);
      } catch (MediaException | IOException | CallFailedException | RuntimeException e) {
        FunctionException failure = FunctionException.of(e);
        boolean passes = failure instanceof PassingException && tried < RETRIES;
        if (!passes || stop.isStopped()) {
          throw failure;
        }
        stop.sleep(delay);
        delay = shorter(delay.multipliedBy(BACKOFF_RATE), retryDelay.multipliedBy(LONGEST_WAIT));
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void entered() {
    meter.add(Quantity.STATE_TRANSITIONS, 1);
  }
}
