package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GridMemoryTest {
  private static final double[] NOTHING = new double[BlockGrid.SIGNALS];

  private final GridMemory memory = new GridMemory();

  private static double value(double[] inputs, String name) {
    return inputs[GridMemory.names().indexOf(name)];
  }

  private static double[] only(int signal, double contrast) {
    double[] contrasts = new double[BlockGrid.SIGNALS];
    contrasts[signal] = contrast;
    return contrasts;
  }

  @Test
  void inputs_namedOncePerSignalAndMemory() {
    assertThat(GridMemory.names())
        .hasSize((BlockGrid.SIGNALS + 1) * 6)
        .hasSameSizeAs(memory.inputs(0, NOTHING))
        .doesNotHaveDuplicates();
  }

  @Test
  void inputs_stepAfterQuiet_followExponentials() {
    memory.inputs(0, NOTHING);
    for (int i = 1; i <= 999; i++) {
      memory.inputs(i * 10_000L, NOTHING);
    }
    double[] inputs = memory.inputs(10_240_000, only(1, 2));

    double quarter = 2 * (1 - Math.exp(-1));
    assertThat(value(inputs, "vertical.new.now")).isEqualTo(2);
    assertThat(value(inputs, "vertical.new.quarter")).isCloseTo(quarter, within(1e-12));
    assertThat(value(inputs, "vertical.new.second"))
        .isCloseTo(2 * (1 - Math.exp(-0.25)), within(1e-12));
    double slow = quarter * (1 - Math.exp(-0.0625));
    assertThat(value(inputs, "vertical.new.rise")).isCloseTo(quarter - slow, within(1e-12));
    assertThat(value(inputs, "vertical.new.slow")).isCloseTo(slow, within(1e-12));
    assertThat(value(inputs, "vertical.new.surge")).isCloseTo(2 - slow, within(1e-12));
    assertThat(value(inputs, "horizontal.new.now")).isZero();
  }

  @Test
  void inputs_allIsTheSumOfTheSignals() {
    double[] inputs = memory.inputs(0, new double[] {1, 2, 3, 4, 5, -6});

    assertThat(value(inputs, "all.now")).isEqualTo(9);
  }

  @Test
  void inputs_gridThatIsAlwaysThere_isNeitherSurgeNorRise() {
    double[] inputs = {};
    for (int i = 0; i < 25 * 60; i++) {
      inputs = memory.inputs(i * 40_000L, only(3, 2));
    }

    assertThat(value(inputs, "horizontal.present.second")).isCloseTo(2, within(1e-6));
    assertThat(value(inputs, "horizontal.present.surge")).isCloseTo(0, within(1e-5));
    assertThat(value(inputs, "horizontal.present.rise")).isCloseTo(0, within(1e-5));
  }

  @Test
  void background_gridThatIsAlwaysThere_isTheSumOfItsContrasts() {
    for (int i = 0; i < 25 * 60; i++) {
      memory.inputs(i * 40_000L, new double[] {1, 0, 0, 0.5, 0, 0});
    }

    assertThat(memory.background()).isCloseTo(1.5, within(1e-5));
  }

  @Test
  void background_oneSharpPicture_hardlyMoves() {
    for (int i = 0; i < 100; i++) {
      memory.inputs(i * 40_000L, NOTHING);
    }
    memory.inputs(4_000_000, only(0, 10));

    double quarter = 10 * (1 - Math.exp(-0.04 / 0.25));
    assertThat(memory.background()).isCloseTo(quarter * (1 - Math.exp(-0.04 / 4)), within(1e-12));
  }

  @Test
  void clear_afterPictures_beginsAnew() {
    double[] fresh = new GridMemory().inputs(0, only(0, 1)).clone();
    memory.inputs(0, only(0, 3));
    memory.inputs(40_000, only(2, 1));
    memory.clear();

    assertThat(memory.inputs(5_000_000, only(0, 1))).isEqualTo(fresh);
  }

  @Test
  void restore_inTheMiddle_changesNothing() throws IOException {
    memory.inputs(0, only(0, 3));
    memory.inputs(40_000, only(1, 1));
    var bytes = new ByteArrayOutputStream();
    memory.snapshot(new DataOutputStream(bytes));
    GridMemory successor = new GridMemory();
    successor.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(successor.inputs(80_000, only(2, 1))).isEqualTo(memory.inputs(80_000, only(2, 1)));
  }
}
