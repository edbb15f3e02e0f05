package io.aircheck.detectors.stream;

import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.media.TrackType;

/** The detectors of {@code stream.*}. */
public final class StreamDetectors {
  private StreamDetectors() {}

  public static DetectorFactory timestampJump() {
    return new TimestampJumpDetector.Factory();
  }

  public static DetectorFactory gap() {
    return new GapDetector.Factory();
  }

  public static DetectorFactory audioMissing() {
    return new TrackMissingDetector.Factory(TrackType.AUDIO);
  }

  public static DetectorFactory videoMissing() {
    return new TrackMissingDetector.Factory(TrackType.VIDEO);
  }

  public static DetectorFactory unavailable() {
    return new UnavailableDetector.Factory();
  }

  public static DetectorFactory decodeError() {
    return new DecodeErrorDetector.Factory();
  }
}
