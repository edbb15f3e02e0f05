package io.aircheck.detectors.sound.jump;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds programme that is suddenly much louder, and stays so. */
public final class LoudnessJumpFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_LOUDNESS_JUMP;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "The sound is suddenly much louder and stays so for seconds.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "minChangeLu",
            "LU",
            11.5,
            3,
            40,
            "How much louder the sound must become; higher finds less."),
        new OptionSpec(
            "minBeforeLufs",
            "LUFS",
            -40,
            -70,
            -10,
            "Sound that begins after less than this is a beginning, not a jump; higher finds"
                + " less."),
        new OptionSpec(
            "maxDurationSeconds",
            "s",
            10,
            3,
            3600,
            "After this time at the new level it is the normal one, and the finding ends."));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new LoudnessJumpMonitor(track, options));
  }
}
