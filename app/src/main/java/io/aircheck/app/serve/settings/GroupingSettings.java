package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.core.incident.GroupPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the same defect on several streams is one incident of what they share.
 *
 * @param labels labels that tell what streams share, the first first; empty: nothing is grouped
 * @param minStreams so many streams at least
 * @param minShare so much of all streams with the label and value at least, 0..1
 * @param window within which their incidents open
 */
public record GroupingSettings(
    List<String> labels, int minStreams, double minShare, Duration window) {

  public GroupingSettings {
    labels = List.copyOf(labels);
  }

  @JsonCreator
  static GroupingSettings of(
      @JsonProperty("labels") @Nullable List<String> labels,
      @JsonProperty("minStreams") @Nullable Integer minStreams,
      @JsonProperty("minShare") @Nullable Double minShare,
      @JsonProperty("window") @Nullable Duration window) {
    return new GroupingSettings(
        labels == null ? List.of("origin", "cdn", "encoder") : labels,
        minStreams == null ? 3 : minStreams,
        minShare == null ? 0.5 : minShare,
        window == null ? Duration.ofMinutes(1) : window);
  }

  /** As the folds take it. */
  public GroupPolicy policy() {
    return new GroupPolicy(labels, minStreams, minShare, window.toMillis());
  }

  void check() throws SettingsException {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).isBlank() || labels.get(i).contains("=")) {
        throw new SettingsException(
            "/grouping/labels/" + i, "must be the name of a label, such as cdn");
      }
    }
    if (minStreams < 2) {
      throw new SettingsException(
          "/grouping/minStreams",
          "is %d, must be 2 or more; to group nothing, leave labels empty".formatted(minStreams));
    }
    if (!(minShare >= 0 && minShare <= 1)) {
      throw new SettingsException(
          "/grouping/minShare", "is %s, must be from 0 to 1".formatted(minShare));
    }
  }
}
