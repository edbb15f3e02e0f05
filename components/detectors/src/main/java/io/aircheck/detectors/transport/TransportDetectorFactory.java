package io.aircheck.detectors.transport;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.TransportSignal.Indicator;
import java.util.List;

/** {@code transport.*}: violations of one indicator of ETSI TR 101 290. */
public final class TransportDetectorFactory implements DetectorFactory {
  private final TransportRule rule;

  public TransportDetectorFactory(Indicator indicator) {
    this.rule = TransportRule.of(indicator);
  }

  @Override
  public String kind() {
    return rule.indicator().kind();
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
    return new TransportDetector(rule, options);
  }
}
