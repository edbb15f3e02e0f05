package io.aircheck.testkit;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.List;
import java.util.Map;

/** A detector that keeps no state and does only what a test lets it do. */
public abstract class TestDetector implements Detector {
  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {}

  @Override
  public void finish(long ptsMicros, ObservationSink out) {}

  @Override
  public void snapshot(DataOutput state) {}

  @Override
  public void restore(DataInput state) {}

  /** This one, as a task is given it. */
  public final ConfiguredDetector configured(String kind) {
    return configured(kind, DetectorFactory.WithKeyPictures.LEFT_OUT);
  }

  /**
   * This one, as a task is given it.
   *
   * @param withKeyPictures see {@link DetectorFactory#withKeyPictures}
   */
  public final ConfiguredDetector configured(
      String kind, DetectorFactory.WithKeyPictures withKeyPictures) {
    DetectorFactory factory =
        new DetectorFactory() {
          @Override
          public String kind() {
            return kind;
          }

          @Override
          public String version() {
            return "1";
          }

          @Override
          public String summary() {
            return "For a test.";
          }

          @Override
          public List<OptionSpec> options() {
            return List.of();
          }

          @Override
          public WithKeyPictures withKeyPictures() {
            return withKeyPictures;
          }

          @Override
          public Detector create(Options options) {
            return TestDetector.this;
          }
        };
    return new ConfiguredDetector(factory, Options.of(kind, List.of(), Map.of()));
  }
}
