package io.aircheck.detectors.sound.loudness;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;
import java.util.Set;

/** Measures loudness and true peak, and holds them against the rules of a delivery, if any. */
public final class LoudnessFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_LOUDNESS;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Kinds.AUDIO_LOUDNESS, Kinds.AUDIO_TRUE_PEAK);
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "The programme is louder or quieter than agreed, or peaks above the limit.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "minLufs",
            "LUFS",
            -70,
            -70,
            0,
            "Integrated loudness below this is a finding; -70 allows any."),
        new OptionSpec(
            "maxLufs",
            "LUFS",
            10,
            -70,
            10,
            "Integrated loudness above this is a finding; 10 allows any."),
        new OptionSpec(
            "maxTruePeakDbtp",
            "dBTP",
            20,
            -40,
            20,
            "True peaks above this are a finding; 20 allows any."),
        OptionSpec.minDurationSeconds(10));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(2, track -> new LoudnessMonitor(track, options));
  }
}
