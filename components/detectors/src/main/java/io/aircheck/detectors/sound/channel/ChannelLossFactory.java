package io.aircheck.detectors.sound.channel;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.sound.SoundDetector;
import java.util.List;

/** Finds single channels without signal while their partners go on. */
public final class ChannelLossFactory implements DetectorFactory {

  @Override
  public String kind() {
    return Kinds.AUDIO_CHANNEL_LOSS;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "One channel has no signal while its partner goes on.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "thresholdDbfs",
            "dBFS",
            -75,
            -110,
            -40,
            "A channel below this level has no signal; higher finds more."),
        new OptionSpec(
            "activeDbfs",
            "dBFS",
            -50,
            -90,
            0,
            "A channel above this level is active; lower finds more."),
        OptionSpec.minDurationSeconds(1.5),
        new OptionSpec(
            "restMinDurationSeconds",
            "s",
            30,
            0,
            3600,
            "The same for the centre and the surrounds, which rest for long by nature."),
        new OptionSpec(
            "neverActiveMinDurationSeconds",
            "s",
            5,
            0,
            3600,
            "The same for a front channel that was not active since the sound began."));
  }

  @Override
  public Detector create(Options options) {
    return new SoundDetector(1, track -> new ChannelLossMonitor(track, options));
  }
}
