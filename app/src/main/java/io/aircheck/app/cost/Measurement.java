package io.aircheck.app.cost;

import java.util.List;
import java.util.Optional;

/**
 * What deployments were found to use for the same media.
 *
 * @param input what was watched, without secrets
 * @param measuredAt when, ISO 8601
 * @param machine where
 * @param detectors kinds looked for
 * @param warmUpSeconds of stream that were not metered
 * @param deployments the plainest first
 * @param failures of deployments that could not be measured: why, by name
 */
public record Measurement(
    String input,
    String measuredAt,
    String machine,
    List<String> detectors,
    double warmUpSeconds,
    List<MeasuredDeployment> deployments,
    List<Failure> failures) {

  public Measurement {
    detectors = List.copyOf(detectors);
    deployments = List.copyOf(deployments);
    failures = List.copyOf(failures);
  }

  /** A deployment that could not be measured. */
  public record Failure(String deployment, String reason) {}

  /** A deployment by its name. */
  public Optional<MeasuredDeployment> find(String id) {
    return deployments.stream().filter(deployment -> deployment.id().equals(id)).findFirst();
  }
}
