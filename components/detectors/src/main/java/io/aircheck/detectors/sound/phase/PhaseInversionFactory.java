package io.aircheck.detectors.sound.phase;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds left and right in opposite phase, which cancel for whoever listens in mono. */
public final class PhaseInversionFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_PHASE_INVERSION;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "Left and right carry the same sound in opposite phase; heard in mono it vanishes.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "maxCorrelation",
            "",
            -0.7,
            -1,
            0,
            "Left and right that correlate less than this are inverted; higher finds more."),
        new OptionSpec(
            "activeDbfs",
            "dBFS",
            -55,
            -90,
            0,
            "Both channels must be above this level to be judged; lower finds more."),
        OptionSpec.minDurationSeconds(2),
        new OptionSpec(
            "neverCorrelatedMinDurationSeconds",
            "s",
            5,
            0,
            3600,
            "The same where left and right did not correlate before."));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new PhaseInversionMonitor(track, options));
  }
}
