package io.aircheck.app.serve.streams;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.flink.Glimpse;
import io.aircheck.deploy.flink.JobListener;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets the probes of the service see what is to be seen of tasks on a cluster. One thread. */
final class ClusterProbes implements JobListener {
  private static final TaskStatistics UNKNOWN = new TaskStatistics(0, 0, 0, 0, 0, Map.of());

  private final ProbeFactory factory;
  private final Map<TaskId, TaskProbe> probes = new HashMap<>();

  ClusterProbes(ProbeFactory factory) {
    this.factory = factory;
  }

  @Override
  public void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {
    TaskProbe probe = probes.computeIfAbsent(task, factory::probe);
    glimpse.shedding().ifPresent(now -> shedding(probe, now));
    glimpse.decoding().ifPresent(now -> probe.decoding(now.decoding(), now.why()));
    for (Glimpse.Value value : glimpse.values()) {
      probe.metric(value.track(), value.metric(), value.ptsMicros(), value.value());
    }
    glimpse.still().ifPresent(still -> probe.still(still.ptsMicros(), still.jpeg()));
    glimpse.state().ifPresent(state -> become(task, probe, state));
  }

  private void become(TaskId task, TaskProbe probe, Glimpse.State state) {
    switch (state) {
      case Glimpse.State.Watching watching -> probe.configured(watching.info());
      case Glimpse.State.Unavailable unavailable -> probe.unavailable(unavailable.reason());
      case Glimpse.State.Over over -> {
        probes.remove(task);
        probe.ended(UNKNOWN, over.failure().map(ClusterProbes::failure).orElse(null));
      }
    }
  }

  private static void shedding(TaskProbe probe, Glimpse.Shedding now) {
    probe.shedding(now.stride(), now.behindSeconds(), now.skippedFrames());
  }

  private static @Nullable MediaException failure(String why) {
    return new MediaException(MediaException.Reason.DISCONNECTED, why);
  }

  @Override
  public void incident(IncidentChange change) {
    // The service makes them itself.
  }
}
