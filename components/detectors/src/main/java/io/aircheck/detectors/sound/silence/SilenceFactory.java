package io.aircheck.detectors.sound.silence;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds sound that is missing although the track goes on. */
public final class SilenceFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_SILENCE;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "Nothing is heard, though the sound track goes on; noise below -60 dBFS is nothing.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "thresholdDbfs",
            "dBFS",
            -60,
            -100,
            -20,
            "Sound whose loudest channel stays below this is silence; higher finds more."),
        OptionSpec.minDurationSeconds(2),
        new OptionSpec(
            "cutThresholdDbfs",
            "dBFS",
            -90,
            -120,
            -40,
            "Below this nothing feeds the encoder: a cut into it counts after a shorter time."),
        new OptionSpec(
            "cutMinDurationSeconds",
            "s",
            0.8,
            0,
            3600,
            "How long a cut from sound to no signal must last before it is a finding."),
        new OptionSpec(
            "cutErrorSeconds",
            "s",
            3,
            0,
            3600,
            "From this length on, a cut from sound to no signal is an error."),
        new OptionSpec(
            "errorSeconds",
            "s",
            10,
            0,
            3600,
            "From this length on, any silence is an error; shorter is a warning."));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new SilenceMonitor(track, options));
  }
}
