package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.task.StreamTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions as they are called: JSON in, JSON out, everything else in the bucket. Each call may
 * be made by another process, and again after it has failed. Thread-safe.
 */
final class Functions {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MIB_PER_GIB = 1_024;

  private final DetectorCatalog catalog;
  private final ObjectStore objects;
  private final StreamTask.Surroundings surroundings;
  private final Meter meter;
  private final int memoryMib;

  /**
   * @param meter what calls and their requests to the bucket are added to
   * @param memoryMib memory that each function is given, MiB
   */
  Functions(
      DetectorCatalog catalog,
      ObjectStore objects,
      StreamTask.Surroundings surroundings,
      Meter meter,
      int memoryMib) {
    this.catalog = catalog;
    this.objects = new MeteredObjects(objects, meter);
    this.surroundings = surroundings;
    this.meter = meter;
    this.memoryMib = memoryMib;
  }

  /**
   * Converts a segment: {@link Calls.Convert} to {@link Calls.Converted}.
   *
   * @throws MediaException when the input cannot be opened or decoded at all
   */
  byte[] convert(byte[] json) throws MediaException, IOException {
    long begun = System.nanoTime();
    try {
      Calls.Convert call = SegmentJson.read(json, Calls.Convert.class);
      SourceRequest source = SourceRequest.of(call.uri());
      Segment segment =
          new Converter(objects, surroundings)
              .convert(
                  call.rendition().map(source::withRendition).orElse(source),
                  call.live(),
                  call.prefix(),
                  call.number(),
                  call.segmentMicros(),
                  call.pictureStepMicros());
      return SegmentJson.write(
          new Calls.Converted(
              segment.number(), segment.fromMicros(), segment.toMicros(), segment.ended()));
    } finally {
      bill(begun);
    }
  }

  /**
   * Looks at a segment: {@link Calls.Detect} to {@link Calls.Detected}.
   *
   * @throws IllegalArgumentException when there is no such detector or option
   */
  byte[] detect(byte[] json) throws MediaException, IOException {
    long begun = System.nanoTime();
    try {
      Calls.Detect call = SegmentJson.read(json, Calls.Detect.class);
      String kind = call.detector().kind();
      List<StreamObservation> seen = new ArrayList<>();
      new Examiner(objects, surroundings)
          .examine(
              call.prefix(),
              call.number(),
              kind,
              catalog.configure(List.of(call.detector())),
              call.rendition(),
              observation ->
                  seen.add(
                      new StreamObservation(
                          call.stream(),
                          call.rendition().orElse(null),
                          Point.MONITORED,
                          System.currentTimeMillis(),
                          observation)));
      String key = "%s/%06d/%s.observed.json".formatted(call.prefix(), call.number(), kind);
      objects.put(key, SegmentJson.write(new Calls.Observed(seen)));
      return SegmentJson.write(new Calls.Detected(key, seen.size()));
    } finally {
      bill(begun);
    }
  }

  /** A call that fails is billed like any other. */
  private void bill(long begunNanos) {
    double seconds = (System.nanoTime() - begunNanos) / NANOS_PER_SECOND;
    meter.add(Quantity.FUNCTION_INVOCATIONS, 1);
    meter.add(Quantity.FUNCTION_GIB_SECONDS, seconds * memoryMib / MIB_PER_GIB);
  }
}
