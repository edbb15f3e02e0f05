package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is away for a while is waited for. */
@Tag("slow")
@ExtendWith(MachineFixture.Shared.class)
class StateMachineOutageTest {
  private final MachineFixture machine;

  StateMachineOutageTest(MachineFixture machine) {
    this.machine = machine;
  }

  /** Somebody takes a right away: the only thing that ends the watch of a live stream. */
  private static FunctionsServer.Happening deniedAtSegment(int number) {
    return (function, json) -> {
      if (function.equals("convert")
          && SegmentJson.read(json, Calls.Convert.class).number() == number) {
        throw new SetupException(new IllegalStateException("denied"));
      }
    };
  }

  @Test
  void execution_storeThrottles_isTriedAgain() throws Exception {
    List<String> failed = Collections.synchronizedList(new ArrayList<>());
    FunctionsServer.Happening throttled =
        (function, json) -> {
          JsonNode call = SegmentJson.read(json, JsonNode.class);
          String name = function + " " + call.path("number") + " " + call.at("/look/index");
          if (!failed.contains(name)) {
            failed.add(name);
            throw new PassingException(new IllegalStateException("too many requests"));
          }
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions(throttled)) {
      execution = AslInterpreter.run(machine.watch("throttled", server), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Convert")).isEqualTo(2 * execution.entered("Watch"));
    assertThat(machine.found("throttled"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  /** Whatever the machine is told while a function is away. */
  @ParameterizedTest
  @CsvSource({
    "plan, 0, States.Timeout",
    "plan, 0, Lambda.Unknown",
    "convert, 1, Lambda.TooManyRequestsException",
    "convert, 1, States.Timeout",
    "detect, 1, Lambda.TooManyRequestsException",
    "fold, 1, Lambda.ServiceException",
    "fold, 1, Lambda.Unknown"
  })
  void execution_functionAwayForAMinute_losesNothing(String function, int number, String error)
      throws Exception {
    String stream = "minute-" + function + "-" + error;
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution =
          AslInterpreter.run(
              machine.watch(stream, server),
              server.uri(),
              new AslInterpreter.Outage(function, number, error, 60));
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.waitedSeconds()).isGreaterThanOrEqualTo(60);
    assertThat(machine.folded(stream))
        .allSatisfy(segment -> assertThat(segment.failures()).isEmpty());
    assertThat(machine.found(stream))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  /** A quota that stays used up: nothing is lost, and nothing is said to be over. */
  @Test
  void execution_quotaUsedUpForLong_failsAndStartedAgainGoesOnWhereItStood() throws Exception {
    Calls.Watch watch;
    AslInterpreter.Execution stopped;
    AslInterpreter.Execution again;
    try (FunctionsServer server = machine.functions()) {
      watch = machine.watch("quota", server);
      stopped =
          AslInterpreter.run(
              watch,
              server.uri(),
              new AslInterpreter.Outage("convert", 2, "Lambda.TooManyRequestsException", 3_600));
      again = AslInterpreter.run(watch, server.uri());
    }

    assertThat(stopped.succeeded()).isFalse();
    assertThat(stopped.error()).isEqualTo("Lambda.TooManyRequestsException");
    assertThat(stopped.entered("Fold")).isEqualTo(2);
    assertThat(again.succeeded()).as(again.said().toString()).isTrue();
    assertThat(again.entered("Fold")).isEqualTo(machine.folded("quota").size() - 2);
    assertThat(machine.found("quota"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  /** Longer than every retry: another execution asks again. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "fold"})
  void execution_liveAndFunctionAwayForAnHour_goesOnElsewhere(String function) throws Exception {
    String stream = "hour-" + function;
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions(deniedAtSegment(1))) {
      execution =
          AslInterpreter.run(
              machine.live(stream, server),
              server.uri(),
              new AslInterpreter.Outage(function, 0, "Lambda.ServiceException", 3_600));
    }

    assertThat(execution.error())
        .as(execution.said().toString())
        .isEqualTo(SetupException.class.getName());
    assertThat(execution.entered("Later")).isPositive();
    assertThat(execution.started()).hasSize(execution.entered("Later"));
    assertThat(machine.folded(stream)).hasSize(1);
  }
}
