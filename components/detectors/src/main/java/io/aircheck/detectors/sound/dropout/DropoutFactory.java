package io.aircheck.detectors.sound.dropout;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds short holes in otherwise steady sound: lost packets, empty buffers. */
public final class DropoutFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_DROPOUT;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "Sound is interrupted for a hundredth of a second or longer: a crackle or a stammer.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "minLevelDbfs",
            "dBFS",
            -35,
            -80,
            0,
            "Holes in sound softer than this do not count; higher finds less."),
        new OptionSpec(
            "depthDecibels", "dB", 30, 20, 100, "How far the level must fall; higher finds less."),
        new OptionSpec(
            "floorDbfs",
            "dBFS",
            -60,
            -120,
            0,
            "Level below which the deepest point of a hole must be; higher finds more."),
        OptionSpec.minDurationSeconds(0.005),
        new OptionSpec(
            "maxDurationSeconds", "s", 0.8, 0.01, 10, "Longer holes are silence, not dropouts."),
        new OptionSpec(
            "errorCount",
            "",
            5,
            1,
            1000,
            "That many dropouts within ten seconds are errors; fewer are warnings."));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new DropoutMonitor(track, options));
  }
}
