package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Meters what of a cluster runs no streams, as far as it is seen from the job manager that leads:
 * its own process, and, of a cluster on one machine, those that stand by and what they agree by.
 * Who leads next meters anew. Workers meter themselves. Used by one thread.
 */
final class ClusterMeter {
  private static final class Metered {
    private final String name = UUID.randomUUID().toString();
    private final Meter meter = new Meter();
    private final ProcessMeter processes;
    private final long pid;
    private final ClusterPart part;

    Metered(ProcessHandle process, ClusterPart part) {
      this.processes = new ProcessMeter(meter, process);
      this.pid = process.pid();
      this.part = part;
    }

    ProcessUsage sample() {
      processes.sample();
      return ProcessUsage.of(name, pid, part, meter.usage());
    }
  }

  private final Optional<ProcessFolder> folder;
  private final Map<ProcessHandle, Metered> metered = new HashMap<>();

  /**
   * @param folder which processes the cluster has on this machine, as far as that is known
   */
  ClusterMeter(Optional<ProcessFolder> folder) {
    this.folder = folder;
    ProcessHandle self = ProcessHandle.current();
    metered.put(self, new Metered(self, ClusterPart.JOBMANAGER));
  }

  /** The one of the cluster that this process is a job manager of. */
  static ClusterMeter here() {
    return new ClusterMeter(ProcessFolder.ofThisProcess());
  }

  /**
   * What each has used since it was first seen; those that are gone are not told of any more.
   *
   * @throws IOException when the folder cannot be read
   */
  List<ProcessUsage> sample() throws IOException {
    if (folder.isPresent()) {
      meet(folder.get().alive());
    }
    metered.keySet().removeIf(process -> !process.isAlive());
    List<ProcessUsage> used = new ArrayList<>();
    metered.values().forEach(one -> used.add(one.sample()));
    return used;
  }

  private void meet(Map<String, ProcessHandle> alive) {
    alive.forEach(
        (name, process) ->
            part(name)
                .filter(part -> part != ClusterPart.TASKMANAGER)
                .ifPresent(
                    part -> metered.computeIfAbsent(process, found -> new Metered(found, part))));
  }

  /** What a process is by its name, which is the word and perhaps a number. */
  private static Optional<ClusterPart> part(String name) {
    for (ClusterPart part : ClusterPart.values()) {
      if (name.startsWith(part.word())) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }
}
