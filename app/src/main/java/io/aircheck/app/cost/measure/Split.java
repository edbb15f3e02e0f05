package io.aircheck.app.cost.measure;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import java.util.ArrayList;
import java.util.List;

/** The detectors of a stream in several parts, for a process each. */
final class Split {
  static final int PARTS = 2;

  private Split() {}

  /** Streams of the same input, each with its part of the detectors, taken in turn. */
  static List<StreamSpec> parts(Work work, String name) {
    List<StreamSpec> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      List<DetectorChoice> some = new ArrayList<>();
      for (int i = part; i < work.detectors().size(); i += PARTS) {
        some.add(work.detectors().get(i));
      }
      if (!some.isEmpty()) {
        parts.add(work.withDetectors(some).stream(name + "-" + part));
      }
    }
    return parts;
  }
}
