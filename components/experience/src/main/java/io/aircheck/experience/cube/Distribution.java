package io.aircheck.experience.cube;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;

/** What percentiles are kept of. A delta gives one value, with the weight of what it stands for. */
public enum Distribution {
  /** Start-up time of views, ms; each counts once. */
  STARTUP_MILLIS(Measure.STARTUP_MILLIS, Measure.STARTUPS),
  /** Live latency, ms, by the playing time that it lasted. */
  LATENCY_MILLIS(Measure.LATENCY_AREA, Measure.LATENCY_MILLIS),
  /** Bitrate, kbit/s, by the media that had it. */
  BITRATE_KBPS(Measure.BITS, Measure.BITRATE_MILLIS);

  private final Measure sum;
  private final Measure weight;

  Distribution(Measure sum, Measure weight) {
    this.sum = sum;
    this.weight = weight;
  }

  /** The sum that is divided to get a value. */
  public Measure over() {
    return sum;
  }

  /** The sum that it is divided by, which is the weight of the value. */
  public Measure under() {
    return weight;
  }

  /** How much a delta weighs; 0: it says nothing, or takes something back. */
  double weight(Measures delta) {
    return Math.max(0, delta.get(weight));
  }

  /** The value of a delta that weighs something. */
  double value(Measures delta) {
    return Math.max(0, (double) delta.get(sum) / delta.get(weight));
  }
}
