package io.aircheck.experience.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceWindowTest {
  private final SequenceWindow window = new SequenceWindow();

  @Test
  void numbersInARow_areNewAndNoneIsMissing() {
    for (int i = 0; i < 1000; i++) {
      assertThat(take(i)).isTrue();
    }
    assertThat(window.lost()).isZero();
  }

  @Test
  void repeatedNumber_isNotNew() {
    take(0);
    take(1);
    assertThat(take(0)).isFalse();
    assertThat(take(1)).isFalse();
    assertThat(take(2)).isTrue();
  }

  @Test
  void gap_isMissingUntilItIsFilled() {
    take(0);
    take(3);
    assertThat(window.lost()).isEqualTo(2);
    assertThat(take(1)).isTrue();
    assertThat(window.lost()).isEqualTo(1);
    assertThat(take(1)).isFalse();
    assertThat(window.lost()).isEqualTo(1);
  }

  @Test
  void firstNumbersThatNeverCame_areMissing() {
    take(4);
    assertThat(window.lost()).as("1, 2 and 3").isEqualTo(3);
    take(0);
    assertThat(window.lost()).isEqualTo(3);
    take(2);
    assertThat(window.lost()).isEqualTo(2);
  }

  @Test
  void sessionJoinedLate_isMissingNothing() {
    take(5000);
    take(5002);
    assertThat(window.lost()).isEqualTo(1);
  }

  @Test
  void olderThanIsRemembered_isTakenForARepetition() {
    take(0);
    take(1000);
    assertThat(take(1000 - SequenceWindow.WIDTH)).isFalse();
    assertThat(take(1000 - SequenceWindow.WIDTH + 1)).isTrue();
    assertThat(window.lost()).isEqualTo(998);
  }

  @Test
  void numbersThatBeginAgain_areNew() {
    for (int i = 0; i <= 9; i++) {
      window.take(i, 1000 + i);
    }
    assertThat(window.take(0, 2000)).isTrue();
    assertThat(window.take(1, 2001)).isTrue();
    assertThat(window.take(3, 2003)).isTrue();
    assertThat(window.take(1, 2001)).isFalse();
    assertThat(window.lost()).isEqualTo(1);
  }

  @Test
  void numbersThatBeginAgainAfterMany_areNewAndTheLossBeforeIsKept() {
    take(0);
    take(500);
    assertThat(window.take(0, 501)).isTrue();
    assertThat(window.lost()).isEqualTo(499);
  }

  @Test
  void absurdJump_isNoLoss() {
    take(0);
    take(1_000_000_000_000L);
    assertThat(take(1_000_000_000_001L)).isTrue();
    assertThat(window.lost()).isZero();
  }

  @Test
  void anyOrderWithinTheWindow_leavesTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        if (random.nextInt(5) > 0) {
          numbers.add(i);
        }
      }
      int distinct = numbers.size();
      int highest = numbers.getLast();
      int zero = numbers.contains(0) ? 1 : 0;
      numbers.addAll(numbers.subList(0, 10));
      Collections.shuffle(numbers, random);
      SequenceWindow shuffled = new SequenceWindow();
      int taken = 0;
      for (int number : numbers) {
        taken += shuffled.take(number, number) ? 1 : 0;
      }
      assertThat(taken).isEqualTo(distinct);
      assertThat(shuffled.lost()).isEqualTo(highest - (distinct - zero));
    }
  }

  private boolean take(long sequence) {
    return window.take(sequence, sequence);
  }
}
