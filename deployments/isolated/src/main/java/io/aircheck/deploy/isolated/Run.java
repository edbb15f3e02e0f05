package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.WatchedTime;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A stream being run by one child, as the parent sees it. The child's link writes, anyone reads.
 */
final class Run {
  private final int number;
  private final StreamSpec stream;
  private final ProbeFactory probes;
  private final Consumer<StreamObservation> listener;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile boolean abandoned;
  private final WatchedTime watched;

  /**
   * @param number unique among the runs of a child
   * @param probes gives each task its probe, also when it ran in another child before
   */
  Run(
      int number,
      StreamSpec stream,
      ProbeFactory probes,
      Consumer<StreamObservation> listener,
      Meter meter) {
    this.number = number;
    this.stream = stream;
    this.probes = probes;
    this.listener = listener;
    this.watched = new WatchedTime(meter, stream.source().originMicros());
  }

  int number() {
    return number;
  }

  StreamSpec stream() {
    return stream;
  }

  TaskProbe probe(Message.TaskBegins task) {
    return abandoned
        ? TaskProbe.NONE
        : probes.probe(new TaskId(stream.id(), task.rendition(), task.point()));
  }

  void observed(StreamObservation observation) {
    if (!abandoned) {
      listener.accept(observation);
    }
  }

  /** The rule of addresses of the stream or its reference. */
  AddressRule addresses(boolean reference) {
    return stream.reference().filter(other -> reference).orElse(stream.source()).addresses();
  }

  /** What this run still says concerns nobody: the stream is watched elsewhere. */
  void abandon() {
    abandoned = true;
  }

  boolean abandoned() {
    return abandoned;
  }

  void reached(long ptsMicros) {
    watched.reached(ptsMicros);
  }

  /** Media time reached, microseconds. */
  long reachedMicros() {
    return watched.reachedMicros();
  }

  /** Completes when it is over; exceptionally when it failed. */
  CompletableFuture<Void> done() {
    return done;
  }
}
