package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.ObservationFold;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The folds over observations that are installed, and which of them a topology names. */
final class InstalledFolds {
  private InstalledFolds() {}

  /** The folds on the class path. */
  static List<ObservationFold<?>> all() {
    List<ObservationFold<?>> folds = new ArrayList<>();
    for (ObservationFold<?> fold : ServiceLoader.load(ObservationFold.class)) {
      folds.add(fold);
    }
    return folds;
  }

  /**
   * Those named, in that order.
   *
   * @throws IllegalArgumentException for an unknown one
   */
  static List<ObservationFold<?>> choose(List<ObservationFold<?>> folds, List<String> ids) {
    List<ObservationFold<?>> chosen = new ArrayList<>();
    for (String id : ids) {
      chosen.add(
          folds.stream()
              .filter(fold -> fold.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown fold %s; known are %s"
                              .formatted(id, folds.stream().map(ObservationFold::id).toList()))));
    }
    return chosen;
  }
}
