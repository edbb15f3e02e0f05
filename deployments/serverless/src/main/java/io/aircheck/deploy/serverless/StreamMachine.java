package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamRunner;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.WatchedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One stream that is watched by calls of functions, on a thread of its own. Thread-safe. */
final class StreamMachine implements StreamRunner {
  private static final System.Logger LOGGER = System.getLogger(StreamMachine.class.getName());

  /** How long a stop may take: a read that does not notice is left to its daemon thread. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** Between two tries of a live stream that cannot be watched. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final StreamSpec spec;
  private final List<String> folds;
  private final ObjectStore bucket;
  private final ServerlessDeployment.Settings settings;
  private final Consumer<StreamObservation> listener;
  private final StopSwitch stop = new StopSwitch();
  private final MachineRun machine;
  private final String run = UUID.randomUUID().toString();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Thread thread;

  StreamMachine(
      StreamSpec spec,
      List<String> folds,
      Parts parts,
      ObjectStore bucket,
      Teller teller,
      ServerlessDeployment.Settings settings,
      Consumer<StreamObservation> listener,
      Meter meter) {
    this.spec = spec;
    this.folds = folds;
    this.bucket = bucket;
    this.settings = settings;
    this.listener = listener;
    MediaSources guarded =
        new GuardedSources(
            parts.surroundings().sources(), spec.source().addresses(), spec.source().readTimeout());
    Parts own = parts.in(parts.surroundings().withSources(guarded));
    this.machine =
        new MachineRun(
            new Functions(own, bucket, teller, stop, meter, settings.memoryMib()),
            stop,
            meter,
            new WatchedTime(meter, 0),
            settings.retryDelay(),
            this::tell);
    this.thread =
        Thread.ofPlatform().daemon().name("aircheck-" + spec.id()).unstarted(this::supervise);
  }

  @Override
  public StreamSpec spec() {
    return spec;
  }

  /** Exceptionally when it cannot be watched from here. */
  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Ends the inputs; what they had open is closed as if they had ended by themselves. */
  @Override
  public void stop() {
    stop.stop();
  }

  /** Functions look at everything that they are given. */
  @Override
  public void watch(Watching watching) {}

  @Override
  public void await() {
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    try {
      Duration delay = settings.retryDelay();
      while (!watchedToItsEnd() && spec.live() && !stop.isStopped()) {
        stop.sleep(delay);
        delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : delay;
      }
      done.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /**
   * Watches until it cannot go on.
   *
   * @return whether that is its end
   * @throws SetupException when a finite stream is not watched for want of something that has
   *     nothing to do with it
   */
  private boolean watchedToItsEnd() throws InterruptedException {
    String why;
    try {
      why = machine.run(call());
    } catch (FunctionException | IOException e) {
      if (e instanceof SetupException setup && !spec.live()) {
        throw setup;
      }
      why = String.valueOf(e.getMessage());
    }
    if (!why.isEmpty() && !stop.isStopped()) {
      LOGGER.log(System.Logger.Level.WARNING, "{0} is not watched: {1}", spec.id(), why);
    }
    return why.isEmpty();
  }

  private Calls.Watch call() {
    return new Calls.Watch(
        spec.id(),
        run,
        spec.source().uri(),
        spec.source().headers(),
        spec.source().decryptionKeys(),
        spec.reference().map(SourceRequest::uri),
        spec.renditions(),
        spec.detectors(),
        spec.live(),
        folds,
        IncidentPolicy.DEFAULT,
        Map.of(),
        micros(settings.segment()),
        micros(settings.pictureStep()),
        0);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** Listening is no part of the machine, and not metered. */
  private void tell(int number) {
    try {
      byte[] json = bucket.get(SegmentNames.folded(spec.id() + "/" + run, number));
      SegmentJson.read(json, FoldedSegment.class).observations().forEach(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
