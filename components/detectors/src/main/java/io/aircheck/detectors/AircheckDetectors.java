package io.aircheck.detectors;

import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.DetectorProvider;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.TransportSignal.Indicator;
import io.aircheck.detectors.compare.PictureSignatureFactory;
import io.aircheck.detectors.compare.SoundSignatureFactory;
import io.aircheck.detectors.flash.FlashingDetector;
import io.aircheck.detectors.freeze.FreezeDetector;
import io.aircheck.detectors.freeze.PartialFreezeDetector;
import io.aircheck.detectors.level.BlackDetector;
import io.aircheck.detectors.level.ColorBarsDetector;
import io.aircheck.detectors.level.LetterboxDetector;
import io.aircheck.detectors.level.SolidColorDetector;
import io.aircheck.detectors.manifest.ManifestDetectorFactory;
import io.aircheck.detectors.sound.channel.ChannelLossFactory;
import io.aircheck.detectors.sound.clipping.ClippingFactory;
import io.aircheck.detectors.sound.dropout.DropoutFactory;
import io.aircheck.detectors.sound.hum.HumFactory;
import io.aircheck.detectors.sound.jump.LoudnessJumpFactory;
import io.aircheck.detectors.sound.loudness.LoudnessFactory;
import io.aircheck.detectors.sound.phase.PhaseInversionFactory;
import io.aircheck.detectors.sound.silence.SilenceFactory;
import io.aircheck.detectors.splice.BreakDetectorFactory;
import io.aircheck.detectors.stream.StreamDetectors;
import io.aircheck.detectors.structure.BlockCorruptionDetector;
import io.aircheck.detectors.structure.BlurDetector;
import io.aircheck.detectors.structure.InterlacingDetector;
import io.aircheck.detectors.structure.StutterDetector;
import io.aircheck.detectors.sync.FlashAndBeepFactory;
import io.aircheck.detectors.transport.TransportDetectorFactory;
import java.util.List;

/** The detectors of Aircheck: one line each, in the order of the documentation. */
public final class AircheckDetectors implements DetectorProvider {

  @Override
  public List<DetectorFactory> factories() {
    return List.of(
        // Picture levels
        new BlackDetector.Factory(),
        new FreezeDetector.Factory(),
        new PartialFreezeDetector.Factory(),
        new SolidColorDetector.Factory(),
        new ColorBarsDetector.Factory(),
        new LetterboxDetector.Factory(),
        new FlashingDetector.Factory(),

        // Picture structure
        new BlockCorruptionDetector.Factory(),
        new StutterDetector.Factory(),
        new InterlacingDetector.Factory(),
        new BlurDetector.Factory(),

        // Sound
        new SilenceFactory(),
        new ClippingFactory(),
        new ChannelLossFactory(),
        new DropoutFactory(),
        new LoudnessJumpFactory(),
        new LoudnessFactory(),
        new PhaseInversionFactory(),
        new HumFactory(),

        // Stream, transport and manifest
        StreamDetectors.timestampJump(),
        StreamDetectors.gap(),
        StreamDetectors.audioMissing(),
        StreamDetectors.videoMissing(),
        StreamDetectors.unavailable(),
        StreamDetectors.decodeError(),
        new TransportDetectorFactory(Indicator.SYNC_LOSS),
        new TransportDetectorFactory(Indicator.SYNC_BYTE),
        new TransportDetectorFactory(Indicator.PAT),
        new TransportDetectorFactory(Indicator.CONTINUITY_COUNT),
        new TransportDetectorFactory(Indicator.PMT),
        new TransportDetectorFactory(Indicator.PID),
        new TransportDetectorFactory(Indicator.TRANSPORT_ERROR),
        new TransportDetectorFactory(Indicator.CRC),
        new TransportDetectorFactory(Indicator.PCR_REPETITION),
        new TransportDetectorFactory(Indicator.PCR_DISCONTINUITY),
        new TransportDetectorFactory(Indicator.PTS),
        new TransportDetectorFactory(Indicator.CAT),
        new ManifestDetectorFactory(Fault.STALE),
        new ManifestDetectorFactory(Fault.MEDIA_SEQUENCE),
        new ManifestDetectorFactory(Fault.DISCONTINUITY_SEQUENCE),
        new ManifestDetectorFactory(Fault.SEGMENT_UNAVAILABLE),
        new ManifestDetectorFactory(Fault.SEGMENT_SLOW),
        new ManifestDetectorFactory(Fault.SEGMENT_DURATION),
        new ManifestDetectorFactory(Fault.INVALID),
        new ManifestDetectorFactory(Fault.RENDITION_MISSING),
        new ManifestDetectorFactory(Fault.GAP_DECLARED),
        new BreakDetectorFactory(),

        // Sound against picture, and signatures for comparison
        new FlashAndBeepFactory(),
        new PictureSignatureFactory(),
        new SoundSignatureFactory());
  }
}
