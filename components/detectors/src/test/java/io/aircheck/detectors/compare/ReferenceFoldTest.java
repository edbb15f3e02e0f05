package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.compare.Programme.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceFoldTest {
  private static final Programme PROGRAMME = new Programme(7);
  private final ReferenceFold fold = new ReferenceFold();

  @ParameterizedTest
  @CsvSource({"80,8.0", "200,0", "-120,3.24", "-400,11.96", "61,1.0", "-41,2.0"})
  void soundShiftedAgainstReference_isMeasuredToTheMillisecond(double shift, double start) {
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(start, 15, 25, shift)),
            PROGRAMME.signatures(new View(0, 30, 25, 0)));

    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.kind()).isEqualTo("sync.offset");
    assertThat(finding.measurements().get("offsetMillis")).isCloseTo(shift, within(1.0));
    assertThat(finding.measurements().get("delayMillis")).isCloseTo(-1000 * start, within(0.01));
    assertThat(finding.severity()).isGreaterThanOrEqualTo(Severity.WARNING);
    assertThat(finding.startMicros()).isLessThan(3_000_000);
    assertThat(finding.endMicros()).isCloseTo(15_000_000, within(300_000L));
  }

  @Test
  void pointBehindTheReference_isMeasured() {
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(0, 20, 25, 250)),
            PROGRAMME.signatures(new View(4, 20, 25, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("offsetMillis")).isCloseTo(250, within(1.0));
    assertThat(findings.getFirst().measurements().get("delayMillis")).isCloseTo(4000, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"25,30", "50,25", "24,25"})
  void otherPictureRate_isMeasuredWithinTenMilliseconds(double rate, double referenceRate) {
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(2, 20, rate, 150)),
            PROGRAMME.signatures(new View(0, 24, referenceRate, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("offsetMillis")).isCloseTo(150, within(10.0));
  }

  @Test
  void inStep_isToldAsInformation() {
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(5, 15, 25, 20)),
            PROGRAMME.signatures(new View(0, 25, 25, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Severity.INFO);
    assertThat(findings.getFirst().measurements().get("offsetMillis")).isCloseTo(20, within(1.0));
  }

  @Test
  void otherProgramme_isInconclusive() {
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(0, 30, 25, 0)),
            new Programme(8).signatures(new View(0, 30, 25, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Severity.INFO);
    assertThat(findings.getFirst().confidence()).isZero();
    assertThat(findings.getFirst().measurements()).isEmpty();
    assertThat(findings.getFirst().message())
        .startsWith("Inconclusive: the pictures were not found in the reference");
  }

  @Test
  void otherSound_isInconclusiveAndSaysSo() {
    View view = new View(0, 20, 25, 0);
    List<Fingerprint> mixed = new ArrayList<>(PROGRAMME.pictures(view));
    mixed.addAll(new Programme(8).sounds(view));
    mixed.sort(Comparator.comparingLong(Fingerprint::ptsMicros));

    assertThat(compare(mixed, PROGRAMME.signatures(view)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message()).contains("their sound was not").contains("other"));
  }

  @Test
  void referenceWithoutSound_isInconclusiveAndSaysSo() {
    View view = new View(0, 12, 25, 0);

    assertThat(compare(PROGRAMME.signatures(view), PROGRAMME.pictures(view)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .isEqualTo("Inconclusive: the reference has no sound"));
  }

  @ParameterizedTest
  // Sound that is early by much, near the beginning of what the reference has, takes longer.
  @CsvSource({"0, 0, 6.3", "0, 80, 6.3", "0.2, -250, 8"})
  void fewSeconds_areEnoughAtTheSamePictureRate(double start, double shift, double seconds) {
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(start, seconds, 25, shift)),
            PROGRAMME.signatures(new View(0, 12, 25, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("offsetMillis"))
        .isCloseTo(shift, within(1.0));
  }

  @Test
  void soundThatBeginsBeyondTheRange_isNotTakenForTheEndOfTheRange() {
    // The reference ends 20 ms before the end of what the last window would have to find.
    List<Finding> findings =
        compare(
            PROGRAMME.signatures(new View(0, 24, 25, 33)),
            PROGRAMME.signatures(new View(0, 24.02, 25, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("offsetMillis")).isCloseTo(33, within(1.0));
  }

  @Test
  void otherProgrammeForAMinute_isToldWhileItLasts() {
    List<StreamObservation> out =
        run(
            PROGRAMME.signatures(new View(0, 70, 25, 0)),
            new Programme(8).signatures(new View(0, 70, 25, 0)),
            UnaryOperator.identity());

    Observation.Opened opened = (Observation.Opened) out.getFirst().observation();
    assertThat(opened.finding().severity()).isEqualTo(Severity.INFO);
    assertThat(opened.finding().message()).startsWith("Inconclusive");
    assertThat(opened.finding().endMicros()).isBetween(59_000_000L, 63_000_000L);
    assertThat(out).hasSize(2);
    assertThat(out.getLast().observation()).isInstanceOf(Observation.Closed.class);
  }

  @Test
  void sameSoundWithOtherPictures_isInconclusive() {
    List<Fingerprint> mixed = new ArrayList<>(new Programme(8).pictures(new View(0, 20, 25, 0)));
    mixed.addAll(PROGRAMME.sounds(new View(0, 20, 25, 0)));
    mixed.sort(Comparator.comparingLong(Fingerprint::ptsMicros));

    assertThat(compare(mixed, PROGRAMME.signatures(new View(0, 20, 25, 0))))
        .singleElement()
        .satisfies(finding -> assertThat(finding.confidence()).isZero());
  }

  @Test
  void noReference_saysNothing() {
    assertThat(compare(PROGRAMME.signatures(new View(0, 10, 25, 0)), List.of())).isEmpty();
  }

  @Test
  void offsetThatIsCorrected_closesFinding() {
    List<Fingerprint> late = PROGRAMME.signatures(new View(0, 20, 25, 150));
    List<Fingerprint> corrected = PROGRAMME.signatures(new View(0, 40, 25, 0));
    List<Fingerprint> monitored = new ArrayList<>(late.subList(0, late.size() - 2));
    long cut = monitored.getLast().ptsMicros();
    corrected.stream().filter(f -> f.ptsMicros() > cut).forEach(monitored::add);

    List<Finding> findings = compare(monitored, PROGRAMME.signatures(new View(0, 40, 25, 0)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().endMicros()).isBetween(15_000_000L, 27_000_000L);
  }

  @Test
  void stateWrittenAndReadBackAtEachStep_changesNothing() {
    List<Fingerprint> monitored = PROGRAMME.signatures(new View(3, 12, 25, 90));
    List<Fingerprint> reference = PROGRAMME.signatures(new View(0, 16, 25, 0));

    assertThat(run(monitored, reference, ReferenceFoldTest::throughBytes))
        .usingRecursiveComparison()
        .isEqualTo(run(monitored, reference, UnaryOperator.identity()));
  }

  @Test
  void historyOfDays_staysBounded() {
    SignatureHistory history = SignatureHistory.EMPTY;
    for (int i = 0; i < 100_000; i++) {
      history =
          history.with(
              new Fingerprint(
                  "video:0",
                  PictureSignature.SCHEME,
                  i * 100_000L,
                  0,
                  TimestampScope.UNKNOWN,
                  new float[PictureSignature.ROW]));
    }
    assertThat(history.pictures()).hasSizeLessThanOrEqualTo(SignatureHistory.MOST_BATCHES);
  }

  private List<Finding> compare(List<Fingerprint> monitored, List<Fingerprint> reference) {
    List<StreamObservation> out = run(monitored, reference, UnaryOperator.identity());
    List<Finding> closed = new ArrayList<>();
    int open = 0;
    for (StreamObservation observation : out) {
      if (observation.observation() instanceof Observation.Opened) {
        open++;
      } else if (observation.observation() instanceof Observation.Closed c) {
        closed.add(c.finding());
        open--;
      }
    }
    assertThat(open).isZero();
    return closed;
  }

  private List<StreamObservation> run(
      List<Fingerprint> monitored,
      List<Fingerprint> reference,
      UnaryOperator<ReferenceState> between) {
    List<StreamObservation> inputs = new ArrayList<>();
    monitored.forEach(f -> inputs.add(observation(Point.MONITORED, f)));
    reference.forEach(f -> inputs.add(observation(Point.REFERENCE, f)));
    inputs.sort(
        Comparator.comparingLong(
            o -> ((Observation.Fingerprinted) o.observation()).fingerprint().ptsMicros()));
    ReferenceState state = fold.initial("s");
    List<StreamObservation> out = new ArrayList<>();
    for (StreamObservation input : inputs) {
      Step<ReferenceState, StreamObservation> step = fold.apply(state, input);
      state = between.apply(step.state());
      out.addAll(step.outputs());
    }
    out.addAll(fold.finish(state).outputs());
    return out;
  }

  private static StreamObservation observation(Point point, Fingerprint fingerprint) {
    return new StreamObservation("s", null, point, 0, new Observation.Fingerprinted(fingerprint));
  }

  private static ReferenceState throughBytes(ReferenceState state) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(state);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (ReferenceState) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
