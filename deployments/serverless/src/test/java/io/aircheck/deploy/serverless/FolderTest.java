package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeNotifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FolderTest {
  private static final long SEGMENT_MICROS = 10_000_000;
  private static final Calls.Failed FAILED = new Calls.Failed("States.Timeout", "too slow");

  private final MemoryObjects objects = new MemoryObjects();
  private final FakeNotifier channel = new FakeNotifier();
  private final Meter meter = new Meter();

  private Calls.At fold(boolean live, int number, Calls.Watched... lanes) throws Exception {
    return new Folder(List.of(), Parts.installedRules(), objects, Teller.of("sns", channel), meter)
        .fold(new Calls.Fold(TestParts.job(live), number, List.of(lanes)));
  }

  private static Calls.Lane lane(int index) {
    return new Calls.Lane(
        TestParts.where(index),
        TestParts.input("a", true, SEGMENT_MICROS),
        List.of(TestParts.LOOK));
  }

  private static Calls.Converted converted(int number, boolean ended) {
    long from = number * SEGMENT_MICROS;
    long to = from + SEGMENT_MICROS;
    return new Calls.Converted(number, from, to, to / 1_000, ended, false);
  }

  /** A segment of the first lane that its detector looked at. */
  private Calls.Watched watched(
      int number, boolean ended, boolean anew, Observation... observations) throws Exception {
    return watched(0, number, ended, anew, observations);
  }

  private Calls.Watched watched(
      int lane, int number, boolean ended, boolean anew, Observation... observations)
      throws Exception {
    long atMicros = number * SEGMENT_MICROS;
    List<Timed> timed = new ArrayList<>();
    for (Observation observation : observations) {
      timed.add(
          new Timed(
              atMicros, lane, 0, 0, TestParts.where(lane).observed(atMicros / 1_000, observation)));
    }
    String key = SegmentNames.observed("s/1/" + lane, number, DarkDetector.KIND);
    objects.put(key, SegmentJson.write(new Calls.Observed(timed)));
    return new Calls.Watched(
        lane(lane),
        Optional.of(converted(number, ended)),
        List.of(Calls.Detected.of(DarkDetector.KIND, key, timed.size(), anew)),
        Optional.empty());
  }

  private static Finding dark(String id, long from, long to) {
    return new Finding(
        id, DarkDetector.KIND, from, to, Severity.ERROR, 1, "video:0", null, Map.of(), "Dark.");
  }

  private FoldedSegment folded(int number) throws Exception {
    return SegmentJson.read(objects.get(SegmentNames.folded("s/1", number)), FoldedSegment.class);
  }

  private static List<IncidentChange.Type> types(FoldedSegment folded) {
    return folded.changes().stream().map(IncidentChange::type).toList();
  }

  @Test
  void fold_findingOverTwoSegments_isOneIncidentThatIsToldAndClosedAtTheEnd() throws Exception {
    fold(true, 0, watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000))));
    Calls.At at =
        fold(true, 1, watched(1, true, false, new Observation.Closed(dark("1", 0, 2_000))));

    assertThat(types(folded(0))).containsExactly(IncidentChange.Type.OPENED);
    assertThat(types(folded(1)))
        .containsExactly(IncidentChange.Type.RECOVERING, IncidentChange.Type.CLOSED);
    assertThat(at).isEqualTo(new Calls.At(2, List.of(), Calls.Next.END, ""));
    String id = Incident.id("s", DarkDetector.KIND, 0);
    assertThat(channel.received()).containsExactly(id + "~1~sns", id + "~2~sns", id + "~3~sns");
    assertThat(meter.usage().of(Quantity.MESSAGES)).isEqualTo(3);
  }

  /** The defect is over when the stream is there; the stream is not. */
  @Test
  void fold_awaitedInputArrived_goesOnElsewhereAndTheIncidentRecovers() throws Exception {
    fold(true, 0, watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000))));
    Calls.Watched over = watched(1, true, false, new Observation.Closed(dark("1", 0, 2_000)));
    Calls.Converted arrived =
        new Calls.Converted(1, SEGMENT_MICROS, 2 * SEGMENT_MICROS, 20_000, true, true);

    Calls.At at =
        fold(
            true,
            1,
            new Calls.Watched(
                over.lane(), Optional.of(arrived), over.detected(), Optional.empty()));

    assertThat(at).isEqualTo(new Calls.At(2, List.of(), Calls.Next.ELSEWHERE, ""));
    assertThat(types(folded(1))).containsExactly(IncidentChange.Type.RECOVERING);
  }

  @Test
  void fold_again_answersTheSameAndChangesNothing() throws Exception {
    Calls.Watched opened = watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000)));
    Calls.At at = fold(true, 0, opened);
    byte[] state = objects.get(SegmentNames.folds("s/1"));

    assertThat(fold(true, 0, opened)).isEqualTo(at);

    assertThat(objects.get(SegmentNames.folds("s/1"))).isEqualTo(state);
    assertThat(channel.received()).hasSize(1);
  }

  @Test
  void fold_outOfOrder_saysSo() throws Exception {
    fold(true, 0, watched(0, false, false));

    assertThatThrownBy(() -> fold(true, 2, watched(2, false, false)))
        .isInstanceOf(CallFailedException.class)
        .hasMessage(
            "segment 2 cannot be folded: the last was 0; are there two watches of one stream and"
                + " run?");
  }

  @Test
  void fold_channelAway_tellsWithTheNextSegment() throws Exception {
    channel.answering(new Delivery.RetryAfter("throttled", Optional.empty()));
    fold(true, 0, watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000))));

    fold(true, 1, watched(1, false, false));

    assertThat(channel.received()).hasSize(2);
    assertThat(channel.received().get(1)).isEqualTo(channel.received().get(0));
    assertThat(meter.usage().of(Quantity.MESSAGES)).isEqualTo(1);
  }

  @Test
  void fold_channelAwayAtTheEnd_isTriedAgainUntilAllIsTold() throws Exception {
    Calls.Watched last = watched(0, true, false, new Observation.Opened(dark("1", 0, 1_000)));
    channel.answering(
        new Delivery.Delivered("ok"), new Delivery.RetryAfter("throttled", Optional.empty()));

    assertThatThrownBy(() -> fold(true, 0, last))
        .isInstanceOf(CallFailedException.class)
        .hasMessage("2 changes of incidents could not be told yet: sns: throttled");
    assertThat(fold(true, 0, last).next()).isEqualTo(Calls.Next.END);

    String id = Incident.id("s", DarkDetector.KIND, 0);
    assertThat(channel.received())
        .containsExactly(id + "~1~sns", id + "~2~sns", id + "~2~sns", id + "~3~sns");
  }

  @Test
  void fold_detectorFailed_isSaidAndWhatItHadOpenStays() throws Exception {
    fold(true, 0, watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000))));
    Calls.Detected failed =
        new Calls.Detected(DarkDetector.KIND, Optional.empty(), 0, false, Optional.of(FAILED));

    fold(
        true,
        1,
        new Calls.Watched(
            lane(0), Optional.of(converted(1, false)), List.of(failed), Optional.empty()));

    assertThat(folded(1).failures()).containsExactly("s, test.dark: States.Timeout too slow");
    assertThat(folded(1).observations()).isEmpty();
    fold(true, 2, watched(2, false, false, new Observation.Closed(dark("1", 0, 2_000))));
    assertThat(types(folded(2))).containsExactly(IncidentChange.Type.RECOVERING);
  }

  @Test
  void fold_detectorBeginsAnew_endsWhatItHadOpen() throws Exception {
    fold(true, 0, watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000))));

    fold(true, 1, watched(1, false, true, new Observation.Opened(dark("1", 5_000, 6_000))));

    assertThat(folded(1).observations())
        .extracting(observation -> observation.observation().getClass().getSimpleName())
        .containsExactly("Closed", "Opened");
    assertThat(types(folded(1)))
        .containsExactly(IncidentChange.Type.RECOVERING, IncidentChange.Type.RECURRED);
  }

  @Test
  void fold_inputLostInTheMiddle_endsWhatIsOpenAndSaysWhy() throws Exception {
    fold(false, 0, watched(0, false, false, new Observation.Opened(dark("1", 0, 1_000))));
    Calls.Failed cause =
        new Calls.Failed("x", "{\"errorMessage\": \"it cannot be decoded\", \"errorType\": \"x\"}");

    Calls.At at =
        fold(false, 1, new Calls.Watched(lane(0), Optional.empty(), List.of(), Optional.of(cause)));

    assertThat(at.next()).isEqualTo(Calls.Next.FAILED);
    assertThat(at.why()).isEqualTo("s: it cannot be decoded");
    assertThat(types(folded(1)))
        .containsExactly(IncidentChange.Type.RECOVERING, IncidentChange.Type.CLOSED);
  }

  @Test
  void fold_liveInputNotConverted_goesOn() throws Exception {
    Calls.At at =
        fold(true, 0, new Calls.Watched(lane(0), Optional.empty(), List.of(), Optional.of(FAILED)));

    assertThat(at).isEqualTo(new Calls.At(1, List.of(lane(0)), Calls.Next.SEGMENT, ""));
  }

  @Test
  void fold_oneOfTwoInputsEnds_goesOnWithTheOther() throws Exception {
    Calls.At at = fold(true, 0, watched(0, 0, true, false), watched(1, 0, false, false));

    assertThat(at.lanes()).containsExactly(lane(1));
  }

  @Test
  void fold_writtenBySomebodyElseMeanwhile_isAConflict() throws Exception {
    Calls.Watched next = watched(0, false, false);
    ObjectStore raced =
        new ForwardingObjects(objects) {
          @Override
          public void replace(String key, byte[] bytes, Optional<String> expected)
              throws ObjectStoreException {
            super.put(key, bytes);
            super.replace(key, bytes, expected);
          }
        };

    assertThatThrownBy(
            () ->
                new Folder(List.of(), Parts.installedRules(), raced, Teller.nobody(), meter)
                    .fold(new Calls.Fold(TestParts.job(true), 0, List.of(next))))
        .isInstanceOfSatisfying(
            ObjectStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(ObjectStoreException.Reason.CONFLICT));
  }
}
