package io.aircheck.detectors;

import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.DetectorProvider;
import io.aircheck.detectors.compare.PictureSignatureFactory;
import io.aircheck.detectors.compare.SoundSignatureFactory;
import io.aircheck.detectors.level.BlackDetector;
import io.aircheck.detectors.level.ColorBarsDetector;
import io.aircheck.detectors.level.SolidColorDetector;
import io.aircheck.detectors.sound.silence.SilenceFactory;
import io.aircheck.detectors.structure.InterlacingDetector;
import java.util.List;

/** The detectors of Aircheck: one line each, in the order of the documentation. */
public final class AircheckDetectors implements DetectorProvider {

  @Override
  public List<DetectorFactory> factories() {
    return List.of(
        // Picture levels
        new BlackDetector.Factory(),
        new SolidColorDetector.Factory(),
        new ColorBarsDetector.Factory(),

        // Picture structure
        new InterlacingDetector.Factory(),

        // Sound
        new SilenceFactory(),

        // Stream, transport and manifest

        // Signatures for comparison
        new PictureSignatureFactory(),
        new SoundSignatureFactory()

        );
  }
}
