package io.aircheck.core.detect;

import java.util.List;

/** A component's detectors; found by {@link java.util.ServiceLoader}. */
public interface DetectorProvider {

  /** All detectors of the component, in the order of the documentation. */
  List<DetectorFactory> factories();
}
