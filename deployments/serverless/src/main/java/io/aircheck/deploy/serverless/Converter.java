package io.aircheck.deploy.serverless;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import java.io.IOException;
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

  Converter(ObjectStore objects, StreamTask.Surroundings surroundings) {
    this.objects = objects;
    this.surroundings = surroundings;
  }

  /**
   * Converts a segment.
   *
   * @param prefix of the names of all objects of the input
   * @param number of the segment, from 0; every one before it was converted
   * @param segmentMicros how long it is to be
   * @param pictureStepMicros of each so much time one picture is written; 0: all are
   * @throws MediaException when the input cannot be opened or decoded at all
   * @throws ObjectStoreException when objects cannot be read or written
   */
  Segment convert(
      SourceRequest source,
      boolean live,
      String prefix,
      int number,
      long segmentMicros,
      long pictureStepMicros)
      throws MediaException, IOException {
    WatchedObjects watched = new WatchedObjects(objects);
    Optional<Segment> before = Optional.empty();
    if (number > 0) {
      before = Optional.of(read(watched, prefix, number - 1));
    }
    SegmentRecorder recorder =
        new SegmentRecorder(
            watched,
            "%s/%06d".formatted(prefix, number),
            number,
            before.map(Converter::lastPictures).orElse(Map.of()),
            pictureStepMicros);
    StreamTask task =
        new StreamTask(
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
    long fromMicros = before.map(Segment::toMicros).orElse(source.originMicros());
    if (before.isPresent()) {
      task.restore(watched.get(stateKey(prefix, number - 1)));
    }
    boolean more = true;
    while (more && task.mediaMicros() < fromMicros + segmentMicros) {
      more = task.step();
      watched.check();
    }
    long reached = task.mediaMicros();
    byte[] state = task.suspend();
    Segment segment = recorder.done(fromMicros, reached);
    watched.put(stateKey(prefix, number), state);
    watched.put(segmentKey(prefix, number), SegmentJson.write(segment));
    return segment;
  }

  /**
   * A segment that was converted.
   *
   * @throws ObjectStoreException when it is not there
   */
  static Segment read(ObjectStore objects, String prefix, int number) throws IOException {
    return SegmentJson.read(objects.get(segmentKey(prefix, number)), Segment.class);
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

  private static String segmentKey(String prefix, int number) {
    return "%s/%06d/segment.json".formatted(prefix, number);
  }

  private static String stateKey(String prefix, int number) {
    return "%s/%06d/converter.state".formatted(prefix, number);
  }

  private static final ObservationSink NOBODY =
      new ObservationSink() {
        @Override
        public void observe(Observation observation) {}
      };
}
