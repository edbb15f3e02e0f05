package io.aircheck.detectors.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import io.aircheck.core.media.MediaEvent.Discontinuity.Cause;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.picture.FusedPictureAnalyzer;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
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

class StreamDetectorsTest {
  private static final MediaInfo INFO =
      new MediaInfo(
          "clip.ts",
          "mpegts",
          OptionalLong.empty(),
          false,
          Optional.empty(),
          List.of(
              Track.video("video:0", "h264", 16, 16, 25),
              Track.audio("audio:0", "aac", 48_000, ChannelLayout.MONO)));

  private final CapturingSink sink = new CapturingSink();

  private static Detector create(DetectorFactory factory) {
    return factory.create(Options.of(factory.kind(), factory.options(), Map.of()));
  }

  private static Detector configured(DetectorFactory factory, MediaInfo info) {
    Detector detector = create(factory);
    detector.configure(info, 0, new CapturingSink());
    return detector;
  }

  private static void picture(
      Detector detector, long millis, boolean damaged, ObservationSink out) {
    show(
        detector,
        TestFrame.grey(16, 16, 90).at(millis * 1000, 40_000).damaged(damaged, false),
        out);
  }

  private static void show(Detector detector, TestFrame picture, ObservationSink out) {
    detector.onFrame(picture, new FusedPictureAnalyzer().analyze(picture), out);
  }

  private static void sound(Detector detector, long millis, ObservationSink out) {
    detector.onAudio(
        TestSound.generated(millis * 1000, 48_000, ChannelLayout.MONO, 1920, (c, t) -> 0), out);
  }

  /** Plays in steps of 40 ms. */
  private void play(Detector detector, long from, long to, boolean pictures, boolean sound) {
    for (long at = from; at < to; at += 40) {
      if (pictures) {
        picture(detector, at, false, sink);
      }
      if (sound) {
        sound(detector, at, sink);
      }
    }
  }

  private Finding only() {
    assertThat(sink.open()).isEmpty();
    assertThat(sink.closed()).hasSize(1);
    return sink.closed().getFirst();
  }

