package io.aircheck.detectors.sound.clipping;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds overdriven sound, also when it was clipped before the codec or attenuated after. */
public final class ClippingFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_CLIPPING;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "Sound is harsh and distorted: its peaks are cut off flat.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "minShare",
            "",
            0.035,
            0.0001,
            1,
            "Share of samples in flat tops from which sound is clipped; higher finds less."),
        new OptionSpec(
            "errorShare",
            "",
            0.08,
            0.0001,
            1,
            "Share of clipped samples from which it is an error."),
        OptionSpec.minDurationSeconds(1));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new ClippingMonitor(track, options));
  }
}
