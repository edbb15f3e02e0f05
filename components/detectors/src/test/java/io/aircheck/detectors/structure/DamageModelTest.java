package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamageModelTest {
  /** Leads to the value numbered by the answers of three questions on three inputs. */
  private static final String TREE =
      "all.now<=1 all.second<=1 all.second<=1 all.rise<=1 all.rise<=1 all.rise<=1 all.rise<=1"
          + " 0 1 2 3 4 5 6 7";

  private static double[] inputs(double now, double second, double rise) {
    List<String> names = GridMemory.names();
    double[] inputs = new double[names.size()];
    inputs[names.indexOf("all.now")] = now;
    inputs[names.indexOf("all.second")] = second;
    inputs[names.indexOf("all.rise")] = rise;
    return inputs;
  }

  private static double logistic(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  @Test
  void probability_everyWayThroughATree_isTheLogisticOfItsValue() {
    DamageModel model = DamageModel.read(List.of("# a comment", "", TREE));

    for (int leaf = 0; leaf < 8; leaf++) {
      double[] inputs =
          inputs((leaf & 4) == 0 ? 1 : 1.5, (leaf & 2) == 0 ? 1 : 1.5, (leaf & 1) == 0 ? 1 : 1.5);
      assertThat(model.probability(inputs)).isCloseTo(logistic(leaf), within(1e-12));
    }
  }

  @Test
  void probability_severalTrees_addsTheirValues() {
    DamageModel model = DamageModel.read(List.of(TREE, TREE));

    assertThat(model.probability(inputs(2, 0, 2))).isCloseTo(logistic(10), within(1e-12));
  }

  @Test
  void read_lineThatIsNoTree_isRefused() {
    assertThatThrownBy(() -> DamageModel.read(List.of("all.now<=1 2 3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all.now<=1 2 3");
  }

  @Test
  void read_inputThatDoesNotExist_isRefused() {
    assertThatThrownBy(() -> DamageModel.read(List.of(TREE.replace("all.rise", "all.fall"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all.fall");
  }

  @Test
  void trained_quietGrid_isUnlikelyDamaged() {
    assertThat(DamageModel.trained().probability(new double[GridMemory.names().size()]))
        .isLessThan(0.1);
  }

  @Test
  void trained_gridThatKeepsComingAnew_isLikelyDamaged() {
    double[] inputs = new double[GridMemory.names().size()];
    Arrays.fill(inputs, 3);

    assertThat(DamageModel.trained().probability(inputs)).isGreaterThan(0.9);
  }
}
