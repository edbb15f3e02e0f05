package io.aircheck.detectors.sound.jump;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds changes of gain: programme that is suddenly much louder or softer, and stays so. */
public final class LoudnessJumpFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_LOUDNESS_JUMP;
  }

  @Override
  public String version() {
    return "2";
  }

  @Override
  public String summary() {
    return "The sound is suddenly much louder or softer and stays so for seconds.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "minChangeLu",
            "LU",
            6,
            3,
            40,
            "How much louder or softer the sound must become; higher finds less."),
        new OptionSpec(
            "minBeforeLufs",
            "LUFS",
            -50,
            -70,
            -10,
            "Sound that begins after less than this is a beginning, not a jump; higher finds"
                + " less."),
        new OptionSpec(
            "minEvidence",
            "",
            0,
            -3,
            10,
            "Logarithm of the odds, that the gain has changed rather than the programme, from which"
                + " it is told; higher finds less."),
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
    return new SoundDetector(2, track -> new LoudnessJumpMonitor(track, options));
  }
}
