package io.aircheck.experience.intake;

import io.aircheck.experience.report.ViewerReport;

/**
 * Mends reports of one session with what its earlier ones told. One per session, not thread-safe.
 */
@FunctionalInterface
public interface SessionCorrection {
  /** The report as it should have been. */
  ViewerReport mend(ViewerReport report);
}
