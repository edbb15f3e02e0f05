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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LadderFoldTest {
  private static final Programme PROGRAMME = new Programme(11);
  private static final Programme OTHER = new Programme(12);
  private final LadderFold fold = new LadderFold();

  @Test
  void samePicturesInAll_saysNothing() {
    assertThat(
            run(
                Map.of(
                    "v0", PROGRAMME.pictures(new View(0, 30, 25, 0)),
                    "v1", PROGRAMME.pictures(new View(0, 30, 25, 0)),
                    "v2", PROGRAMME.pictures(new View(0, 30, 12.5, 0)))))
        .isEmpty();
  }

  @Test
  void joinedAtAnotherSegment_saysNothing() {
    assertThat(
            run(
                Map.of(
                    "v0", PROGRAMME.pictures(new View(4, 30, 25, 0)),
                    "v1", PROGRAMME.pictures(new View(0, 30, 25, 0)))))
        .isEmpty();
  }

  @Test
  void otherPicturesInOneOfThree_namesIt() {
    List<Finding> findings =
        run(
            Map.of(
                "v0", PROGRAMME.pictures(new View(0, 30, 25, 0)),
                "v1", OTHER.pictures(new View(0, 30, 25, 0)),
                "v2", PROGRAMME.pictures(new View(0, 30, 25, 0))));

    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.kind()).isEqualTo("ladder.content_mismatch");
    assertThat(finding.rendition()).isEqualTo("v1");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message()).isEqualTo("Rendition v1 shows other pictures than v0, v2");
    assertThat(finding.startMicros()).isLessThan(4_000_000);
    assertThat(finding.endMicros()).isGreaterThan(27_000_000);
  }

  @Test
  void otherPicturesInOneOfTwo_namesBoth() {
    List<Finding> findings =
        run(
            Map.of(
                "v0", PROGRAMME.pictures(new View(0, 24, 25, 0)),
                "v1", OTHER.pictures(new View(0, 24, 25, 0))));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().rendition()).isNull();
    assertThat(findings.getFirst().message())
        .isEqualTo("Renditions v0 and v1 show different pictures");
  }

  @Test
  void mismatchThatEnds_isClosed() {
    List<Fingerprint> repaired = new ArrayList<>(OTHER.pictures(new View(0, 25, 25, 0)));
    PROGRAMME.pictures(new View(0, 50, 25, 0)).stream()
        .filter(f -> f.ptsMicros() > repaired.getLast().ptsMicros())
        .forEach(repaired::add);

    List<Finding> findings =
        run(Map.of("v0", PROGRAMME.pictures(new View(0, 50, 25, 0)), "v1", repaired));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().endMicros()).isBetween(23_000_000L, 37_000_000L);
  }

  @Test
  void blackOrFrozenRendition_isNotAMismatch() {
    List<Fingerprint> pictures = PROGRAMME.pictures(new View(0, 30, 25, 0));
    List<Fingerprint> black = pictures.stream().map(f -> still(f, 8, 16, 16)).toList();
    List<Fingerprint> frozen = pictures.stream().map(f -> still(f, 8, 30, 100)).toList();

    assertThat(run(Map.of("v0", pictures, "v1", black))).isEmpty();
    assertThat(run(Map.of("v0", pictures, "v1", frozen))).isEmpty();
  }

  @Test
  void samePicturesLater_areMisaligned() {
    List<Finding> findings =
        run(
            Map.of(
                "v0", PROGRAMME.pictures(new View(0, 20, 25, 0)),
                "v1", PROGRAMME.pictures(new View(0.4, 20, 25, 0)),
                "v2", PROGRAMME.pictures(new View(0, 20, 25, 0))));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("ladder.misaligned");
    assertThat(findings.getFirst().rendition()).isEqualTo("v1");
    assertThat(findings.getFirst().severity()).isEqualTo(Severity.WARNING);
    assertThat(findings.getFirst().measurements().get("lagMillis")).isCloseTo(-400, within(0.01));
  }

  @Test
  void joinedAtAnotherSegment_isAlignedByTimestamps() {
    assertThat(
            run(
                Map.of(
                    "v0", PROGRAMME.pictures(new View(0, 30, 25, 0), stamped(0, 7)),
                    "v1", PROGRAMME.pictures(new View(12, 30, 25, 0), stamped(12, 7)))))
        .isEmpty();
  }

  @Test
  void segmentBehind_isMisaligned() {
    List<Finding> findings =
        run(
            Map.of(
                "v0", PROGRAMME.pictures(new View(6, 30, 25, 0), stamped(6, 0)),
                "v1", PROGRAMME.pictures(new View(0, 30, 50, 0), stamped(6, 0)),
                "v2", PROGRAMME.pictures(new View(8, 30, 25, 0), stamped(8, 0))));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("ladder.misaligned");
    assertThat(findings.getFirst().rendition()).isEqualTo("v1");
    assertThat(findings.getFirst().measurements().get("lagMillis")).isCloseTo(6000, within(40.0));
  }

  @Test
  void mismatchAfterReconnect_isFound() {
    // The second rendition is lost for 20 s; its media time goes on by the clock, 1.7 s wrong.
    List<Fingerprint> reconnected =
        new ArrayList<>(PROGRAMME.pictures(new View(0, 20, 25, 0), stamped(0, 0)));
    PROGRAMME.pictures(new View(40, 20, 25, 0), stamped(40, 0)).stream()
        .map(f -> later(f, 41_700_000))
        .forEach(reconnected::add);
    OTHER.pictures(new View(60, 30, 25, 0), stamped(60, 0)).stream()
        .map(f -> later(f, 61_700_000))
        .forEach(reconnected::add);

    List<Finding> findings =
        run(
            Map.of(
                "v0",
                PROGRAMME.pictures(new View(0, 90, 25, 0), stamped(0, 0)),
                "v1",
                reconnected));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("ladder.content_mismatch");
    assertThat(findings.getFirst().startMicros()).isBetween(57_000_000L, 63_000_000L);
  }

  @Test
  void renditionThatStallsForLong_isNotAMismatch() {
    // While one stands, the other runs on by more than what is kept of it; then the first goes on.
    List<Fingerprint> all = PROGRAMME.pictures(new View(0, 150, 25, 0), stamped(0, 0));
    List<StreamObservation> inputs = new ArrayList<>();
    all.stream().filter(f -> f.ptsMicros() < 30_000_000).forEach(f -> both(f, inputs));
    all.stream().filter(f -> f.ptsMicros() >= 30_000_000).forEach(f -> inputs.add(from("v0", f)));
    all.stream().filter(f -> f.ptsMicros() >= 30_000_000).forEach(f -> inputs.add(from("v1", f)));

    assertThat(findings(inputs)).isEmpty();
  }

  private static void both(Fingerprint fingerprint, List<StreamObservation> inputs) {
    inputs.add(from("v0", fingerprint));
    inputs.add(from("v1", fingerprint));
  }

  @Test
  void discontinuityInAll_saysNothing() {
    // An advertisement with timestamps of its own; each joined at another segment.
    List<Fingerprint> first = withAdvertisement(new View(0, 20, 25, 0), 60);
    List<Fingerprint> second = withAdvertisement(new View(4, 16, 25, 0), 60);

    assertThat(run(Map.of("v0", first, "v1", second))).isEmpty();
  }

  @Test
  void advertisementOfOneRenditionLate_isMisaligned() {
    List<Finding> findings =
        run(
            Map.of(
                "v0", withAdvertisement(new View(0, 20, 25, 0), 60),
                "v1", withAdvertisement(new View(4, 16, 25, 0), 59.6)));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("ladder.misaligned");
    assertThat(findings.getFirst().startMicros()).isBetween(14_000_000L, 24_000_000L);
    assertThat(findings.getFirst().measurements().get("lagMillis")).isCloseTo(-400, within(0.01));
  }

  /** A stretch of the programme, and 20 s of another with timestamps from 9000 s on. */
  private static List<Fingerprint> withAdvertisement(View view, double fromSeconds) {
    List<Fingerprint> pictures =
        new ArrayList<>(PROGRAMME.pictures(view, stamped(view.fromSeconds(), 5)));
    long end = Math.round(view.seconds() * 1e6);
    OTHER.pictures(new View(fromSeconds, 20, 25, 0)).stream()
        .map(f -> stampedAt(later(f, end), new TimestampScope(6, 9_000_000_000L - end, 0)))
        .forEach(pictures::add);
    return pictures;
  }

  @Test
  void soundOfOneRenditionLate_isASyncOffset() {
    List<Finding> findings =
        run(
            Map.of(
                "v0", PROGRAMME.signatures(new View(0, 20, 25, 0)),
                "v1", PROGRAMME.signatures(new View(0, 20, 25, 120)),
                "v2", PROGRAMME.signatures(new View(0, 20, 25, 0))));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("sync.offset");
    assertThat(findings.getFirst().rendition()).isEqualTo("v1");
    assertThat(findings.getFirst().measurements().get("offsetMillis")).isCloseTo(120, within(1.0));
    assertThat(findings.getFirst().message())
        .isEqualTo("Rendition v1 differs in sound against picture from v0, v2: sound 120 ms late");
  }

  @Test
  void stateWrittenAndReadBack_changesNothing() {
    Map<String, List<Fingerprint>> renditions =
        Map.of(
            "v0", PROGRAMME.signatures(new View(0, 24, 25, 0)),
            "v1", PROGRAMME.signatures(new View(0.3, 24, 25, 120)));

    assertThat(findings(inputs(renditions), LadderFoldTest::throughBytes))
        .usingRecursiveComparison()
        .isEqualTo(run(renditions));
  }

  private static LadderState throughBytes(LadderState state) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(state);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (LadderState) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Timestamps that are programme time, for a view that begins at a programme time. */
  private static TimestampScope stamped(double fromSeconds, long sequence) {
    return new TimestampScope(sequence, Math.round(fromSeconds * 1e6), 0);
  }

  private static Fingerprint stampedAt(Fingerprint fingerprint, TimestampScope scope) {
    return new Fingerprint(
        fingerprint.track(),
        fingerprint.scheme(),
        fingerprint.ptsMicros(),
        fingerprint.stepMicros(),
        scope,
        fingerprint.values());
  }

  /** The same pictures, with the same timestamps, at another media time. */
  private static Fingerprint later(Fingerprint fingerprint, long micros) {
    TimestampScope scope = fingerprint.scope();
    return new Fingerprint(
        fingerprint.track(),
        fingerprint.scheme(),
        fingerprint.ptsMicros() + micros,
        fingerprint.stepMicros(),
        new TimestampScope(scope.sequence(), scope.offsetMicros() - micros, scope.periodMicros()),
        fingerprint.values());
  }

  @Test
  void singleRendition_saysNothing() {
    assertThat(run(Map.of("v0", PROGRAMME.pictures(new View(0, 20, 25, 0))))).isEmpty();
  }

  /** The fingerprint with a picture that stands still between two times. */
  private static Fingerprint still(
      Fingerprint fingerprint, double fromSeconds, double toSeconds, float luma) {
    float[] values = fingerprint.values().clone();
    for (int row = 0; row < values.length; row += PictureSignature.ROW) {
      double seconds = (fingerprint.ptsMicros() + values[row]) / 1e6;
      if (seconds >= fromSeconds && seconds < toSeconds) {
        for (int b = 0; b < PictureSignature.BLOCKS; b++) {
          values[row + 1 + b] = -3.32f;
          // The frozen one keeps some light and dark, the black one does not.
          values[row + 1 + PictureSignature.BLOCKS + b] = luma == 16 ? 16 : luma + 5 * b;
        }
      }
    }
    return new Fingerprint(
        fingerprint.track(),
        fingerprint.scheme(),
        fingerprint.ptsMicros(),
        fingerprint.stepMicros(),
        fingerprint.scope(),
        values);
  }

  private List<Finding> run(Map<String, List<Fingerprint>> renditions) {
    return findings(inputs(renditions));
  }

  private static List<StreamObservation> inputs(Map<String, List<Fingerprint>> renditions) {
    List<StreamObservation> inputs = new ArrayList<>();
    new TreeMap<>(renditions)
        .forEach(
            (rendition, fingerprints) -> fingerprints.forEach(f -> inputs.add(from(rendition, f))));
    inputs.sort(
        Comparator.comparingLong(
            o -> ((Observation.Fingerprinted) o.observation()).fingerprint().ptsMicros()));
    return inputs;
  }

  private static StreamObservation from(String rendition, Fingerprint fingerprint) {
    return new StreamObservation(
        "s", rendition, Point.MONITORED, 0, new Observation.Fingerprinted(fingerprint));
  }

  private List<Finding> findings(List<StreamObservation> inputs) {
    return findings(inputs, UnaryOperator.identity());
  }

  private List<Finding> findings(
      List<StreamObservation> inputs, UnaryOperator<LadderState> between) {
    LadderState state = fold.initial("s");
    List<StreamObservation> out = new ArrayList<>();
    for (StreamObservation input : inputs) {
      Step<LadderState, StreamObservation> step = fold.apply(between.apply(state), input);
      state = step.state();
      out.addAll(step.outputs());
    }
    out.addAll(fold.finish(state).outputs());
    List<Finding> closed = new ArrayList<>();
    int opened = 0;
    for (StreamObservation observation : out) {
      switch (observation.observation()) {
        case Observation.Opened o -> opened++;
        case Observation.Closed c -> closed.add(c.finding());
        case Observation.Updated u -> {}
        case Observation.Fingerprinted f -> {}
      }
    }
    assertThat(closed).hasSize(opened);
    return closed;
  }
}
