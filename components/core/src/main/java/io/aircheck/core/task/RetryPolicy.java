package io.aircheck.core.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before an input is tried again: doubling delays with jitter, so that a thousand
 * streams lost together do not come back together.
 *
 * @param first delay after the first failure
 * @param longest delay that is not exceeded; failures that cannot mend themselves wait this long at
 *     once
 */
public record RetryPolicy(Duration first, Duration longest) {
  /** Half a second up to fifteen: within the time a viewer would try again. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(15));

  /**
   * The delay before the next try.
   *
   * @param failures failures in a row so far, at least 1
   * @param mayMend whether the failure is of a sort that goes away by itself
   * @return between half of the full delay and the full delay
   */
  public Duration delay(int failures, boolean mayMend, RandomGenerator random) {
    double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, 30));
    double full = mayMend ? Math.min(doubled, longest.toMillis()) : longest.toMillis();
    return Duration.ofMillis(Math.round(full * (0.5 + 0.5 * random.nextDouble())));
  }
}
