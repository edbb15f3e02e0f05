package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Witness;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A candidate of which the service makes the incidents: with the desk of the service, on one
 * stream.
 */
record WithDesk(Candidate candidate) implements Candidate {
  @Override
  public String id() {
    return candidate.id();
  }

  @Override
  public String description() {
    return candidate.description();
  }

  @Override
  public int[] streams() {
    return new int[] {1};
  }

  @Override
  public Running start(Work work, ProbeFactory probes, Witness witness) throws IOException {
    IncidentDesk desk =
        new IncidentDesk(
            new MemoryStore().incidents(),
            IncidentDesk.Streams.plain(IncidentPolicy.DEFAULT),
            () -> new Routing(List.of(), List.of()),
            System::currentTimeMillis,
            changes -> changes.forEach(witness::changed));
    desk.start(Set.of());
    Running running = candidate.start(work, probes, withDesk(desk, witness));
    return new Running() {
      @Override
      public void watch(int streams) {
        running.watch(streams);
      }

      @Override
      public Usage usage() {
        return running.usage();
      }

      @Override
      public void close() {
        running.close();
        desk.close();
      }
    };
  }

  private static Witness withDesk(IncidentDesk desk, Witness witness) {
    return new Witness() {
      @Override
      public void observed(StreamObservation observation) {
        witness.observed(observation);
        desk.observed(observation);
      }

      @Override
      public void changed(IncidentChange change) {
        witness.changed(change);
      }
    };
  }
}
