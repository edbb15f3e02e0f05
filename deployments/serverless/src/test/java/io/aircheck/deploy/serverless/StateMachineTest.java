package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real definition comes to what one process comes to. */
@Tag("slow")
@ExtendWith(MachineFixture.Shared.class)
class StateMachineTest {
  private final MachineFixture machine;

  StateMachineTest(MachineFixture machine) {
    this.machine = machine;
  }

  /** What a deployment finds of the clip, and what it used. */
  private List<Finding> run(Deployment deployment, List<Deployment.Handle> handles) {
    List<StreamObservation> seen = Collections.synchronizedList(new ArrayList<>());
    StreamSpec stream =
        new StreamSpec(
            "clip",
            SourceRequest.of(machine.clip().toString()),
            Optional.empty(),
            List.of(),
            MachineFixture.DETECTORS,
            false);
    try (Deployment.Handle handle =
        deployment.deploy(new Topology(List.of(stream), List.of()), seen::add)) {
      handle.done().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      handles.add(handle);
    }
    return MachineFixture.closed(seen.stream());
  }

  private static ServerlessDeployment calledFromHere() {
    return new ServerlessDeployment(
        Parts.installed(),
        new MemoryObjects(),
        Teller.nobody(),
        new ServerlessDeployment.Settings(
            Duration.ofMillis(MachineFixture.SEGMENT_MICROS / 1_000),
            Duration.ZERO,
            1_769,
            Duration.ofMillis(1)));
  }

  @Test
  void execution_clipWithFaults_findsWhatOneProcessFindsInAsManyTransitionsAsCallsFromHere()
      throws Exception {
    List<Finding> inOneProcess =
        run(
            InProcessDeployment.installed(InProcessDeployment.Settings.DEFAULT, ProbeFactory.NONE),
            new ArrayList<>());
    List<Deployment.Handle> handles = new ArrayList<>();
    List<Finding> byCallsFromHere = run(calledFromHere(), handles);

    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution = AslInterpreter.run(machine.watch("clip", server), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(inOneProcess)
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
    assertThat(machine.found("clip")).containsExactlyInAnyOrderElementsOf(inOneProcess);
    assertThat(byCallsFromHere).containsExactlyInAnyOrderElementsOf(inOneProcess);
    assertThat((double) execution.transitions())
        .isEqualTo(handles.getFirst().usage().of(Quantity.STATE_TRANSITIONS));
    assertThat(machine.folded("clip").stream().flatMap(segment -> segment.changes().stream()))
        .extracting(change -> change.incident().cause() + " " + change.type())
        .contains(
            Kinds.VIDEO_BLACK + " " + IncidentChange.Type.OPENED,
            Kinds.VIDEO_BLACK + " " + IncidentChange.Type.CLOSED);
  }
}
