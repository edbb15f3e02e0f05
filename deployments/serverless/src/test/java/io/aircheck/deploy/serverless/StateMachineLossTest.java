package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong with one segment costs no more than it must. */
@Tag("slow")
@ExtendWith(MachineFixture.Shared.class)
class StateMachineLossTest {
  private final MachineFixture machine;

  StateMachineLossTest(MachineFixture machine) {
    this.machine = machine;
  }

  @Test
  void execution_pictureMissing_losesOneLookAndNothingOfTheOtherDetectors() throws Exception {
    S3Objects bucket = machine.bucket();
    FunctionsServer.Happening poison =
        (function, json) -> {
          if (function.equals("detect")) {
            Calls.Detect call = SegmentJson.read(json, Calls.Detect.class);
            if (call.number() == 2) {
              Segment segment = Converter.read(bucket, call.where().prefix(), 2);
              for (Segment.Step step : segment.steps()) {
                if (step instanceof Segment.Picture picture) {
                  bucket.put(picture.key(), new byte[] {1, 2, 3});
                }
              }
            }
          }
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions(poison)) {
      execution = AslInterpreter.run(machine.watch("poisoned", server), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Unseen")).isEqualTo(1);
    assertThat(machine.folded("poisoned").get(2).failures())
        .singleElement()
        .asString()
        .startsWith("poisoned, video.black: ");
    assertThat(machine.found("poisoned"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  @Test
  void execution_objectMissing_losesOneLookOfTheDetectorThatNeedsIt() throws Exception {
    S3Objects bucket = machine.bucket();
    FunctionsServer.Happening lost =
        (function, json) -> {
          if (function.equals("detect")) {
            Calls.Detect call = SegmentJson.read(json, Calls.Detect.class);
            String manifest = SegmentNames.manifest(call.where().prefix(), 1);
            if (call.number() == 1 && call.look().detector().kind().equals(Kinds.AUDIO_SILENCE)) {
              String segment = new String(bucket.get(manifest), StandardCharsets.UTF_8);
              bucket.put(
                  manifest,
                  segment
                      .replaceAll("(\"step\":\"sound\",\"key\":\")[^\"]*", "$1media/gone")
                      .getBytes(StandardCharsets.UTF_8));
            }
          }
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions(lost)) {
      execution = AslInterpreter.run(machine.watch("gone", server), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(machine.folded("gone").get(1).failures())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("media/gone"));
    assertThat(machine.found("gone")).extracting(Finding::kind).contains(Kinds.VIDEO_BLACK);
  }

  /** A segment that every call dies of costs one look of each detector, and not the watch. */
  @Test
  void execution_segmentThatEveryCallTimesOutOn_losesItAlone() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = machine.functions()) {
      execution =
          AslInterpreter.run(
              machine.watch("dies", server),
              server.uri(),
              new AslInterpreter.Outage("detect", 0, "States.Timeout", 850));
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Unseen")).isEqualTo(MachineFixture.DETECTORS.size());
    assertThat(machine.folded("dies").get(0).failures())
        .hasSize(MachineFixture.DETECTORS.size())
        .allSatisfy(line -> assertThat(line).contains("States.Timeout"));
    assertThat(machine.found("dies"))
        .extracting(Finding::kind)
        .contains(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }
}
