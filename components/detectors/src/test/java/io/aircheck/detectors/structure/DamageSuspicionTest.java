package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DamageSuspicionTest {
  private static final double[] ANY = new double[GridMemory.names().size()];

  /** Gives every picture the same probability: a tree whose values are all its logit. */
  private static DamageModel constant(double probability) {
    double logit = Math.log(probability / (1 - probability));
    return DamageModel.read(List.of("all.now<=0 ".repeat(7) + (logit + " ").repeat(8).strip()));
  }

  /** Whether pictures of a probability make a suspicion at 0.8 in three seconds of a background. */
  private static boolean suspected(double probability, double background) {
    var suspicion = new DamageSuspicion(constant(probability), 0.8);
    for (int i = 0; i <= 75; i++) {
      suspicion.update(i * 40_000L, ANY, background);
    }
    return suspicion.suspected();
  }

  @Test
  void suspected_cleanBackground_needsTheThreshold() {
    assertThat(suspected(0.81, 0)).isTrue();
    assertThat(suspected(0.81, 1)).isTrue();
    assertThat(suspected(0.79, 0)).isFalse();
    assertThat(suspected(0.79, -2)).isFalse();
  }

  @Test
  void suspected_gridInTheBackground_needsATwentiethMoreForEachStep() {
    assertThat(suspected(0.84, 2)).isFalse();
    assertThat(suspected(0.86, 2)).isTrue();
    assertThat(suspected(0.89, 3)).isFalse();
    assertThat(suspected(0.91, 3)).isTrue();
  }

  @Test
  void suspected_strongGridInTheBackground_needsATenthMoreAtMost() {
    assertThat(suspected(0.91, 30)).isTrue();
  }

  @Test
  void suspected_inTheFirstTwoSeconds_never() {
    var suspicion = new DamageSuspicion(constant(0.95), 0.8);
    for (int i = 0; i < 50; i++) {
      suspicion.update(i * 40_000L, ANY, 0);
      assertThat(suspicion.suspected()).isFalse();
    }
    suspicion.update(2_000_000, ANY, 0);

    assertThat(suspicion.suspected()).isTrue();
  }

  @Test
  void probability_constantPictures_approachesExponentially() {
    var suspicion = new DamageSuspicion(constant(0.5), 0.8);
    suspicion.update(0, ANY, 0);
    suspicion.update(120_000, ANY, 0);

    assertThat(suspicion.probability()).isCloseTo(0.5 * (1 - Math.exp(-1)), within(1e-12));
  }
}
