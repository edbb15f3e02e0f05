package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.compare.Programme.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    assertThat(findings.getFirst().measurements().get("lagMillis")).isCloseTo(400, within(0.01));
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
        values);
  }

  private List<Finding> run(Map<String, List<Fingerprint>> renditions) {
    List<StreamObservation> inputs = new ArrayList<>();
    new TreeMap<>(renditions)
        .forEach(
            (rendition, fingerprints) ->
                fingerprints.forEach(
                    f ->
                        inputs.add(
                            new StreamObservation(
                                "s",
                                rendition,
                                Point.MONITORED,
                                0,
                                new Observation.Fingerprinted(f)))));
    inputs.sort(
        Comparator.comparingLong(
            o -> ((Observation.Fingerprinted) o.observation()).fingerprint().ptsMicros()));
    LadderState state = fold.initial("s");
    List<StreamObservation> out = new ArrayList<>();
    for (StreamObservation input : inputs) {
      Step<LadderState, StreamObservation> step = fold.apply(state, input);
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
