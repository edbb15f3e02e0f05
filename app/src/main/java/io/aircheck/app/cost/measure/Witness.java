package io.aircheck.app.cost.measure;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentChange;

/** Told what a candidate finds, from several threads: whoever only measures has no use for it. */
public interface Witness {
  /** Nobody wants to know. */
  Witness NONE =
      new Witness() {
        @Override
        public boolean hearsOfIncidents() {
          return false;
        }

        @Override
        public void observed(StreamObservation observation) {}

        @Override
        public void changed(IncidentChange change) {}
      };

  /** Whether a candidate that has to go to some length to tell of incidents should do so. */
  default boolean hearsOfIncidents() {
    return true;
  }

  /** Something was observed. */
  void observed(StreamObservation observation);

  /**
   * Something happened to an incident. Of a candidate that makes none, because whoever deploys does
   * so, nobody is told this.
   */
  void changed(IncidentChange change);
}