  @Test
  void sound_stoppingWhilePicturesGoOn_isAudioMissing() {
    Detector detector = configured(StreamDetectors.audioMissing(), INFO);
    play(detector, 0, 2_000, true, true);
    play(detector, 2_000, 5_000, true, false);
    play(detector, 5_000, 6_000, true, true);
    detector.finish(6_000_000, sink);

    Finding finding = only();
    assertThat(finding.track()).isEqualTo("audio:0");
    assertThat(finding.startMicros()).isCloseTo(2_000_000, within(100_000L));
    assertThat(finding.endMicros()).isCloseTo(5_000_000, within(50_000L));
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void pictures_stoppingWhileSoundGoesOn_isVideoMissing_andOpensWhileItLasts() {
    Detector detector = configured(StreamDetectors.videoMissing(), INFO);
    play(detector, 0, 2_000, true, true);
    play(detector, 2_000, 3_400, false, true);
    assertThat(sink.open()).hasSize(1);
    detector.finish(3_400_000, sink);
    assertThat(only().kind()).isEqualTo("stream.video_missing");
  }

  private static MediaInfo live() {
    return new MediaInfo(
        INFO.uri(), INFO.container(), OptionalLong.empty(), true, Optional.empty(), INFO.tracks());
  }

  @Test
  void pictures_lateAfterJoiningInTheMiddle_areAwaited_butNotForEver() {
    Detector detector = configured(StreamDetectors.videoMissing(), live());
    play(detector, 0, 4_000, false, true);
    play(detector, 4_000, 6_000, true, true);
    assertThat(sink.observations()).isEmpty();

    detector.onEvent(
        new MediaEvent.Discontinuity(null, 6_000_000, 0, MediaEvent.Discontinuity.Cause.RECONNECT),
        sink);
    play(detector, 6_000, 15_000, false, true);
    assertThat(sink.observations()).isEmpty();
    play(detector, 15_000, 20_000, false, true);
    assertThat(sink.open()).hasSize(1);
    detector.finish(20_000_000, sink);

    assertThat(only().startMicros()).isCloseTo(6_000_000, within(100_000L));
  }

  @Test
  void pictures_stoppingOnceTheyHaveBegun_areMissedAtOnceAlsoInALiveInput() {
    Detector detector = configured(StreamDetectors.videoMissing(), live());
    play(detector, 0, 1_000, true, true);
    play(detector, 1_000, 2_400, false, true);

    assertThat(sink.open()).hasSize(1);
  }

  @Test
  void sound_neverThere_isAudioMissingFromTheStart() {
    Detector detector = configured(StreamDetectors.audioMissing(), INFO);
    play(detector, 0, 3_000, true, false);
    detector.finish(3_000_000, sink);
    assertThat(only().startMicros()).isLessThan(50_000);
  }

  @Test
  void sound_thatWasNeverDeclared_isNotMissed() {
    MediaInfo silent = INFO.withTracks(List.of(INFO.tracks().getFirst()));
    Detector detector = configured(StreamDetectors.audioMissing(), silent);
    play(detector, 0, 3_000, true, false);
    detector.finish(3_000_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void sound_endingALittleBeforeAFiniteInput_isNoFinding() {
    MediaInfo finite =
        new MediaInfo(
            "clip.mp4", "mp4", OptionalLong.of(10_000_000), false, Optional.empty(), INFO.tracks());
    Detector detector = configured(StreamDetectors.audioMissing(), finite);
    play(detector, 0, 8_500, true, true);
    play(detector, 8_500, 10_000, true, false);
    detector.finish(10_000_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void everything_stopping_isAGapAndNoMissingTrack() {
    Detector missing = configured(StreamDetectors.audioMissing(), INFO);
    Detector gap = configured(StreamDetectors.gap(), INFO);
    for (Detector detector : List.of(missing, gap)) {
      play(detector, 0, 2_000, true, true);
      // Pictures come back before the sound does.
      play(detector, 3_520, 3_920, true, false);
      play(detector, 3_920, 6_000, true, true);
      detector.finish(6_000_000, sink);
    }
    Finding finding = only();
    assertThat(finding.kind()).isEqualTo("stream.gap");
    assertThat(finding.startMicros()).isEqualTo(2_000_000);
    assertThat(finding.endMicros()).isEqualTo(3_520_000);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void gap_toldOfAndSeen_isOneFinding() {
    Detector gap = configured(StreamDetectors.gap(), INFO);
    play(gap, 0, 2_000, true, true);
    gap.onEvent(new MediaEvent.Gap(null, 2_000_000, 3_520_000), sink);
    play(gap, 3_520, 6_000, true, true);
    gap.finish(6_000_000, sink);
    assertThat(only().durationMicros()).isEqualTo(1_520_000);
  }

  @Test
  void gap_ofAnUnavailableSegment_isNotReportedAgain() {
    Detector gap = configured(StreamDetectors.gap(), INFO);
    play(gap, 0, 2_000, true, true);
    gap.onEvent(
        new MediaEvent.Manifest(
            new ManifestSignal(
                ManifestSignal.Fault.SEGMENT_UNAVAILABLE,
                null,
                "s.ts",
                2_000_000,
                4_000_000,
                false,
                Map.of(),
                "404")),
        sink);
    play(gap, 4_000, 5_000, true, true);
    gap.finish(5_000_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void picturesOfUnknownLength_atARegularPace_areNoGap() {
    Detector gap = configured(StreamDetectors.gap(), INFO);
    for (int second = 0; second < 10; second++) {
      show(gap, TestFrame.grey(16, 16, 90).at(second * 1_000_000L, 0), sink);
    }
    gap.finish(10_000_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void jump_ofTwoTracksAtOnePlace_isOneFinding() {
    Detector jump = configured(StreamDetectors.timestampJump(), INFO);
    play(jump, 0, 2_000, true, true);
    jump.onEvent(
        new MediaEvent.Discontinuity("video:0", 2_000_000, 5_000_000, Cause.TIMESTAMP_JUMP), sink);
    jump.onEvent(
        new MediaEvent.Discontinuity("audio:0", 2_020_000, 5_000_000, Cause.TIMESTAMP_JUMP), sink);
    play(jump, 2_000, 4_000, true, true);

    Finding finding = only();
    assertThat(finding.startMicros()).isEqualTo(2_000_000);
    assertThat(finding.measurements()).containsEntry("jumpSeconds", 5.0);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void discontinuity_thatWasDeclaredOrSmall_isNoJump() {
    Detector jump = configured(StreamDetectors.timestampJump(), INFO);
    jump.onEvent(new MediaEvent.Discontinuity(null, 1_000_000, 9_000_000, Cause.DECLARED), sink);
    jump.onEvent(
        new MediaEvent.Discontinuity(null, 1_000_000, -90_000, Cause.TIMESTAMP_JUMP), sink);
    jump.finish(2_000_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void input_lostAndBack_isUnavailableInBetween() {
    Detector detector = configured(StreamDetectors.unavailable(), INFO);
    play(detector, 0, 2_000, true, true);
    detector.onEvent(new MediaEvent.Unavailable(2_000_000, "connection refused"), sink);
    detector.onEvent(new MediaEvent.Unavailable(4_000_000, "connection refused"), sink);
    assertThat(sink.open()).hasSize(1);
    detector.configure(INFO, 7_000_000, sink);
    play(detector, 7_000, 7_200, true, true);

    Finding finding = only();
    assertThat(finding.startMicros()).isEqualTo(2_000_000);
    assertThat(finding.endMicros()).isEqualTo(7_000_000);
    assertThat(finding.message()).isEqualTo("connection refused");
  }

  @Test
  void silentInput_isUnavailable_onceItLasts() {
    Detector detector = configured(StreamDetectors.unavailable(), INFO);
    detector.onEvent(new MediaEvent.Idle(2_000_000, 4_000), sink);
    assertThat(sink.observations()).isEmpty();
    detector.onEvent(new MediaEvent.Idle(2_000_000, 10_000), sink);
    assertThat(sink.open()).hasSize(1);
  }

  @Test
  void decodeErrors_inABurst_areOneErrorWithCounts() {
    Detector detector = configured(StreamDetectors.decodeError(), INFO);
    picture(detector, 0, false, sink);
    detector.onEvent(
        new MediaEvent.DecodeError("video:0", 40_000, Fault.INVALID_DATA, "broken"), sink);
    picture(detector, 40, true, sink);
    picture(detector, 1_000, true, sink);
    for (long at = 1_040; at < 4_000; at += 40) {
      picture(detector, at, false, sink);
    }

    Finding finding = only();
    assertThat(finding.track()).isEqualTo("video:0");
    assertThat(finding.startMicros()).isEqualTo(40_000);
    assertThat(finding.endMicros()).isEqualTo(1_040_000);
    assertThat(finding.measurements())
        .containsEntry("invalidData", 1.0)
        .containsEntry("corrupt", 2.0);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message())
        .isEqualTo("decoder rejected data 1 times, flagged 2 as damaged: broken");
  }

  @Test
  void decodeErrors_beforeTheFirstGoodPicture_areNoFinding() {
    Detector detector = configured(StreamDetectors.decodeError(), INFO);
    picture(detector, 0, true, sink);
    detector.onEvent(new MediaEvent.DecodeError("video:0", 0, Fault.INVALID_DATA, "x"), sink);
    picture(detector, 40, false, sink);
    detector.finish(80_000, sink);
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void snapshot_atAnyTime_changesNothing() throws IOException {
    for (DetectorFactory factory :
        List.of(
            StreamDetectors.audioMissing(),
            StreamDetectors.videoMissing(),
            StreamDetectors.gap(),
            StreamDetectors.timestampJump(),
            StreamDetectors.unavailable(),
            StreamDetectors.decodeError())) {
      CapturingSink expected = new CapturingSink();
      run(factory, expected, -1);
      assertThat(expected.open()).isEmpty();
      assertThat(expected.closed()).isNotEmpty();
      for (int cut = 0; cut < 200; cut += 7) {
        CapturingSink actual = new CapturingSink();
        run(factory, actual, cut);
        assertThat(actual.observations()).isEqualTo(expected.observations());
      }
    }
  }

  /** A stream with something for every detector, restored from a snapshot after a step. */
  private static void run(DetectorFactory factory, CapturingSink out, int cut) throws IOException {
    Detector detector = configured(factory, INFO);
    for (int step = 0; step < 200; step++) {
      long at = step * 40L;
      boolean hole = step >= 150 && step < 170;
      if (!hole && !(step >= 20 && step < 60)) {
        picture(detector, at, step == 110, out);
      }
      if (!hole && !(step >= 70 && step < 105)) {
        sound(detector, at, out);
      }
      if (step == 120) {
        detector.onEvent(
            new MediaEvent.Discontinuity(null, at * 1000, -3_000_000, Cause.TIMESTAMP_JUMP), out);
      }
      if (step == 190) {
        detector.onEvent(new MediaEvent.Unavailable(at * 1000, "lost"), out);
      }
      if (step == cut) {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        detector.snapshot(new DataOutputStream(state));
        detector = configured(factory, INFO);
        detector.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
      }
    }
    detector.finish(8_000_000, out);
  }
}
