package io.aircheck.detectors.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
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

class ManifestDetectorTest {
  private final CapturingSink sink = new CapturingSink();

  private static Detector detector(Fault fault) {
    ManifestDetectorFactory factory = new ManifestDetectorFactory(fault);
    return factory.create(Options.of(factory.kind(), factory.options(), Map.of()));
  }

  private static MediaEvent signal(
      Fault fault, double fromSeconds, double toSeconds, boolean ongoing, double unchanged) {
    return new MediaEvent.Manifest(
        new ManifestSignal(
            fault,
            "v0",
            "live.m3u8",
            Math.round(fromSeconds * 1e6),
            Math.round(toSeconds * 1e6),
            ongoing,
            Map.of("unchangedSeconds", unchanged, "targetDurationSeconds", 2.0),
            "detail"));
  }

  private void playUntil(Detector detector, double seconds) {
    detector.onAudio(
        TestSound.generated(
            Math.round(seconds * 1e6), 48_000, ChannelLayout.MONO, 480, (channel, time) -> 0),
        sink);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void instant_ofAnyFault_becomesOneFindingOfItsKind(Fault fault) {
    Detector detector = detector(fault);
    detector.onEvent(signal(fault, 8, 10, false, 0), sink);
    playUntil(detector, 12);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.kind()).isEqualTo(fault.kind());
    assertThat(finding.startMicros()).isEqualTo(8_000_000);
    assertThat(finding.endMicros()).isEqualTo(10_000_000);
    assertThat(finding.message()).isEqualTo("detail (live.m3u8)");
  }

  @Test
  void instants_inARow_areOneFinding_apart_areTwo() {
    Detector detector = detector(Fault.SEGMENT_UNAVAILABLE);
    detector.onEvent(signal(Fault.SEGMENT_UNAVAILABLE, 8, 10, false, 0), sink);
    detector.onEvent(signal(Fault.SEGMENT_UNAVAILABLE, 10, 12, false, 0), sink);
    detector.onEvent(signal(Fault.SEGMENT_UNAVAILABLE, 20, 22, false, 0), sink);
    detector.finish(30_000_000, sink);

    assertThat(sink.closed())
        .extracting(Finding::endMicros)
        .containsExactly(12_000_000L, 22_000_000L);
    assertThat(sink.closed().getFirst().measurements()).containsEntry("faults", 2.0);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void ongoingFault_isOpenUntilItEnds_andGrowsFromWarningToError() {
    Detector detector = detector(Fault.STALE);
    detector.onEvent(signal(Fault.STALE, 6, 9, true, 4.5), sink);
    playUntil(detector, 30);
    assertThat(sink.open()).hasSize(1);
    detector.onEvent(signal(Fault.STALE, 6, 12, true, 6.5), sink);
    detector.onEvent(signal(Fault.STALE, 6, 14, false, 8), sink);

    assertThat(sink.observations())
        .extracting(observation -> observation.getClass().getSimpleName())
        .containsExactly("Opened", "Updated", "Closed");
    assertThat(((Observation.Opened) sink.observations().getFirst()).finding().severity())
        .isEqualTo(Severity.WARNING);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.startMicros()).isEqualTo(6_000_000);
    assertThat(finding.endMicros()).isEqualTo(14_000_000);
  }

  @Test
  void ongoingFault_atTheEndOfTheInput_isClosed() {
    Detector detector = detector(Fault.STALE);
    detector.onEvent(signal(Fault.STALE, 6, 9, true, 4.5), sink);
    detector.finish(20_000_000, sink);
    assertThat(sink.closed().getFirst().endMicros()).isEqualTo(20_000_000);
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() throws IOException {
    CapturingSink expected = new CapturingSink();
    Detector whole = detector(Fault.STALE);
    whole.onEvent(signal(Fault.STALE, 6, 9, true, 4.5), expected);
    whole.onEvent(signal(Fault.STALE, 6, 14, false, 8), expected);

    Detector first = detector(Fault.STALE);
    first.onEvent(signal(Fault.STALE, 6, 9, true, 4.5), sink);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    first.snapshot(new DataOutputStream(state));
    Detector second = detector(Fault.STALE);
    second.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
    second.onEvent(signal(Fault.STALE, 6, 14, false, 8), sink);

    assertThat(sink.observations()).isEqualTo(expected.observations());
  }

  private static MediaEvent invalid(double seconds, Map<String, Double> values, String detail) {
    long micros = Math.round(seconds * 1e6);
    return new MediaEvent.Manifest(
        new ManifestSignal(
            Fault.INVALID, "v0", "live.m3u8", micros, micros, false, values, detail));
  }

  private static final Map<String, Double> CHANGED =
      Map.of("targetDurationSeconds", 3.0, "targetDurationBeforeSeconds", 2.0);

  @Test
  void invalid_targetDurationThatChanges_isAWarning() {
    Detector detector = detector(Fault.INVALID);
    detector.onEvent(invalid(4, CHANGED, "target duration changed"), sink);
    detector.finish(10_000_000, sink);

    assertThat(sink.closed().getFirst().severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void invalid_warningRightBehindAnError_hidesNothingOfIt() {
    Detector detector = detector(Fault.INVALID);
    detector.onEvent(invalid(4, Map.of("line", 7.0), "segment without #EXTINF"), sink);
    detector.onEvent(invalid(4.5, CHANGED, "target duration changed"), sink);
    detector.finish(10_000_000, sink);

    Finding finding = sink.closed().getFirst();
    assertThat(sink.closed()).hasSize(1);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message()).startsWith("segment without #EXTINF");
    assertThat(finding.measurements()).containsEntry("faults", 2.0).containsEntry("line", 7.0);
  }

  @Test
  void invalid_errorRightBehindAWarning_makesItAnError() {
    Detector detector = detector(Fault.INVALID);
    detector.onEvent(invalid(4, CHANGED, "target duration changed"), sink);
    detector.onEvent(invalid(4.5, Map.of("line", 7.0), "segment without #EXTINF"), sink);
    detector.finish(10_000_000, sink);

    assertThat(sink.observations())
        .extracting(observation -> observation.getClass().getSimpleName())
        .containsExactly("Opened", "Updated", "Closed");
    assertThat(sink.closed().getFirst().severity()).isEqualTo(Severity.ERROR);
  }
}
