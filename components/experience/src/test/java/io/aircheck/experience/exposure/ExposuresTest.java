package io.aircheck.experience.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExposuresTest {
  private static final long START = 1_800_000_000_000L;
  private static final long WINDOW = 10_000;
  private final Exposures exposures = new Exposures(WINDOW);

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static SessionDelta delta(
      String session, int second, String rendition, String cdn, Map<Measure, Long> more) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = WINDOW;
    more.forEach((measure, sum) -> sums[measure.ordinal()] = sum);
    return new SessionDelta(
        session,
        1,
        START + second * 1_000L,
        new Cohort("match", rendition, Map.of("cdn", cdn)),
        Measures.of(sums),
        null);
  }

  private void watches(String session, int fromSecond, int toSecond, String rendition) {
    for (int second = fromSecond; second < toSecond; second += 10) {
      exposures.add(delta(session, second, rendition, "north", Map.of()));
    }
  }

  private static Defect defect(int fromSecond, int toSecond, String... renditions) {
    return new Defect(
        "d",
        "match",
        renditions.length == 0 ? Renditions.ALL : Renditions.named(renditions),
        Map.of(),
        START + fromSecond * 1_000L,
        START + toSecond * 1_000L);
  }

  @Test
  void of_defectFoundLater_countsWhoWatchedSinceItBegan() {
    watches("before", 0, 20, "720p");
    watches("through", 0, 60, "720p");
    watches("joined", 30, 60, "720p");

    exposures.tell(defect(20, 60));

    Exposure exposure = exposures.of("d");
    assertThat(exposure.viewers()).isEqualTo(2);
    assertThat(exposure.viewerMinutes()).isEqualTo((40 + 30) / 60.0);
    assertThat(exposure.complete()).isTrue();
  }

  @Test
  void of_defectThatLasts_countsWhoComesWhileItDoesAndNobodyAfter() {
    watches("first", 0, 20, "720p");
    exposures.tell(defect(10, 20));
    watches("second", 20, 30, "720p");
    assertThat(exposures.of("d").viewers()).isEqualTo(1);

    exposures.tell(defect(10, 30));
    assertThat(exposures.of("d").viewers()).isEqualTo(2);

    watches("third", 30, 40, "720p");
    exposures.tell(defect(10, 30));
    assertThat(exposures.of("d").viewers()).isEqualTo(2);
  }

  @Test
  void of_defectOfOneRendition_comparesWithTheOthers() {
    for (int i = 0; i < 100; i++) {
      exposures.add(delta("high" + i, 0, "1080p", "north", Map.of(Measure.ENDED, i < 3 ? 1L : 0L)));
    }
    for (int i = 0; i < 200; i++) {
      exposures.add(delta("low" + i, 0, "360p", "north", Map.of(Measure.ENDED, i < 2 ? 1L : 0L)));
    }

    exposures.tell(defect(0, 10, "1080p"));

    Exposure exposure = exposures.of("d");
    assertThat(exposure.viewers()).isEqualTo(100);
    assertThat(exposure.leftPercent()).hasValue(3);
    assertThat(exposure.otherViewers()).isEqualTo(200);
    assertThat(exposure.othersLeftPercent()).hasValue(1);
  }

  @Test
  void of_viewerThatSwitchesAway_isExposedAndNoOther() {
    watches("switches", 0, 10, "1080p");
    watches("switches", 10, 30, "360p");

    exposures.tell(defect(0, 30, "1080p"));

    assertThat(exposures.of("d").viewers()).isEqualTo(1);
    assertThat(exposures.of("d").otherViewers()).isZero();
    assertThat(exposures.of("d").viewerMinutes()).isEqualTo(10 / 60.0);
  }

  @Test
  void tell_furtherRendition_movesItsViewersOver() {
    watches("high", 0, 30, "1080p");
    watches("low", 0, 30, "360p");
    exposures.tell(defect(0, 30, "1080p"));

    exposures.tell(defect(0, 30, "1080p", "360p"));

    Exposure exposure = exposures.of("d");
    assertThat(exposure.viewers()).isEqualTo(2);
    assertThat(exposure.otherViewers()).isZero();
    assertThat(exposure.viewerMinutes()).isEqualTo(1);
    assertThat(exposure.others().isZero()).isTrue();
  }

  @Test
  void of_defectSeenOnOneCdn_leavesTheViewersOfOthers() {
    exposures.add(delta("a", 0, "720p", "north", Map.of()));
    exposures.add(delta("b", 0, "720p", "south", Map.of()));

    exposures.tell(
        new Defect("d", "match", Renditions.ALL, Map.of("cdn", "north"), START, START + 10_000));

    assertThat(exposures.of("d").viewers()).isEqualTo(1);
    assertThat(exposures.of("d").otherViewers()).isEqualTo(1);
  }

  /** Half a minute behind the live edge, a defect of the first ten seconds is shown at 30 s. */
  @Test
  void of_viewerBehindTheLiveEdge_isShownItLater() {
    Map<Measure, Long> behind =
        Map.of(Measure.LATENCY_MILLIS, WINDOW, Measure.LATENCY_AREA, 30_000 * WINDOW);
    exposures.add(delta("left early", 0, "720p", "north", behind));
    exposures.add(delta("saw it", 30, "720p", "north", behind));
    exposures.add(delta("does not tell", 30, "720p", "north", Map.of()));

    exposures.tell(defect(0, 10));

    assertThat(exposures.of("d").viewers()).isEqualTo(2);
  }

  @Test
  void of_defectFromBeforeAnythingRemembered_saysSo() {
    watches("early", 0, 10, "720p");
    watches("late", 200, 210, "720p");

    exposures.tell(defect(0, 210));

    assertThat(exposures.of("d").viewers()).isEqualTo(1);
    assertThat(exposures.of("d").complete()).isFalse();
  }

  @Test
  void of_otherContent_isNobody() {
    watches("a", 0, 30, "720p");

    exposures.tell(new Defect("d", "film", Renditions.ALL, Map.of(), START, START + 30_000));

    assertThat(exposures.of("d")).isEqualTo(Exposure.NONE);
  }

  @Test
  void forget_defect_isNotCountedAnyMore() {
    exposures.tell(defect(0, 30));
    exposures.forget("d");
    watches("a", 0, 30, "720p");

    assertThat(exposures.of("d")).isEqualTo(Exposure.NONE);
  }

  @Test
  void of_deltasInAnyOrderAroundWhatIsTold_isTheSame() {
    List<SessionDelta> deltas = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      deltas.add(delta("s" + i % 7, i % 9 * 10, i % 2 == 0 ? "1080p" : "360p", "north", Map.of()));
    }
    deltas.forEach(exposures::add);
    exposures.tell(defect(20, 60, "1080p"));

    for (int seed = 0; seed < 50; seed++) {
      Exposures other = new Exposures(WINDOW);
      Collections.shuffle(deltas, new Random(seed));
      for (int i = 0; i < deltas.size(); i++) {
        if (i == seed % 40) {
          other.tell(defect(20, 40, "1080p"));
        }
        other.add(deltas.get(i));
      }
      other.tell(defect(20, 60, "1080p"));

      assertThat(other.of("d")).isEqualTo(exposures.of("d"));
    }
  }

  @Test
  void of_contentThatNobodyWatchesAnyMore_isForgotten() {
    watches("a", 0, 10, "720p");
    exposures.add(
        new SessionDelta(
            "b",
            1,
            START + 600_000,
            new Cohort("film", "720p", Map.of()),
            delta("b", 0, "720p", "north", Map.of()).measures(),
            null));

    exposures.tell(defect(0, 10));

    assertThat(exposures.of("d").viewers()).isZero();
    assertThat(exposures.of("d").complete()).isFalse();
  }
}
