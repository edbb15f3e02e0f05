package io.aircheck.detectors.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.ExcusingDetector;
import io.aircheck.core.detect.ExcusingDetector.Excuse;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.SpliceSignal;
import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestSound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BreakDetectorTest {
  private static final long SECOND = 1_000_000;

  private final BreakDetectorFactory factory = new BreakDetectorFactory();
  private final CapturingSink sink = new CapturingSink();
  private ExcusingDetector detector = create(Map.of());

  private ExcusingDetector create(Map<String, Double> options) {
    return (ExcusingDetector)
        factory.create(Options.of(factory.kind(), factory.options(), options));
  }

  private static SpliceSignal signal(
      Type type, String means, String id, double seconds, double duration, boolean returns) {
    return new SpliceSignal(
        type,
        means,
        id,
        Math.round(seconds * 1e6),
        duration > 0 ? OptionalLong.of(Math.round(duration * 1e6)) : OptionalLong.empty(),
        returns,
        "a test");
  }

  private void tell(SpliceSignal signal) {
    detector.onEvent(new MediaEvent.Splice(signal), sink);
  }

  private void out(String id, double seconds, double duration) {
    tell(signal(Type.OUT, "splice_insert", id, seconds, duration, false));
  }

  private void in(String id, double seconds) {
    tell(signal(Type.IN, "splice_insert", id, seconds, 0, false));
  }

  /** Sound of a tenth of a second each, up to a time. */
  private void play(double fromSeconds, double toSeconds) {
    for (long tenth = Math.round(fromSeconds * 10); tenth < Math.round(toSeconds * 10); tenth++) {
      detector.onAudio(
          TestSound.generated(
              tenth * SECOND / 10, 1000, ChannelLayout.MONO, 100, (channel, time) -> 0),
          sink);
    }
  }

  private static Finding finding(String kind, double from, double to) {
    return new Finding(
        kind + "/1",
        kind,
        Math.round(from * 1e6),
        Math.round(to * 1e6),
        Severity.ERROR,
        1,
        null,
        null,
        Map.of(),
        "a test");
  }

  private Optional<Long> excusedUntil(String kind, double from) {
    return detector.excuse(finding(kind, from, from)).map(Excuse::untilMicros);
  }

  @Test
  void break_announcedAndReturned_isOneFindingForInformation() {
    out("1", 2, 10);
    out("1", 2, 10);
    in("1", 12);
    play(0, 20);

    assertThat(sink.closed()).hasSize(1);
    Finding found = sink.closed().getFirst();
    assertThat(found.kind()).isEqualTo(Kinds.SPLICE_BREAK);
    assertThat(found.severity()).isEqualTo(Severity.INFO);
    assertThat(found.startMicros()).isEqualTo(2 * SECOND);
    assertThat(found.endMicros()).isEqualTo(11_900_000);
    assertThat(found.measurements()).containsEntry("announcedSeconds", 10.0);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void break_notReturned_overrunsAfterTheTolerance() {
    out("1", 2, 10);
    play(0, 17);
    assertThat(sink.open()).containsExactly("splice.break/1");

    play(17, 19);
    assertThat(sink.open()).containsExactly("splice.break/1", "splice.break_overrun/1");

    in("1", 20);
    play(19, 22);
    Finding overrun = sink.closed(Kinds.SPLICE_BREAK_OVERRUN).getFirst();
    assertThat(overrun.severity()).isEqualTo(Severity.ERROR);
    assertThat(overrun.startMicros()).isEqualTo(12 * SECOND);
    assertThat(overrun.endMicros()).isEqualTo(19_900_000);
    assertThat(overrun.measurements()).containsEntry("breakSeconds", 17.9);
    assertThat(overrun.message())
        .isEqualTo("ad break was announced for 10.0 s and is not over after 17.9 s");
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void break_withoutLength_overrunsAfterTheMaximum() {
    detector = create(Map.of("maxDurationSeconds", 20.0));
    out("1", 1, 0);
    play(0, 21);
    assertThat(sink.open()).containsExactly("splice.break/1");
    play(21, 22);
    assertThat(sink.open()).contains("splice.break_overrun/1");
  }

  @Test
  void break_thatReturnsByItself_needsNoSignal() {
    tell(signal(Type.OUT, "splice_insert", "1", 2, 10, true));
    play(0, 60);

    assertThat(sink.closed()).extracting(Finding::kind).containsExactly(Kinds.SPLICE_BREAK);
    assertThat(sink.closed().getFirst().endMicros()).isEqualTo(11_900_000);
  }

  @Test
  void break_nested_lastsUntilAllAreOver() {
    tell(signal(Type.OUT, "segmentation break", "1", 1, 30, false));
    tell(signal(Type.OUT, "segmentation provider_advertisement", "2", 1, 15, false));
    tell(signal(Type.IN, "segmentation provider_advertisement", "2", 16, 0, false));
    tell(signal(Type.OUT, "segmentation provider_advertisement", "3", 16, 15, false));
    tell(signal(Type.IN, "segmentation provider_advertisement", "3", 31, 0, false));
    tell(signal(Type.IN, "segmentation break", "1", 31, 0, false));
    play(0, 60);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().endMicros()).isEqualTo(30_900_000);
  }

  @Test
  void break_returnUnderAnotherId_isOverAllTheSame() {
    out("1", 2, 10);
    in("77", 12);
    play(0, 40);

    assertThat(sink.closed()).extracting(Finding::kind).containsExactly(Kinds.SPLICE_BREAK);
  }

  @Test
  void break_nextOneUnderTheSameName_endsWhatNothingEnded() {
    tell(signal(Type.OUT, "EXT-X-CUE", "", 2, 10, false));
    tell(signal(Type.OUT, "EXT-X-CUE", "", 14, 10, false));
    tell(signal(Type.IN, "EXT-X-CUE", "", 24, 0, false));
    play(0, 60);

    assertThat(sink.closed()).extracting(Finding::kind).containsExactly(Kinds.SPLICE_BREAK);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void break_cancelled_neitherBeginsNorExcuses() {
    out("1", 10, 10);
    tell(signal(Type.CANCEL, "splice_insert", "1", 3, 0, false));
    play(0, 30);

    assertThat(sink.observations()).isEmpty();
    assertThat(excusedUntil(Kinds.VIDEO_BLACK, 10)).isEmpty();
  }

  @Test
  void break_joinedInItsMiddle_beginsWhereWatchingBegan() {
    out("1", -8, 30);
    play(0, 40);

    assertThat(sink.open()).contains("splice.break_overrun/1");
    detector.finish(40 * SECOND, sink);
    assertThat(sink.closed(Kinds.SPLICE_BREAK).getFirst().startMicros()).isZero();
    assertThat(sink.closed(Kinds.SPLICE_BREAK_OVERRUN).getFirst().startMicros())
        .isEqualTo(22 * SECOND);
  }

  @Test
  void reconnect_inABreak_doesNotWaitForItsReturn() {
    out("1", 2, 10);
    play(0, 8);
    detector.onEvent(
        new MediaEvent.Discontinuity(
            null, 100 * SECOND, 0, MediaEvent.Discontinuity.Cause.RECONNECT),
        sink);
    play(100, 120);

    assertThat(sink.closed()).extracting(Finding::kind).containsExactly(Kinds.SPLICE_BREAK);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void excuse_states_reachToTheEndOfTheWindow() {
    out("1", 20, 60);

    assertThat(excusedUntil(Kinds.VIDEO_BLACK, 16.9)).isEmpty();
    assertThat(excusedUntil(Kinds.VIDEO_BLACK, 17)).contains(23 * SECOND);
    assertThat(excusedUntil(Kinds.AUDIO_SILENCE, 22)).contains(23 * SECOND);
    assertThat(excusedUntil(Kinds.VIDEO_FREEZE, 23.1)).isEmpty();
    // Where it was announced to come back.
    assertThat(excusedUntil(Kinds.VIDEO_SOLID_COLOR, 79)).contains(83 * SECOND);
    assertThat(excusedUntil(Kinds.VIDEO_BLOCK_CORRUPTION, 20)).isEmpty();
    assertThat(excusedUntil(Kinds.STREAM_GAP, 20)).isEmpty();
  }

  @Test
  void excuse_changes_goByWhereTheyHappen() {
    out("1", 20, 60);

    assertThat(excusedUntil(Kinds.VIDEO_LETTERBOX, 20.5)).contains(Long.MAX_VALUE);
    assertThat(excusedUntil(Kinds.AUDIO_LOUDNESS_JUMP, 81)).contains(Long.MAX_VALUE);
    assertThat(excusedUntil(Kinds.VIDEO_LETTERBOX, 40)).isEmpty();
  }

  @Test
  void excuse_windowsThatTouch_areOne() {
    out("1", 20, 5);

    assertThat(excusedUntil(Kinds.VIDEO_BLACK, 19)).contains(28 * SECOND);
  }

  @Test
  void excuse_withoutWindows_isNone() {
    detector = create(Map.of("windowBeforeSeconds", 0.0, "windowAfterSeconds", 0.0));
    out("1", 20, 5);

    assertThat(excusedUntil(Kinds.VIDEO_BLACK, 20)).isEmpty();
  }

  @Test
  void unreadable_manySections_areOneFinding() {
    for (int i = 0; i < 50; i++) {
      tell(signal(Type.UNREADABLE, "SCTE 35", "", i * 0.1, 0, false));
      play(i * 0.1, i * 0.1 + 0.1);
    }
    play(5, 30);

    assertThat(sink.closed()).hasSize(1);
    Finding found = sink.closed().getFirst();
    assertThat(found.kind()).isEqualTo(Kinds.SPLICE_UNREADABLE);
    assertThat(found.severity()).isEqualTo(Severity.WARNING);
    assertThat(found.measurements()).containsEntry("sections", 50.0);
  }

  @Test
  void unreadable_encrypted_isInformation() {
    tell(signal(Type.ENCRYPTED, "SCTE 35", "", 1, 0, false));
    play(0, 30);

    assertThat(sink.closed()).extracting(Finding::severity).containsExactly(Severity.INFO);
  }

  @Test
  void hostileSignals_areBounded() throws IOException {
    for (int i = 0; i < 100_000; i++) {
      out("id" + i, i, 5000);
    }
    play(0, 10);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    detector.snapshot(new DataOutputStream(state));

    assertThat(state.size()).isLessThan(100_000);
  }

  @Test
  void restore_atAnyTime_changesNothing() throws IOException {
    List<?> whole = story(false);

    assertThat(story(true)).isEqualTo(whole);
    assertThat(whole).hasSizeGreaterThan(6);
  }

  private List<?> story(boolean restoring) throws IOException {
    detector = create(Map.of());
    CapturingSink told = new CapturingSink();
    for (int second = 0; second < 60; second++) {
      switch (second) {
        case 1 -> out(told, Type.OUT, "1", 5, 10);
        case 14 -> out(told, Type.CANCEL, "9", 5, 0);
        case 25 -> out(told, Type.IN, "1", 26, 0);
        case 30 -> out(told, Type.OUT, "2", 32, 4);
        case 35 -> out(told, Type.UNREADABLE, "", 35, 0);
        default -> {
          // Nothing is announced.
        }
      }
      if (restoring) {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        detector.snapshot(new DataOutputStream(state));
        detector = create(Map.of());
        detector.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
      }
      detector.onAudio(
          TestSound.generated(
              second * SECOND, 1000, ChannelLayout.MONO, 1000, (channel, time) -> 0),
          told);
    }
    detector.finish(60 * SECOND, told);
    return told.observations();
  }

  private void out(CapturingSink told, Type type, String id, double seconds, double duration) {
    detector.onEvent(
        new MediaEvent.Splice(signal(type, "splice_insert", id, seconds, duration, false)), told);
  }
}
