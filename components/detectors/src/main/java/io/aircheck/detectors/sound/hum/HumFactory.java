package io.aircheck.detectors.sound.hum;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds hum of the mains: a steady tone of 50 or 60 Hz, or its harmonics. */
public final class HumFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_HUM;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "The sound hums at the mains frequency, 50 or 60 Hz, or its harmonics.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "minAboveNeighboursDb",
            "dB",
            12,
            6,
            60,
            "How far the fundamental stands above its neighbours; lower finds more."),
        new OptionSpec(
            "minLevelDbfs", "dBFS", -70, -110, 0, "Softer hum is not told; lower finds more."),
        new OptionSpec("warningDbfs", "dBFS", -50, -110, 0, "Hum from this level on is a warning."),
        OptionSpec.minDurationSeconds(3));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new HumMonitor(track, options));
  }
}
