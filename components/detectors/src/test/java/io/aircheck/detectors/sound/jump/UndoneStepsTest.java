package io.aircheck.detectors.sound.jump;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.detectors.sound.jump.UndoneSteps.Suspect;
import org.junit.jupiter.api.Test;

class UndoneStepsTest {
  private static final long SECOND = 1_000_000;

  private final UndoneSteps steps = new UndoneSteps(10 * SECOND, -3);

  private static Suspect step(double seconds, double changeLu, double evidence) {
    return new Suspect((long) (seconds * SECOND), changeLu, Math.abs(changeLu), -30, evidence);
  }

  @Test
  void stepBack_ofTheSameSize_undoesTheFirst() {
    Suspect first = step(5, 12, -1);
    assertThat(steps.undoneBy(first)).isNull();
    assertThat(steps.undoneBy(step(9, -12, -1.9))).isEqualTo(first);
  }

  @Test
  void stepBack_withTooLittleEvidence_undoesNothing() {
    steps.undoneBy(step(5, 12, -1));
    assertThat(steps.undoneBy(step(9, -12, -2.1))).isNull();
  }

  @Test
  void stepBack_thatIsSmaller_costsHalfADecibelOfEvidencePerDecibel() {
    steps.undoneBy(step(5, 12, -1));
    assertThat(steps.undoneBy(step(9, -8, -0.1))).isNull();
    assertThat(steps.undoneBy(step(9.5, -8, 0.1))).isNotNull();
  }

  @Test
  void secondStep_inTheSameDirection_undoesNothing() {
    steps.undoneBy(step(5, 12, -1));
    assertThat(steps.undoneBy(step(9, 12, -1))).isNull();
  }

  @Test
  void stepBack_atOnceOrTooLate_undoesNothing() {
    steps.undoneBy(step(5, 12, -1));
    assertThat(steps.undoneBy(step(5.9, -12, -1))).isNull();
    steps.clear();
    steps.undoneBy(step(5, 12, -1));
    assertThat(steps.undoneBy(step(15.1, -12, -1))).isNull();
  }

  @Test
  void firstStep_onceUndone_isForgotten() {
    steps.undoneBy(step(5, 12, -1));
    assertThat(steps.undoneBy(step(7, -12, -1))).isNotNull();
    assertThat(steps.undoneBy(step(9, -12, -1))).isNull();
  }
}
