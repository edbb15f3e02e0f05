package io.aircheck.media.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.media.resource.Addresses;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaylistTrackerTest {
  private static final int TARGET_SECONDS = 2;
  private final PlaylistTracker tracker = new PlaylistTracker();

  /**
   * A live window of four segments of 2 s: sequence numbers from one number, names from another.
   */
  private static MediaPlaylist window(long sequence, int name) {
    return live(sequence, name, 4, 0);
  }

  private static MediaPlaylist live(
      long sequence, int name, int count, long discontinuitySequence) {
    return new MediaPlaylist(
        TARGET_SECONDS,
        true,
        false,
        IntStream.range(0, count)
            .mapToObj(i -> segment(sequence + i, name + i, discontinuitySequence))
            .toList(),
        List.of());
  }

  private static Segment segment(long sequence, int name, long discontinuitySequence) {
    return new Segment(
        sequence,
        discontinuitySequence,
        URI.create("http://host/seg" + name + ".ts?token=" + sequence),
        Optional.empty(),
        2_000_000,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<String> drain() {
    List<String> names = new ArrayList<>();
    for (Optional<PlannedSegment> planned = tracker.poll();
        planned.isPresent();
        planned = tracker.poll()) {
      names.add(Addresses.fileName(planned.get().segment().uri()));
    }
    return names;
  }

  @Test
  void update_firstLiveWindow_joinsThreeTargetDurationsBeforeTheEnd() {
    assertThat(tracker.update(window(100, 0), 0)).isEmpty();

    assertThat(drain()).containsExactly("seg1.ts", "seg2.ts", "seg3.ts");
    assertThat(tracker.finished()).isFalse();
  }

  @Test
  void update_vod_startsAtTheFirstSegmentAndFinishes() {
    MediaPlaylist live = window(0, 0);
    tracker.update(new MediaPlaylist(2, true, true, live.segments(), List.of()), 0);

    assertThat(drain()).hasSize(4);
    assertThat(tracker.finished()).isTrue();
  }

  @Test
  void update_movingWindow_playsEachSegmentOnceWithoutSignals() {
    List<String> played = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assertThat(tracker.update(window(100 + i, i), 2_000L * i)).isEmpty();
      played.addAll(drain());
    }

    assertThat(played)
        .containsExactly(
            "seg1.ts", "seg2.ts", "seg3.ts", "seg4.ts", "seg5.ts", "seg6.ts", "seg7.ts");
  }

  @Test
  void refreshMillis_afterChangeAndWithoutChange_isTargetAndHalfOfIt() {
    tracker.update(window(100, 0), 0);
    long first = tracker.refreshMillis();
    tracker.update(window(100, 0), 2_000);

    assertThat(first).isEqualTo(2_000);
    assertThat(tracker.refreshMillis()).isEqualTo(1_000);
  }

  @Test
  void update_unchangedForMoreThanThreeTargets_isStaleUntilItChanges() {
    tracker.update(window(100, 0), 10_000);

    assertThat(tracker.update(window(100, 0), 16_000)).isEmpty();
    List<PlaylistSignal> stale = tracker.update(window(100, 0), 17_000);
    List<PlaylistSignal> recovered = tracker.update(window(101, 1), 18_000);

    assertThat(stale).hasSize(1);
    assertThat(stale.getFirst().fault()).isEqualTo(Fault.STALE);
    assertThat(stale.getFirst().ongoing()).isTrue();
    assertThat(stale.getFirst().values())
        .containsEntry("unchangedSeconds", 7.0)
        .containsEntry("targetDurationSeconds", 2.0)
        .containsEntry("lastChangeEpochSeconds", 10.0);
    assertThat(recovered).hasSize(1);
    assertThat(recovered.getFirst().ongoing()).isFalse();
    assertThat(recovered.getFirst().values()).containsEntry("unchangedSeconds", 8.0);
  }

  @Test
  void failed_forMoreThanThreeTargets_isStale() {
    tracker.update(window(100, 0), 0);

    assertThat(tracker.failed(6_000)).isEmpty();
    assertThat(tracker.failed(6_001))
        .extracting(PlaylistSignal::fault)
        .containsExactly(Fault.STALE);
  }

  @Test
  void update_sequenceJumpsWithSameSegments_isToldAndGoesOnWhereItWas() {
    tracker.update(window(103, 3), 0);
    drain();
    List<PlaylistSignal> signals = tracker.update(window(141, 4), 2_000);

    assertThat(signals).extracting(PlaylistSignal::fault).containsExactly(Fault.MEDIA_SEQUENCE);
    assertThat(signals.getFirst().values())
        .containsEntry("mediaSequence", 141.0)
        .containsEntry("mediaSequenceBefore", 103.0)
        .containsEntry("stepSegments", 38.0);
    assertThat(drain()).containsExactly("seg7.ts");
    assertThat(tracker.update(window(142, 5), 4_000)).isEmpty();
    assertThat(drain()).containsExactly("seg8.ts");
  }

  @Test
  void update_sequenceStepsBackWithSameSegments_isToldAndGoesOnWhereItWas() {
    tracker.update(window(103, 3), 0);
    drain();
    List<PlaylistSignal> signals = tracker.update(window(92, 4), 2_000);

    assertThat(signals).extracting(PlaylistSignal::fault).containsExactly(Fault.MEDIA_SEQUENCE);
    assertThat(signals.getFirst().values()).containsEntry("stepSegments", -11.0);
    assertThat(drain()).containsExactly("seg7.ts");
    assertThat(tracker.update(window(93, 5), 4_000)).isEmpty();
    assertThat(drain()).containsExactly("seg8.ts");
  }

  @Test
  void update_sequenceStepsBackWithUnknownSegments_joinsAgain() {
    tracker.update(window(103, 3), 0);
    drain();
    tracker.update(window(0, 50), 2_000);
    Optional<PlannedSegment> planned = tracker.poll();

    assertThat(planned.orElseThrow().segment().sequence()).isEqualTo(1);
    assertThat(planned.orElseThrow().continues()).isFalse();
  }

  @Test
  void update_olderVersionDelivered_isToldAndNothingPlaysTwice() {
    tracker.update(window(103, 3), 0);
    drain();
    List<PlaylistSignal> signals = tracker.update(window(102, 2), 2_000);

    assertThat(signals).hasSize(1);
    assertThat(signals.getFirst().detail()).contains("an older version");
    assertThat(drain()).isEmpty();
    assertThat(tracker.update(window(104, 4), 4_000)).isEmpty();
    assertThat(drain()).containsExactly("seg7.ts");
  }

  @Test
  void update_windowMovedPastUsDuringOutage_skipsWithoutSequenceSignal() {
    tracker.update(window(100, 0), 0);
    drain();
    List<PlaylistSignal> signals = tracker.update(window(106, 6), 12_000);
    PlannedSegment planned = tracker.poll().orElseThrow();

    assertThat(signals).isEmpty();
    assertThat(planned.continues()).isFalse();
    assertThat(planned.segment().sequence()).isEqualTo(106);
    assertThat(planned.skippedMicros()).isEqualTo(4_000_000);
  }

  @Test
  void update_otherSegmentsUnderSameNumbers_isTold() {
    tracker.update(window(100, 0), 0);
    List<PlaylistSignal> signals = tracker.update(window(101, 2), 2_000);

    assertThat(signals).hasSize(1);
    assertThat(signals.getFirst().fault()).isEqualTo(Fault.MEDIA_SEQUENCE);
    assertThat(signals.getFirst().values()).containsEntry("replacedSegments", 3.0);
  }

  @Test
  void update_discontinuitySequenceChangesForSameSegment_isTold() {
    tracker.update(live(100, 0, 4, 3), 0);
    List<PlaylistSignal> signals = tracker.update(live(101, 1, 4, 2), 2_000);

    assertThat(signals)
        .extracting(PlaylistSignal::fault)
        .containsExactly(Fault.DISCONTINUITY_SEQUENCE);
    assertThat(signals.getFirst().values())
        .containsEntry("expected", 3.0)
        .containsEntry("found", 2.0);
  }

  @Test
  void update_sameIssueInEveryVersion_isToldOnce() {
    PlaylistIssue issue = new PlaylistIssue(4, "segment without #EXTINF");
    MediaPlaylist first =
        new MediaPlaylist(2, true, false, window(1, 1).segments(), List.of(issue));
    MediaPlaylist second =
        new MediaPlaylist(
            2, true, false, window(2, 2).segments(), List.of(new PlaylistIssue(3, issue.detail())));

    assertThat(tracker.update(first, 0))
        .extracting(PlaylistSignal::fault)
        .containsExactly(Fault.INVALID);
    assertThat(tracker.update(second, 2_000)).isEmpty();
  }

  @Test
  void resumeAfter_sequenceInWindow_continuesBehindIt() {
    tracker.update(window(100, 0), 0);
    tracker.resumeAfter(102);

    assertThat(drain()).containsExactly("seg3.ts");
  }

  private static MediaPlaylist withTarget(int seconds, boolean declared, long sequence) {
    return new MediaPlaylist(
        seconds, declared, false, window(sequence, (int) sequence).segments(), List.of());
  }

  @Test
  void update_targetDurationSwings_tellsEachValueOnce() {
    List<PlaylistSignal> signals = new ArrayList<>();
    int sequence = 1;
    for (int target : new int[] {2, 3, 2, 3, 2, 4, 3}) {
      signals.addAll(tracker.update(withTarget(target, true, sequence), 2_000L * sequence));
      sequence++;
    }

    assertThat(signals)
        .allMatch(signal -> signal.fault() == Fault.INVALID)
        .extracting(PlaylistSignal::detail)
        .containsExactly(
            "target duration changed from 2 to 3 s", "target duration changed from 2 to 4 s");
  }

  @Test
  void update_targetDurationThatNobodyDeclared_mayChange() {
    tracker.update(withTarget(2, false, 1), 0);

    assertThat(tracker.update(withTarget(3, false, 2), 2_000)).isEmpty();
  }
}
