package io.aircheck.experience.alert;

import io.aircheck.experience.baseline.Sample;
import io.aircheck.experience.baseline.Usual;

/**
 * The latest few windows of a cohort, fading: what came and what was expected. Those of cohorts can
 * be added.
 *
 * @param over what is divided
 * @param expected how much of that was expected
 * @param under what it is divided by
 * @param traffic views or viewers, summed over windows
 * @param windows how many windows that is
 * @param history from how large a divisor the expectation was learnt
 */
public record Recent(
    double over, double expected, double under, double traffic, double windows, double history) {
  static final Recent NONE = new Recent(0, 0, 0, 0, 0, 0);

  /** With one more window, beside which these fade. */
  Recent after(Sample sample, Usual usual, double kept) {
    return new Recent(
        over * kept + sample.over(),
        expected * kept + usual.quotient() * sample.under(),
        under * kept + sample.under(),
        traffic * kept + sample.traffic(),
        windows * kept + 1,
        usual.under());
  }

  /** Both together; traffic is then that of one window. */
  Recent plus(Recent other) {
    return new Recent(
        over + other.over,
        expected + other.expected,
        under + other.under,
        trafficOfWindow() + other.trafficOfWindow(),
        1,
        history + other.history);
  }

  /** With another expectation. */
  Recent expecting(double otherwise) {
    return new Recent(over, otherwise, under, traffic, windows, history);
  }

  /** Views or viewers of a window, as a mean. */
  double trafficOfWindow() {
    return windows <= 0 ? 0 : traffic / windows;
  }
}
