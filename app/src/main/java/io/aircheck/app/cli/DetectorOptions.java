package io.aircheck.app.cli;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of all commands that run detectors. */
final class DetectorOptions {
  @Option(
      names = "--detectors",
      split = ",",
      paramLabel = "KIND",
      description = "What to look for, such as video.black or audio.*; all kinds if not given.")
  private List<String> selectors = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KIND.option=value",
      description = "Sets an option of a detector, such as video.black.minDurationSeconds=2.")
  private Map<String, Double> overrides = new LinkedHashMap<>();

  List<DetectorChoice> choose(DetectorCatalog catalog) {
    try {
      return catalog.choose(selectors, overrides);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
