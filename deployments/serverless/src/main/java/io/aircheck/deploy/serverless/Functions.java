package io.aircheck.deploy.serverless;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The functions as they are called: JSON in, JSON out, everything else in the bucket. Each call may
 * be made by another process, and again after it has failed. Thread-safe.
 */
final class Functions {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MIB_PER_GIB = 1_024;

  private final ObjectStore objects;
  private final Planner planner;
  private final Converter converter;
  private final Examiner examiner;
  private final Folder folder;
  private final Meter meter;
  private final int memoryMib;

  /**
   * @param teller told of changes of incidents
   * @param stop ends the inputs that are being converted
   * @param meter what calls and their requests to the bucket are added to
   * @param memoryMib memory that each function is given, MiB
   */
  Functions(
      Parts parts, ObjectStore bucket, Teller teller, StopSwitch stop, Meter meter, int memoryMib) {
    this.objects = new MeteredObjects(bucket, meter);
    InstantSource clock = InstantSource.system();
    this.planner =
        new Planner(parts.catalog(), parts.folds(), parts.surroundings().sources(), objects, clock);
    this.converter = new Converter(objects, parts.surroundings(), stop, clock);
    this.examiner = new Examiner(parts.catalog(), objects, parts.surroundings());
    this.folder = new Folder(parts.folds(), parts.rules(), objects, teller, meter);
    this.meter = meter;
    this.memoryMib = memoryMib;
  }

  /** What a function does. */
  @FunctionalInterface
  private interface Work<C> {
    Object on(C call) throws MediaException, IOException, CallFailedException;
  }

  /**
   * Plans a watch: {@link Calls.Watch} to {@link Calls.Planned}.
   *
   * @throws IllegalArgumentException for an unknown detector, option or fold
   * @throws MediaException when the renditions cannot be found out
   */
  byte[] plan(byte[] json) throws MediaException, IOException, CallFailedException {
    return billed(json, Calls.Watch.class, planner::plan);
  }

  /**
   * Converts a segment: {@link Calls.Convert} to {@link Calls.Converted}.
   *
   * @param available how long it may take
   * @throws MediaException when the input cannot be opened or decoded at all
   */
  byte[] convert(byte[] json, Duration available)
      throws MediaException, IOException, CallFailedException {
    return billed(
        json,
        Calls.Convert.class,
        call -> {
          Segment segment =
              converter.convert(call.input(), call.where().prefix(), call.number(), available);
          return new Calls.Converted(
              segment.number(),
              segment.fromMicros(),
              segment.toMicros(),
              System.currentTimeMillis(),
              segment.ended(),
              segment.arrived());
        });
  }

  /**
   * Looks at a segment: {@link Calls.Detect} to {@link Calls.Detected}.
   *
   * @throws IllegalArgumentException when there is no such detector or option
   * @throws CallFailedException when the detector failed
   */
  byte[] detect(byte[] json) throws MediaException, IOException, CallFailedException {
    return billed(
        json,
        Calls.Detect.class,
        call -> {
          String kind = call.look().detector().kind();
          Examiner.Examined examined = examiner.examine(call.where(), call.look(), call.number());
          String key = SegmentNames.observed(call.where().prefix(), call.number(), kind);
          objects.put(key, SegmentJson.write(new Calls.Observed(examined.observations())));
          return Calls.Detected.of(kind, key, examined.observations().size(), examined.anew());
        });
  }

  /**
   * Folds a segment: {@link Calls.Fold} to {@link Calls.At}.
   *
   * @throws IllegalArgumentException for an unknown fold
   * @throws CallFailedException see {@link Folder#fold}
   */
  byte[] fold(byte[] json) throws MediaException, IOException, CallFailedException {
    return billed(json, Calls.Fold.class, folder::fold);
  }

  /** A call that fails is billed like any other. */
  private <C> byte[] billed(byte[] json, Class<C> type, Work<C> work)
      throws MediaException, IOException, CallFailedException {
    long begun = System.nanoTime();
    try {
      return SegmentJson.write(work.on(call(json, type)));
    } finally {
      bill(begun);
    }
  }

  private static <C> C call(byte[] json, Class<C> type) {
    try {
      return SegmentJson.read(json, type);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no call of %s: %s"
              .formatted(
                  type.getSimpleName().toLowerCase(Locale.ROOT),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private void bill(long begunNanos) {
    double seconds = (System.nanoTime() - begunNanos) / NANOS_PER_SECOND;
    meter.add(Quantity.FUNCTION_INVOCATIONS, 1);
    meter.add(Quantity.FUNCTION_GIB_SECONDS, seconds * memoryMib / MIB_PER_GIB);
  }
}
