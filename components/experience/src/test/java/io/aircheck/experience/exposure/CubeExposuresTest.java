package io.aircheck.experience.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CubeExposuresTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long BEHIND = 30_000;
  private static final int VIEWERS = 300;

  /** Of numbers of sessions that are estimated. */
  private static final Offset<Long> SOME = within(VIEWERS / 20L);

  private final CubeSpec spec = CubeSpec.minutes(CubeSpec.USUAL);
  private final Cube cube = new Cube(spec);
  private final AtomicLong changes = new AtomicLong();
  private final CubeExposures exposures = new CubeExposures(spec, cube, changes::get);

  /** Two thirds of the viewers by north, half of them in 720p. */
  private void minute(int number) {
    for (int viewer = 0; viewer < VIEWERS; viewer++) {
      cube.add(delta("v" + viewer, number, viewer));
    }
    changes.incrementAndGet();
  }

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static SessionDelta delta(String session, int minute, int viewer) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = MINUTE;
    sums[Measure.LATENCY_MILLIS.ordinal()] = MINUTE;
    sums[Measure.LATENCY_AREA.ordinal()] = MINUTE * BEHIND;
    return new SessionDelta(
        session,
        1,
        START + minute * MINUTE,
        new Cohort(
            "match",
            viewer % 2 == 0 ? "720p" : "360p",
            Map.of("cdn", viewer % 3 == 0 ? "south" : "north", "country", "DE")),
        Measures.of(sums),
        null);
  }

  private static Defect defect(
      int fromSecond, int toSecond, Renditions renditions, Map<String, String> where) {
    return new Defect(
        "d", "match", renditions, where, START + fromSecond * 1_000L, START + toSecond * 1_000L);
  }

  @Test
  void find_defectOfAll_isWhoWatchesWhenItReachesThem() {
    minute(0);
    minute(1);
    minute(2);

    // Thirty seconds later it is the second minute.
    exposures.tell(defect(40, 80, Renditions.ALL, Map.of()));

    Exposure shown = exposures.find("d").orElseThrow();
    assertThat(shown.viewers()).isCloseTo(VIEWERS, SOME);
    assertThat(shown.exposed().get(Measure.WATCHED_MILLIS)).isEqualTo(VIEWERS * MINUTE);
    assertThat(shown.otherViewers()).isZero();
    assertThat(shown.complete()).isTrue();
  }

  @Test
  void find_defectOfOneCdn_isTheirShareBesideTheOthers() {
    minute(0);
    minute(1);

    exposures.tell(defect(40, 80, Renditions.ALL, Map.of("cdn", "north")));

    Exposure shown = exposures.find("d").orElseThrow();
    assertThat(shown.viewers()).isCloseTo(2 * VIEWERS / 3, SOME);
    assertThat(shown.otherViewers()).isCloseTo(VIEWERS / 3, SOME);
    assertThat(shown.exposed().get(Measure.WATCHED_MILLIS)).isEqualTo(2 * VIEWERS / 3 * MINUTE);
    assertThat(shown.others().get(Measure.WATCHED_MILLIS)).isEqualTo(VIEWERS / 3 * MINUTE);
  }

  @Test
  void find_defectOfOneRendition_isWhoPlaysIt() {
    minute(0);
    minute(1);

    exposures.tell(defect(40, 80, Renditions.named("720p"), Map.of()));

    assertThat(exposures.find("d").orElseThrow().viewers()).isCloseTo(VIEWERS / 2, SOME);
  }

  @Test
  void find_dimensionsThatAreNotKeptTogether_isNotTold() {
    minute(0);

    exposures.tell(defect(0, 30, Renditions.named("720p"), Map.of("cdn", "north")));

    assertThat(exposures.find("d")).isEmpty();
  }

  @Test
  void find_windowsThatComeLater_areCountedThen() {
    minute(0);
    exposures.tell(defect(40, 80, Renditions.ALL, Map.of()));
    assertThat(exposures.find("d").orElseThrow().viewers()).isZero();

    minute(1);

    assertThat(exposures.find("d").orElseThrow().viewers()).isCloseTo(VIEWERS, SOME);
  }

  @Test
  void find_defectThatLastsLongerThanTheCubeKnows_losesNothing() {
    for (int i = 0; i < 100; i++) {
      minute(i);
      exposures.tell(defect(10, 60 * (i + 1), Renditions.ALL, Map.of()));
      exposures.find("d");
    }

    Exposure shown = exposures.find("d").orElseThrow();
    assertThat(shown.viewers()).isCloseTo(VIEWERS, SOME);
    assertThat(shown.exposed().get(Measure.WATCHED_MILLIS)).isEqualTo(100 * VIEWERS * MINUTE);
    assertThat(shown.complete()).isTrue();
  }

  @Test
  void find_defectOfBefore_isNotComplete() {
    minute(5);

    exposures.tell(defect(0, 400, Renditions.ALL, Map.of()));

    Exposure shown = exposures.find("d").orElseThrow();
    assertThat(shown.complete()).isFalse();
    assertThat(shown.viewers()).isCloseTo(VIEWERS, SOME);
  }

  @Test
  void find_forgotten_isNothing() {
    minute(0);
    exposures.tell(defect(0, 30, Renditions.ALL, Map.of()));
    exposures.forget("d");

    assertThat(exposures.find("d")).isEmpty();
    assertThat(exposures.find("other")).isEmpty();
  }
}
