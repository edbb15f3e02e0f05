package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A watch that outlasts its execution goes on in another one. */
@Tag("slow")
@ExtendWith(MachineFixture.Shared.class)
class StateMachineElsewhereTest {
  private final MachineFixture machine;

  StateMachineElsewhereTest(MachineFixture machine) {
    this.machine = machine;
  }

  @Test
  void execution_historyIsLimited_goesOnElsewhereAndFindsTheSame() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution = AslInterpreter.run(machine.watch("long", server, 2), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Elsewhere")).isPositive();
    assertThat(execution.entered("Plan")).isEqualTo(execution.entered("Elsewhere") + 1);
    assertThat(machine.found("long"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  @Test
  void execution_answerOfStartingTheNextLost_startsOne() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution =
          AslInterpreter.run(
              machine.watch("once", server, 3),
              server.uri(),
              new AslInterpreter.Outage("start", 0, "States.Timeout", 1));
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.started()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(execution.started())
        .allSatisfy(name -> assertThat(name.asText()).matches("[0-9a-f]{64}"));
    assertThat(execution.entered("Plan")).isEqualTo(execution.started().size() + 1);
    assertThat(execution.entered("Elsewhere")).isGreaterThan(execution.started().size());
  }
}
