package io.aircheck.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final SteadyOrigin.OnAir BLACK = new SteadyOrigin.OnAir("s01", "video.black", 1);
  private static final SteadyOrigin.OnAir SILENCE =
      new SteadyOrigin.OnAir("s02", "audio.silence", 2);
  private static final Fate ONE = new Fate(1, 1, 0);

  private static Told told(Fate black, Fate silence) {
    return new Told(Map.of(BLACK, black, SILENCE, silence), Map.of());
  }

  @Test
  void differences_eachFaultOneIncident_areNone() {
    assertThat(told(ONE, new Fate(1, 1, 1)).differencesFrom(told(ONE, ONE))).isEmpty();
  }

  @Test
  void differences_oneFaultOfManyLostOrDoubled_areToldOfThat() {
    assertThat(told(new Fate(0, 0, 0), new Fate(2, 2, 0)).differencesFrom(told(ONE, ONE)))
        .containsExactly(
            "disturbed: video.black of s01 is lost: opened 0, closed 0, recurred 0",
            "disturbed: audio.silence of s02 is doubled: opened 2, closed 2, recurred 0");
  }

  @Test
  void differences_incidentThatNeverCloses_isOne() {
    assertThat(told(new Fate(1, 0, 0), ONE).differencesFrom(told(ONE, ONE)))
        .containsExactly(
            "disturbed: video.black of s01 is not closed: opened 1, closed 0, recurred 0");
  }

  @Test
  void differences_undisturbedRunThatIsNotClean_cannotBeComparedWith() {
    assertThat(told(ONE, ONE).differencesFrom(told(ONE, new Fate(1, 1, 1))))
        .containsExactly(
            "undisturbed: audio.silence of s02 is one incident that recurred: opened 1, closed 1,"
                + " recurred 1");
  }

  @Test
  void differences_incidentsOfWhatWasNotOnAir_areThoseOfTheDisturbanceAlone() {
    Told undisturbed = new Told(told(ONE, ONE).faults(), Map.of("video.blur", 1));
    Told disturbed = new Told(told(ONE, ONE).faults(), Map.of("video.blur", 3, "stream.gap", 2));

    assertThat(disturbed.differencesFrom(undisturbed))
        .containsExactly("disturbed: 2 incidents of stream.gap, which was not on air");
  }

  @Test
  void differences_runsWithoutFaults_areNoProof() {
    Told nothing = new Told(Map.of(), Map.of());

    assertThat(nothing.differencesFrom(nothing)).isNotEmpty();
    assertThat(new Told(Map.of(BLACK, ONE), Map.of()).differencesFrom(told(ONE, ONE)))
        .containsExactly("disturbed: no audio.silence was on air for long enough");
  }
}
