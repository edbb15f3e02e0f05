package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets probes see what is to be seen of the tasks of a job. One thread. */
public final class ProbedTasks implements JobListener {
  private static final TaskStatistics UNKNOWN = new TaskStatistics(0, 0, 0, 0, 0, Map.of());

  private final ProbeFactory factory;
  private final Consumer<IncidentChange> incidents;
  private final Map<TaskId, TaskProbe> probes = new HashMap<>();

  /**
   * @param factory asked once for each task
   * @param incidents told what happens to the incidents that the job makes
   */
  public ProbedTasks(ProbeFactory factory, Consumer<IncidentChange> incidents) {
    this.factory = factory;
    this.incidents = incidents;
  }

  @Override
  public void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {
    TaskProbe probe = probes.computeIfAbsent(task, factory::probe);
    glimpse.shedding().ifPresent(now -> shedding(probe, now));
    glimpse.decoding().ifPresent(now -> probe.decoding(now.decoding(), now.why()));
    for (Glimpse.Value value : glimpse.values()) {
      probe.metric(value.track(), value.metric(), value.ptsMicros(), value.value());
    }
    glimpse.stills().forEach(still -> probe.still(still.ptsMicros(), still.jpeg()));
    glimpse.state().ifPresent(state -> become(task, probe, state));
  }

  @Override
  public void kept(TaskId task, PacketRecording recording, RequestLog requests) {
    TaskProbe probe = probes.computeIfAbsent(task, factory::probe);
    probe.recording(recording);
    probe.requests(requests);
  }

  private void become(TaskId task, TaskProbe probe, Glimpse.State state) {
    switch (state) {
      case Glimpse.State.Watching watching -> probe.configured(watching.info());
      case Glimpse.State.Unavailable unavailable -> probe.unavailable(unavailable.reason());
      case Glimpse.State.Over over -> {
        probes.remove(task);
        probe.ended(UNKNOWN, over.failure().map(ProbedTasks::failure).orElse(null));
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
    incidents.accept(change);
  }
}
