package io.aircheck.deploy.isolated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
  private static final long MINUTE = 60_000;

  private final Placement placement =
      new Placement(new Placement.Rules(2, 3, 10 * MINUTE, 500, 30_000));
  private long now = 1_000_000;

  private int cellOf(String stream) {
    return placement.cell(stream).orElseThrow();
  }

  private Optional<String> die(String stream) {
    return placement.died(cellOf(stream), Optional.empty(), now);
  }

  private void add(String... streams) {
    for (String stream : streams) {
      placement.add(stream);
    }
  }

  @Test
  void add_severalStreams_spreadOverTheCells() {
    add("a", "b", "c", "d");

    assertThat(placement.occupied()).hasSize(2);
    assertThat(placement.occupied()).allSatisfy(c -> assertThat(placement.members(c)).hasSize(2));
  }

  @Test
  void died_once_allComeBackWhereTheyWereAfterTheFirstDelay() {
    add("a", "b", "c", "d");
    int cell = cellOf("a");

    assertThat(die("a")).isEmpty();

    assertThat(placement.members(cell)).containsExactlyInAnyOrder("a", "c");
    assertThat(placement.mayStart(cell, now + 499)).isFalse();
    assertThat(placement.mayStart(cell, now + 500)).isTrue();
    assertThat(placement.mayStart(cellOf("b"), now)).isTrue();
  }

  @Test
  void died_againAndAgain_waitsTwiceAsLongUpToTheLongest() {
    add("a");
    int cell = cellOf("a");
    placement.failedToStart(cell, now);
    placement.failedToStart(cell, now);
    assertThat(placement.mayStart(cell, now + 999)).isFalse();
    assertThat(placement.mayStart(cell, now + 1000)).isTrue();

    for (int i = 0; i < 20; i++) {
      placement.failedToStart(cell, now);
    }

    assertThat(placement.mayStart(cell, now + 29_999)).isFalse();
    assertThat(placement.mayStart(cell, now + 30_000)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void died_oneCulpritAmongMany_isFoundAndTheOthersAreDisturbedLittle(int streams) {
    for (int i = 0; i < 2 * streams; i++) {
      add("s" + i);
    }
    String culprit = "s" + (streams / 2 * 2);
    List<Set<String>> victims = new ArrayList<>();
    Optional<String> quarantined = Optional.empty();
    while (quarantined.isEmpty()) {
      now += 5_000;
      victims.add(new TreeSet<>(placement.members(cellOf(culprit))));
      quarantined = die(culprit);
      assertThat(victims).hasSizeLessThan(20);
    }

    assertThat(quarantined).contains(culprit);
    assertThat(placement.cell(culprit)).isEmpty();
    // One death is forgiven, halves follow, then three alone.
    int halvings = (int) Math.ceil(Math.log(streams) / Math.log(2));
    assertThat(victims).hasSizeLessThanOrEqualTo((streams == 1 ? 0 : 1) + halvings + 3);
    for (int i = 0; i < 2 * streams; i++) {
      String other = "s" + i;
      assertThat(other.equals(culprit) || placement.cell(other).isPresent()).isTrue();
    }
  }

  @Test
  void died_crashNamesItsThread_separatesThatStreamAtOnce() {
    add("a", "b", "c", "d", "e", "f");
    int cell = cellOf("a");

    placement.died(cell, Optional.of("c"), now);

    assertThat(placement.members(cell)).containsExactlyInAnyOrder("a", "e");
    assertThat(placement.members(cellOf("c"))).containsExactly("c");
    placement.died(cellOf("c"), Optional.of("c"), now);
    assertThat(placement.died(cellOf("c"), Optional.of("c"), now)).contains("c");
  }

  @Test
  void died_nameOfNoMember_blamesNobody() {
    add("a", "b", "c", "d");

    assertThat(placement.died(cellOf("a"), Optional.of("b"), now)).isEmpty();

    assertThat(placement.members(cellOf("b"))).containsExactlyInAnyOrder("b", "d");
  }

  @Test
  void died_rarely_isForgotten() {
    add("a");
    for (int i = 0; i < 10; i++) {
      assertThat(die("a")).isEmpty();
      now += 11 * MINUTE;
    }

    assertThat(placement.cell("a")).isPresent();
  }

  @Test
  void failedToStart_however_often_isNobodysFault() {
    add("a");
    for (int i = 0; i < 10; i++) {
      placement.failedToStart(cellOf("a"), now);
    }

    assertThat(placement.cell("a")).isPresent();
  }

  @Test
  void homecoming_quietForTheWindow_movesBackAndEndsTheTrial() {
    add("a", "b", "c", "d");
    die("a");
    die("a");
    assertThat(placement.occupied()).hasSize(3);

    assertThat(placement.homecoming(now + 10 * MINUTE)).isEmpty();
    List<String> moved = placement.homecoming(now + 10 * MINUTE + 1);

    assertThat(moved).hasSize(1);
    assertThat(placement.occupied()).hasSize(2);
  }

  @Test
  void add_afterQuarantine_isGivenAnotherChance() {
    add("a");
    die("a");
    die("a");
    assertThat(die("a")).contains("a");

    add("a");

    assertThat(placement.mayStart(cellOf("a"), now + 500)).isTrue();
    assertThat(die("a")).isEmpty();
  }
}
