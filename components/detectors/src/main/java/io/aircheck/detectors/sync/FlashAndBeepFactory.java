package io.aircheck.detectors.sync;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import java.util.List;

/** {@code sync.offset} in the flash-and-beep test signal. */
public final class FlashAndBeepFactory implements DetectorFactory {
  @Override
  public String kind() {
    return Kinds.SYNC_OFFSET;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return "Sound comes later or earlier than the picture that it belongs to";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        new OptionSpec(
            "maxLateMillis",
            "ms",
            60,
            0,
            5000,
            "How much later than the picture sound may be in a test signal."),
        new OptionSpec(
            "maxEarlyMillis",
            "ms",
            40,
            0,
            5000,
            "How much earlier than the picture sound may be in a test signal."));
  }

  @Override
  public Detector create(Options options) {
    return new FlashAndBeepDetector(options);
  }
}
