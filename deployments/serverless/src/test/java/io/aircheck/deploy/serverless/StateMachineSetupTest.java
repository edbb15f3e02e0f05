package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody has to mend ends an execution at once, with what to do. */
@Tag("slow")
@ExtendWith(MachineFixture.Shared.class)
class StateMachineSetupTest {
  private final MachineFixture machine;

  StateMachineSetupTest(MachineFixture machine) {
    this.machine = machine;
  }

  @Test
  void execution_noCredentials_failsAtOnceAndSaysWhatToDo() throws Exception {
    System.clearProperty("aws.accessKeyId");
    System.setProperty("aws.disableEc2Metadata", "true");
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution = AslInterpreter.run(machine.watch("nobody", server), server.uri());
    } finally {
      System.setProperty("aws.accessKeyId", "id");
      System.clearProperty("aws.disableEc2Metadata");
    }

    assertThat(execution.error()).isEqualTo(SetupException.class.getName());
    assertThat(execution.cause()).contains("there are no credentials; give the function a role");
    assertThat(execution.entered("Plan")).isEqualTo(1);
  }

  @Test
  void execution_bucketMissing_failsAtOnceAndSaysWhatToDo() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functionsOver("nowhere")) {
      execution = AslInterpreter.run(machine.watch("bucket", server), server.uri());
    }

    assertThat(execution.error()).isEqualTo(SetupException.class.getName());
    assertThat(execution.cause()).contains("there is no such bucket; create it, or name another");
    assertThat(execution.entered("Plan")).isEqualTo(1);
  }

  @Test
  void execution_inputMissing_failsAndSaysWhy() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution = AslInterpreter.run(machine.watch("away", server.file("none.ts")), server.uri());
    }

    assertThat(execution.error()).isEqualTo("Unreadable");
    assertThat(execution.cause()).startsWith("away: ").contains("none.ts");
    assertThat(execution.entered("Unconverted")).isEqualTo(1);
  }
}
