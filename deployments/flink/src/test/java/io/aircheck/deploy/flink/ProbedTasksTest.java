package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbedTasksTest {
  private static final TaskId TASK = new TaskId("s", null, Point.MONITORED);

  private final List<String> said = new ArrayList<>();
  private final List<IncidentChange> changes = new ArrayList<>();
  private final ProbedTasks tasks = new ProbedTasks(this::probe, changes::add);

  private TaskProbe probe(TaskId task) {
    said.add("probe " + task.stream());
    return new TaskProbe() {
      @Override
      public void metric(String track, String metric, long ptsMicros, double value) {
        said.add(track + " " + metric + " " + ptsMicros + " " + value);
      }

      @Override
      public void shedding(int stride, double behindSeconds, long skippedFrames) {
        said.add("shedding " + stride + " " + behindSeconds + " " + skippedFrames);
      }

      @Override
      public void unavailable(String reason) {
        said.add("unavailable " + reason);
      }

      @Override
      public void ended(TaskStatistics statistics, @Nullable MediaException why) {
        said.add("ended " + (why == null ? "well" : why.getMessage()));
      }
    };
  }

  private void seen(Optional<Glimpse.State> state, Optional<Glimpse.Shedding> shedding) {
    tasks.seen(
        TASK,
        0,
        0,
        new Glimpse(
            state,
            List.of(new Glimpse.Value("video:0", "video.luma_mean", 40_000, 16)),
            List.of(),
            Optional.empty(),
            shedding));
  }

  @Test
  void seen_oneTaskSeveralTimes_tellsOneProbeAllOfIt() {
    seen(Optional.empty(), Optional.of(new Glimpse.Shedding(2, 1.5, 7)));
    seen(Optional.of(new Glimpse.State.Unavailable("gone")), Optional.empty());

    assertThat(said)
        .containsExactly(
            "probe s",
            "shedding 2 1.5 7",
            "video:0 video.luma_mean 40000 16.0",
            "video:0 video.luma_mean 40000 16.0",
            "unavailable gone");
  }

  @Test
  void seen_taskThatIsOver_endsItsProbeWithWhy() {
    seen(Optional.of(new Glimpse.State.Over(Optional.of("cannot be opened"))), Optional.empty());
    seen(Optional.empty(), Optional.empty());

    assertThat(said)
        .contains("ended cannot be opened")
        .filteredOn("probe s"::equals)
        .as("what comes after the end is another task")
        .hasSize(2);
  }

  @Test
  void incident_ofTheJob_isHandedOn() {
    Incident incident =
        new Incident(
            "s~video.black~1",
            "s",
            "video.black",
            Incident.State.OPEN,
            Severity.ERROR,
            1,
            0,
            1,
            1,
            1,
            List.of(),
            List.of("video.black"),
            Map.of(),
            "The picture is black.",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1);
    IncidentChange change = new IncidentChange(IncidentChange.Type.OPENED, incident, 1);

    tasks.incident(change);

    assertThat(changes).containsExactly(change);
  }
}
