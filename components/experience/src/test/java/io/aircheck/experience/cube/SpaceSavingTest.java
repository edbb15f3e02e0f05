package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpaceSavingTest {
  private static final int COUNTERS = 50;

  @Test
  void heavyKeys_amongAFloodOfRareOnes_areCountedWithinTheBound() {
    List<String> keys = new ArrayList<>();
    for (int heavy = 0; heavy < 10; heavy++) {
      keys.addAll(Collections.nCopies(1_000 + heavy, "heavy" + heavy));
    }
    for (int rare = 0; rare < 20_000; rare++) {
      keys.add("rare" + rare);
    }
    Collections.shuffle(keys, new Random(1));
    SpaceSaving<String> counted = new SpaceSaving<>(COUNTERS);
    keys.forEach(counted::add);

    long bound = keys.size() / COUNTERS;
    for (int heavy = 0; heavy < 10; heavy++) {
      assertThat(counted.atLeast("heavy" + heavy)).isBetween(1_000 + heavy - bound, 1_000L + heavy);
    }
    assertThat(counted.total()).isEqualTo(keys.size());
    assertThat(counted.hasEvicted()).isTrue();
  }

  @Test
  void keys_thatHaveRoom_areCountedExactly() {
    SpaceSaving<String> counted = new SpaceSaving<>(COUNTERS);
    for (int i = 0; i < COUNTERS * 7; i++) {
      counted.add("k" + i % COUNTERS);
    }

    assertThat(counted.atLeast("k0")).isEqualTo(7);
    assertThat(counted.atLeast("other")).isZero();
    assertThat(counted.hasEvicted()).isFalse();
  }
}
