package io.aircheck.app.cost;

import io.aircheck.core.meter.Quantity;

/**
 * What processes that watch streams need of a machine, as it grows with the streams.
 *
 * @param coresPerStream cores that each stream keeps busy
 * @param fixedGb memory without any stream, GB
 * @param gbPerStream memory for each, GB
 */
public record ProcessLoad(double coresPerStream, double fixedGb, double gbPerStream) {

  /**
   * From two times with different numbers of streams. Processor time is that of the second, which
   * holds a part of what the process uses for itself; memory is the straight line through both.
   * Where it shrank in between, as after a collection of garbage, the larger one is taken to be
   * fixed.
   */
  static ProcessLoad between(Metered few, Metered many) {
    double slope = (many.memoryGb() - few.memoryGb()) / Math.max(1, many.streams() - few.streams());
    double perStream = Math.max(0, slope);
    double fixed =
        Math.max(
            few.memoryGb() - perStream * few.streams(),
            many.memoryGb() - perStream * many.streams());
    return new ProcessLoad(
        many.usage().of(Quantity.CPU_SECONDS) / many.usage().of(Quantity.STREAM_SECONDS),
        Math.max(0, fixed),
        perStream);
  }

  /**
   * How many streams a machine holds. Not rounded.
   *
   * @param utilisation part of cores and memory that may be used, in (0, 1]
   * @return below 1 when not even one fits
   */
  double streamsOn(Machine machine, double utilisation) {
    double byCores =
        coresPerStream == 0
            ? Double.POSITIVE_INFINITY
            : machine.vCpus() * utilisation / coresPerStream;
    double room = machine.memoryGb() * utilisation - fixedGb;
    double byMemory =
        room <= 0 ? 0 : gbPerStream == 0 ? Double.POSITIVE_INFINITY : room / gbPerStream;
    return Math.min(byCores, byMemory);
  }
}
