package io.aircheck.experience.session;

import io.aircheck.experience.report.ViewerReport;

/**
 * Mends reports of one session with what its earlier ones told, once they are in the order of their
 * events. Immutable, and part of the state of the session: a record, so that a runtime can carry it
 * elsewhere. One that has nothing left to learn should be a constant, since a million sessions have
 * one each.
 */
public interface SessionCorrection {
  /** Leaves reports as they are. */
  SessionCorrection NONE = new AsTold();

  /** The report as it should have been. */
  ViewerReport mend(ViewerReport report);

  /** The correction of what comes after a report; the same instance if it told nothing new. */
  SessionCorrection after(ViewerReport report);

  /** Believes everything. */
  record AsTold() implements SessionCorrection {
    @Override
    public ViewerReport mend(ViewerReport report) {
      return report;
    }

    @Override
    public SessionCorrection after(ViewerReport report) {
      return this;
    }
  }
}
