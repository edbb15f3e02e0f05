package io.aircheck.experience.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SumFeedTest {
  private static final long START = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final CubeSpec spec = CubeSpec.lastHour();
  private final Cube cube = new Cube(spec);

  private SumFeed feed(long lengthMillis, List<List<String>> by, long nextMillis) {
    return new SumFeed(
        spec, cube, new SumFeed.Shape(by, lengthMillis, 10_000), nextMillis, nextMillis);
  }

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private void watched(String session, long millis, String cdn) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = 10_000;
    Cohort cohort = new Cohort("news & more", "720p", Map.of("cdn", cdn));
    cube.add(new SessionDelta(session, 1, START + millis, cohort, Measures.of(sums), null));
  }

  @Test
  void next_windowThatSettled_hasARowForEachSetAndValue() {
    watched("a", 0, "north");
    watched("b", 0, "south");
    watched("a", 10_000, "north");
    SumFeed feed = feed(10_000, List.of(List.of(), List.of("content", "cdn")), START);

    assertThat(feed.next(START + 19_999)).isEmpty();
    SumFeed.Window window = feed.next(START + 20_000).orElseThrow();

    assertThat(window.startMillis()).isEqualTo(START);
    assertThat(window.rows())
        .extracting(SumRow::grouping, SumRow::key, row -> row.cell().sums().get(Measure.VIEWERS))
        .containsExactlyInAnyOrder(
            tuple("(all)", "(all)", 2L),
            tuple("content+cdn", "content=news+%26+more&cdn=north", 1L),
            tuple("content+cdn", "content=news+%26+more&cdn=south", 1L));
    assertThat(window.rows().getFirst().id()).isEqualTo(START + "~10000~(all)");
  }

  @Test
  void next_untilItIsPassed_isTheSame() {
    watched("a", 0, "north");
    watched("a", 10_000, "north");
    SumFeed feed = feed(10_000, List.of(List.of()), START);

    SumFeed.Window first = feed.next(START + 40_000).orElseThrow();
    assertThat(feed.next(START + 40_000).orElseThrow().startMillis()).isEqualTo(START);
    assertThat(feed.lagMillis(START + 40_000)).isEqualTo(30_000);

    feed.passed(first);
    assertThat(feed.position()).isEqualTo(START + 10_000);
    feed.passed(feed.next(START + 40_000).orElseThrow());
    assertThat(feed.next(START + 40_000)).isEmpty();
    assertThat(feed.lagMillis(START + 40_000)).isZero();
    assertThat(feed.dropped()).isZero();
  }

  @Test
  void next_ofMinutes_sumsTheirWindows() {
    for (int i = 0; i < 6; i++) {
      watched("a", i * 10_000, "north");
    }
    SumFeed feed = feed(60_000, List.of(List.of()), START);

    SumRow row = feed.next(START + 70_000).orElseThrow().rows().getFirst();

    assertThat(row.windows()).isEqualTo(6);
    assertThat(row.cell().sums().get(Measure.WATCHED_MILLIS)).isEqualTo(60_000);
  }

  @Test
  void next_afterMoreThanAnHour_countsWhatTheCubeHasForgotten() {
    SumFeed feed = feed(10_000, List.of(List.of()), START);
    watched("a", 0, "north");
    assertThat(feed.next(START + 20_000)).isPresent();
    watched("a", HOUR + 60_000, "north");

    SumFeed.Window next = feed.next(START + HOUR + 80_000).orElseThrow();

    assertThat(next.startMillis()).isEqualTo(START + HOUR + 60_000);
    assertThat(feed.dropped()).isEqualTo(14);
  }

  @Test
  void next_afterATimeInWhichNobodyCollected_hasLostNothing() {
    watched("a", 5 * HOUR, "north");
    SumFeed feed =
        new SumFeed(
            spec,
            cube,
            new SumFeed.Shape(List.of(List.of()), 10_000, 10_000),
            START,
            START + 30_000);

    assertThat(feed.next(START + 5 * HOUR + 20_000)).isPresent();
    assertThat(feed.dropped()).isEqualTo(3);
  }

  @Test
  void next_moreValuesThanRows_hasARowOfTheOthers() {
    for (int i = 0; i < 3_000; i++) {
      watched("s" + i, 0, "cdn" + i);
    }
    SumFeed feed = feed(10_000, List.of(List.of("content", "cdn")), START);

    List<SumRow> rows = feed.next(START + 20_000).orElseThrow().rows();

    SumRow others = rows.getLast();
    assertThat(others.others()).isTrue();
    assertThat(others.key()).isEqualTo("content+cdn (others)");
    assertThat(rows.stream().mapToLong(row -> row.cell().sums().get(Measure.VIEWERS)).sum())
        .isEqualTo(3_000);
  }
}
