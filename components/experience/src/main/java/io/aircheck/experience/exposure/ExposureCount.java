package io.aircheck.experience.exposure;

import java.util.Optional;

/** Counts who is shown which defect, as defects become known. Not thread-safe. */
public interface ExposureCount {
  /**
   * A defect is there, has lasted longer, or turns out to reach more renditions than was known.
   * What is told later of the same one never takes anything back.
   */
  void tell(Defect defect);

  /** Who has been shown a defect so far; empty: it was not told, or that cannot be known. */
  Optional<Exposure> find(String defect);

  /** Viewers of a defect become known until so long after its end. */
  long settleMillis();

  /** A defect is of no interest any more. */
  void forget(String defect);
}
