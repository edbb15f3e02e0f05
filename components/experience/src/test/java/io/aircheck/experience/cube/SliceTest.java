package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SliceTest {
  private static final int KEYS = 50;

  @Test
  void heavyKeys_amongAFloodOfRareOnes_haveCellsWithinTheBound() {
    List<String> keys = new ArrayList<>();
    for (int heavy = 0; heavy < 10; heavy++) {
      keys.addAll(Collections.nCopies(1_000 + heavy, "heavy" + heavy));
    }
    for (int rare = 0; rare < 20_000; rare++) {
      keys.add("rare" + rare);
    }
    Collections.shuffle(keys, new Random(1));
    Slice slice = new Slice(KEYS);
    keys.forEach(key -> slice.add(List.of(key), Deltas.watched("s", 0, key, "")));

    Map<String, Long> seen = new HashMap<>();
    slice.forEach((key, cell) -> seen.put(key.getFirst(), cell.sums().get(Measure.VIEWERS)));
    assertThat(seen).hasSize(KEYS);
    assertThat(slice.missing()).isPositive().isLessThanOrEqualTo(keys.size() / KEYS);
    for (int heavy = 0; heavy < 10; heavy++) {
      assertThat(seen.get("heavy" + heavy))
          .isBetween(1_000 + heavy - slice.missing(), 1_000L + heavy);
    }
    long others = slice.others().sums().get(Measure.VIEWERS);
    long listed = seen.values().stream().mapToLong(Long::longValue).sum();
    assertThat(listed + others).isEqualTo(keys.size());
    assertThat(slice.evicted()).isEqualTo(others);
  }

  @Test
  void keys_thatHaveRoom_areExact() {
    Slice slice = new Slice(KEYS);
    for (int i = 0; i < KEYS * 7; i++) {
      slice.add(List.of("k" + i % KEYS), Deltas.watched("s", 0, "", ""));
    }

    slice.forEach((key, cell) -> assertThat(cell.sums().get(Measure.VIEWERS)).isEqualTo(7));
    assertThat(slice.missing()).isZero();
    assertThat(slice.others().sums().isZero()).isTrue();
  }
}
