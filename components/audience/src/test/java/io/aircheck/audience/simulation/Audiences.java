package io.aircheck.audience.simulation;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import java.util.List;
import java.util.stream.Stream;

/** Audiences for tests. */
final class Audiences {
  static final long BEGIN = 1_800_000_000_000L;
  static final List<Content> CONTENTS =
      List.of(
          Content.channel("channel-1"),
          Content.channel("channel-2"),
          Content.onDemand("film", 600_000));

  private Audiences() {}

  static Audience of(Arrivals arrivals, long durationMillis, String... faults) {
    return new Audience(
        Population.before(CONTENTS),
        arrivals,
        Habits.USUAL,
        Stream.of(faults).<Fault>map(TimedFault::parse).toList(),
        Reporting.USUAL,
        durationMillis);
  }

  static Audience flow(long viewers, long durationMillis, String... faults) {
    return of(new Arrivals.Flow(viewers, DayCurve.CONSTANT), durationMillis, faults);
  }
}
