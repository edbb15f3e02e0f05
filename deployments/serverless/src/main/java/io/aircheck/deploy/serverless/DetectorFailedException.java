package io.aircheck.deploy.serverless;

import java.util.Map;

/** A detector that failed on a segment. The message is one line. */
final class DetectorFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param failures message by kind of detector
   */
  DetectorFailedException(Map<String, String> failures) {
    super(
        "detectors failed: "
            + String.join(
                "; ",
                failures.entrySet().stream()
                    .map(failure -> failure.getKey() + ": " + failure.getValue())
                    .toList()));
  }
}
