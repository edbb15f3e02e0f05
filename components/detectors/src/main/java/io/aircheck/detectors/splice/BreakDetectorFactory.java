package io.aircheck.detectors.splice;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import java.util.List;
import java.util.Set;

/** Describes {@code splice.break}, which follows the breaks of a programme. */
public final class BreakDetectorFactory implements DetectorFactory {
  static final String WINDOW_BEFORE = "windowBeforeSeconds";
  static final String WINDOW_AFTER = "windowAfterSeconds";
  static final String TOLERANCE = "toleranceSeconds";
  static final String MAX_DURATION = "maxDurationSeconds";

  @Override
  public String kind() {
    return Kinds.SPLICE_BREAK;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Kinds.SPLICE_BREAK, Kinds.SPLICE_BREAK_OVERRUN, Kinds.SPLICE_UNREADABLE);
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "An ad break begins, goes on for too long, or cannot be read.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            WINDOW_BEFORE,
            "s",
            3,
            0,
            60,
            "How long before a splice black, freezes, silence and the like are expected."),
        new OptionSpec(
            WINDOW_AFTER,
            "s",
            3,
            0,
            60,
            "How long after a splice they are; with both windows at 0 they are defects as anywhere."),
        new OptionSpec(
            TOLERANCE, "s", 5, 0, 3600, "How long a break may go on after its announced end."),
        new OptionSpec(
            MAX_DURATION,
            "s",
            600,
            1,
            86400,
            "How long a break may last for which no length was announced."));
  }

  @Override
  public Detector create(Options options) {
    return new BreakDetector(options);
  }
}
