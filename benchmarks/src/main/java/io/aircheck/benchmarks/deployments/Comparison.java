package io.aircheck.benchmarks.deployments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether two deployments have told the same of the same stream: as many incidents, of the same
 * kinds and severities, at the same media time.
 *
 * @param pictureMicros by how much times of what is seen may differ
 * @param soundMicros by how much times of what is heard may differ
 */
record Comparison(long pictureMicros, long soundMicros) {
  private static final String PICTURE = "video.";

  /**
   * Who looks at the same pictures and hears the same sound with the same detectors comes to the
   * same times; a millisecond for rounding.
   */
  static final Comparison OF_ALL_PICTURES = new Comparison(1_000, 1_000);

  /**
   * Functions are given the first picture of each second, which stands for that second: what begins
   * after it is seen with the next one, up to a second later, and what ends after it was still
   * there until the next one, up to a second longer. They are given all of the sound.
   */
  static final Comparison OF_A_PICTURE_A_SECOND = new Comparison(1_000_000, 1_000);

  /** How functions or others are compared with who looks at all pictures. */
  static Comparison of(String deployment) {
    return deployment.startsWith("serverless") ? OF_A_PICTURE_A_SECOND : OF_ALL_PICTURES;
  }

  /** What is not the same, a line each; both by kind and time. */
  List<String> differences(List<Sighting> expected, List<Sighting> told) {
    List<String> differences = new ArrayList<>();
    List<String> kinds = expected.stream().map(Sighting::kind).toList();
    List<String> toldKinds = told.stream().map(Sighting::kind).toList();
    if (!kinds.equals(toldKinds)) {
      return List.of("incidents of %s, not of %s".formatted(toldKinds, kinds));
    }
    for (int i = 0; i < expected.size(); i++) {
      differences(expected.get(i), told.get(i), differences);
    }
    return differences;
  }

  private void differences(Sighting expected, Sighting told, List<String> differences) {
    String kind = expected.kind();
    long allowed = kind.startsWith(PICTURE) ? pictureMicros : soundMicros;
    if (Math.abs(told.startMicros() - expected.startMicros()) > allowed) {
      differences.add(
          "%s begins at %s s, not at %s s"
              .formatted(kind, seconds(told.startMicros()), seconds(expected.startMicros())));
    }
    if (Math.abs(told.endMicros() - expected.endMicros()) > allowed) {
      differences.add(
          "%s ends at %s s, not at %s s"
              .formatted(kind, seconds(told.endMicros()), seconds(expected.endMicros())));
    }
    if (!told.severity().equals(expected.severity())) {
      differences.add(
          "%s is of severity %s, not %s".formatted(kind, told.severity(), expected.severity()));
    }
    if (told.findings() != expected.findings()) {
      differences.add(
          "%s was found %d times, not %d".formatted(kind, told.findings(), expected.findings()));
    }
  }

  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.3f", micros / 1e6);
  }
}
