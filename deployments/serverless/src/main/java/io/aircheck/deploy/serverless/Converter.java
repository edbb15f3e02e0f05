package io.aircheck.deploy.serverless;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.task.AwaitedRenditions;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the next segment of an input and writes it as objects. What it needs to go on is in the
 * bucket as well, so that any call may be anywhere. Thread-safe.
 */
final class Converter {
  private final ObjectStore objects;
  private final StreamTask.Surroundings surroundings;
  private final StopSwitch stop;
  private final InstantSource clock;

  /**
   * @param stop ends the inputs that are being read, as if they had ended by themselves
   * @param clock the wall clock
   */
  Converter(
      ObjectStore objects,
      StreamTask.Surroundings surroundings,
      StopSwitch stop,
      InstantSource clock) {
    this.objects = objects;
    this.surroundings = surroundings;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Converts a segment. Of a live input whose segment before could not be converted it begins anew,
   * where that segment would have ended. One that is only waited for ends when it can be read.
   *
   * @param prefix of the names of all objects of the input
   * @param number of the segment, from 0
   * @param available how long it may take; the segment is shorter when that is over
   * @throws MediaException when the input cannot be opened or decoded at all
   * @throws ObjectStoreException when objects cannot be read or written, or the segment before one
   *     of a finite input is not there
   */
  Segment convert(Calls.Input input, String prefix, int number, Duration available)
      throws MediaException, IOException {
    long deadlineNanos = System.nanoTime() + available.toNanos();
    WatchedObjects watched = new WatchedObjects(objects);
    Optional<Segment> before = before(watched, input.live(), prefix, number);
    long fromMicros = before.map(Segment::toMicros).orElse(number * input.segmentMicros());
    SegmentRecorder recorder =
        new SegmentRecorder(
            watched,
            SegmentNames.media(prefix, number),
            number,
            before.map(Converter::lastPictures).orElse(Map.of()),
            input.pictureStepMicros(),
            clock);
    // A task that is restored knows how far it is; its input begins where it always did.
    SourceRequest request =
        before.isPresent() ? input.request() : input.request().withOriginMicros(fromMicros);
    AwaitedRenditions awaited = new AwaitedRenditions(surroundings.sources());
    StreamTask task =
        task(
            request,
            input.live(),
            recorder,
            input.awaited() ? surroundings.withSources(awaited) : surroundings);
    awaited.whenKnown(task::stop);
    if (before.isPresent()) {
      task.restore(watched.get(SegmentNames.converter(prefix, number - 1)));
    }
    byte[] state;
    try (StopSwitch.Watch ignored = stop.watch(task::stop)) {
      long toMicros = fromMicros + input.segmentMicros();
      boolean more = true;
      while (more
          && task.mediaMicros() < toMicros
          && (System.nanoTime() < deadlineNanos || !recorder.hasBegun())) {
        more = task.step();
        watched.check();
      }
      state = task.suspend();
    }
    boolean arrived = awaited.known().isPresent();
    Segment segment =
        recorder.done(
            fromMicros,
            task.mediaMicros(),
            before.map(Segment::format).orElse(MediaInfo.unopened(request, input.rendition())),
            arrived || stop.isStopped(),
            arrived);
    watched.put(SegmentNames.converter(prefix, number), state);
    watched.put(SegmentNames.manifest(prefix, number), SegmentJson.write(segment));
    return segment;
  }

  private static StreamTask task(
      SourceRequest source,
      boolean live,
      SegmentRecorder recorder,
      StreamTask.Surroundings surroundings) {
    return new StreamTask(
        new TaskSpec(
            source,
            Optional.empty(),
            List.of(recorder.configured()),
            live,
            false,
            RetryPolicy.DEFAULT),
        surroundings,
        NOBODY,
        TaskProbe.NONE);
  }

  private static Optional<Segment> before(
      ObjectStore objects, boolean live, String prefix, int number) throws IOException {
    if (number == 0) {
      return Optional.empty();
    }
    if (!live) {
      return Optional.of(read(objects, prefix, number - 1));
    }
    Optional<byte[]> manifest = objects.find(SegmentNames.manifest(prefix, number - 1));
    return manifest.isEmpty()
        ? Optional.empty()
        : Optional.of(SegmentJson.read(manifest.get(), Segment.class));
  }

  /**
   * A segment that was converted.
   *
   * @throws ObjectStoreException when it is not there
   */
  static Segment read(ObjectStore objects, String prefix, int number) throws IOException {
    return SegmentJson.read(objects.get(SegmentNames.manifest(prefix, number)), Segment.class);
  }

  private static Map<String, Segment.Picture> lastPictures(Segment segment) {
    Map<String, Segment.Picture> last = new HashMap<>(segment.before());
    for (Segment.Step step : segment.steps()) {
      if (step instanceof Segment.Picture picture) {
        last.put(picture.trackId(), picture);
      }
    }
    return last;
  }

  private static final ObservationSink NOBODY =
      new ObservationSink() {
        @Override
        public void observe(Observation observation) {}
      };
}
