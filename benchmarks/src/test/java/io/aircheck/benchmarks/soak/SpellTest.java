package io.aircheck.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.benchmarks.soak.Spell.Trouble;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpellTest {
  @Test
  void after_anyNumber_troubleAndHealthTakeTurnsAndEveryTroubleComes() {
    Random random = new Random(5);
    Set<Trouble> seen = EnumSet.noneOf(Trouble.class);
    Trouble before = Trouble.NONE;
    for (int i = 0; i < 1000; i++) {
      Spell spell = Spell.after(before, random);
      assertThat(spell.trouble() == Trouble.NONE).isEqualTo(before != Trouble.NONE);
      assertThat(spell.millis()).isBetween(0L, 75_000L);
      seen.add(spell.trouble());
      before = spell.trouble();
    }
    assertThat(seen).containsExactlyInAnyOrder(Trouble.values());
  }

  @Test
  void after_sameSeed_isTheSame() {
    assertThat(Spell.after(Trouble.NONE, new Random(9)))
        .isEqualTo(Spell.after(Trouble.NONE, new Random(9)));
  }
}
