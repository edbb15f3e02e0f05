package io.aircheck.detectors.manifest;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ManifestSignal.Fault;
import java.util.List;

/** {@code manifest.*}: one fault of playlists or of the delivery of segments. */
public final class ManifestDetectorFactory implements DetectorFactory {
  private final ManifestRule rule;

  public ManifestDetectorFactory(Fault fault) {
    this.rule = ManifestRule.of(fault);
  }

  @Override
  public String kind() {
    return rule.fault().kind();
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String summary() {
    return rule.summary();
  }

  @Override
  public List<OptionSpec> options() {
    return rule.options();
  }

  @Override
  public Detector create(Options options) {
    return new ManifestDetector(rule, options);
  }
}
