package io.aircheck.detectors.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.TransportSignal;
import io.aircheck.core.media.TransportSignal.Indicator;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestSound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportDetectorTest {
  private final CapturingSink sink = new CapturingSink();

  private static Detector detector(Indicator indicator) {
    TransportDetectorFactory factory = new TransportDetectorFactory(indicator);
    return factory.create(Options.of(factory.kind(), factory.options(), Map.of()));
  }

  private static MediaEvent signal(
      Indicator indicator, double fromSeconds, double toSeconds, double value) {
    return new MediaEvent.Transport(
        new TransportSignal(
            indicator,
            256,
            Math.round(fromSeconds * 1e6),
            Math.round(toSeconds * 1e6),
            1,
            value,
            "detail"));
  }

  private void playUntil(Detector detector, double seconds) {
    detector.onAudio(
        TestSound.generated(
            Math.round(seconds * 1e6), 48_000, ChannelLayout.MONO, 480, (channel, time) -> 0),
        sink);
  }

  @ParameterizedTest
  @EnumSource(Indicator.class)
  void violation_ofAnyIndicator_becomesOneFindingOfItsKind(Indicator indicator) {
    Detector detector = detector(indicator);
    detector.onEvent(signal(indicator, 2, 9, 7_000), sink);
    playUntil(detector, 20);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.kind()).isEqualTo(indicator.kind());
    assertThat(finding.startMicros()).isEqualTo(2_000_000);
    assertThat(finding.endMicros()).isEqualTo(9_000_000);
    assertThat(finding.message()).isEqualTo("PID 256: detail");
  }

  @Test
  void losses_closeToEachOther_areOneErrorWithTheirSum() {
    Detector detector = detector(Indicator.CONTINUITY_COUNT);
    detector.onEvent(signal(Indicator.CONTINUITY_COUNT, 2, 2.4, 3), sink);
    playUntil(detector, 3);
    detector.onEvent(signal(Indicator.CONTINUITY_COUNT, 4, 4.5, 2), sink);
    playUntil(detector, 9);
    assertThat(sink.open()).hasSize(1);
    playUntil(detector, 9.5);

    Finding finding = sink.closed().getFirst();
    assertThat(finding.endMicros()).isEqualTo(4_500_000);
    assertThat(finding.measurements()).containsEntry("packetsLost", 5.0);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void signal_ofOtherIndicator_isIgnored() {
    Detector detector = detector(Indicator.PMT);
    detector.onEvent(signal(Indicator.PAT, 2, 4, 2_000), sink);
    detector.finish(5_000_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void patOutage_isAWarning_untilItLasts() {
    Detector detector = detector(Indicator.PAT);
    detector.onEvent(signal(Indicator.PAT, 2, 2.6, 600), sink);
    detector.onEvent(signal(Indicator.PAT, 2, 3.6, 1_600), sink);
    detector.finish(5_000_000, sink);

    assertThat(sink.observations()).hasSize(3);
    assertThat(sink.closed().getFirst().severity()).isEqualTo(Severity.ERROR);
    assertThat(sink.closed().getFirst().measurements())
        .containsEntry("longestIntervalMillis", 1_600.0);
  }

  @Test
  void clockInterval_upToALimit_isNoFinding() {
    Detector detector = detector(Indicator.PCR_REPETITION);
    detector.onEvent(signal(Indicator.PCR_REPETITION, 2, 2.1, 100), sink);
    assertThat(sink.observations()).isEmpty();
    detector.onEvent(signal(Indicator.PCR_REPETITION, 2, 2.11, 110), sink);
    assertThat(sink.open()).hasSize(1);
  }

  @Test
  void wrongTable_withoutInterval_isAFinding() {
    Detector detector = detector(Indicator.PAT);
    detector.onEvent(signal(Indicator.PAT, 2, 2, Double.NaN), sink);
    detector.finish(3_000_000, sink);
    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().measurements()).containsEntry("longestIntervalMillis", 0.0);
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() throws IOException {
    CapturingSink expected = new CapturingSink();
    Detector whole = detector(Indicator.CONTINUITY_COUNT);
    whole.onEvent(signal(Indicator.CONTINUITY_COUNT, 1, 1, 1), expected);
    whole.onEvent(signal(Indicator.CONTINUITY_COUNT, 2, 2, 4), expected);
    whole.finish(5_000_000, expected);

    Detector first = detector(Indicator.CONTINUITY_COUNT);
    first.onEvent(signal(Indicator.CONTINUITY_COUNT, 1, 1, 1), sink);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    first.snapshot(new DataOutputStream(state));
    Detector second = detector(Indicator.CONTINUITY_COUNT);
    second.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
    second.onEvent(signal(Indicator.CONTINUITY_COUNT, 2, 2, 4), sink);
    second.finish(5_000_000, sink);

    assertThat(sink.observations()).isEqualTo(expected.observations());
  }
}
