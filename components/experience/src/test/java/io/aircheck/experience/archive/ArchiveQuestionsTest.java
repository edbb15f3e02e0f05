package io.aircheck.experience.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.fact.MemoryFacts;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Answers from both tables and the cube are compared with what was told. */
class ArchiveQuestionsTest {
  private static final long HOUR = ArchivePolicy.HOUR_MILLIS;
  private static final long MINUTE = ArchivePolicy.MINUTE_MILLIS;
  private static final long START = 500_000 * HOUR;
  private static final CubeSpec SPEC = CubeSpec.lastHour(CubeSpec.withContent("device"));
  private static final List<Measure> SOME =
      List.of(Measure.VIEWERS, Measure.STALLS, Measure.WATCHED_MILLIS);

  private final MemoryFacts sessions = new MemoryFacts(SessionFacts.LAYOUT);
  private final MemoryFacts minutes = new MemoryFacts(MinuteFacts.LAYOUT);
  private final Cube cube = new Cube(SPEC);
  private final ViewerArchive archive =
      new ViewerArchive(
          sessions,
          minutes,
          cube,
          SPEC,
          ArchivePolicy.keeping(Duration.ofDays(30), Duration.ofDays(90)),
          START);
  private final ArchiveQuestions questions =
      new ArchiveQuestions(archive, sessions, minutes, cube, SPEC, List.of("tier"));

  private long nowMillis = START;

  /** So many sessions watch in each window of some hours; an hour without anybody is among them. */
  private void watch(int hours, int viewers) {
    Random random = new Random(3);
    for (; nowMillis < START + hours * HOUR; nowMillis += 10_000) {
      boolean quiet = nowMillis >= START + HOUR && nowMillis < START + 2 * HOUR;
      for (int viewer = 0; viewer < viewers && !quiet; viewer++) {
        tell(viewer, nowMillis, random);
      }
      archive.tend(nowMillis);
    }
    archive.tend(nowMillis);
  }

  private void tell(int viewer, long window, Random random) {
    long[] sums = new long[Measure.values().length];
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = 10_000;
    sums[Measure.STALLS.ordinal()] = viewer == 0 && random.nextInt(10) == 0 ? 1 : 0;
    sums[Measure.BITRATE_MILLIS.ordinal()] = 10_000;
    sums[Measure.BITS.ordinal()] = 10_000L * (1000 + 1000 * (viewer % 4));
    Cohort cohort =
        new Cohort(
            "c" + viewer % 2,
            random.nextBoolean() ? "720p" : "1080p",
            Map.of(
                "cdn",
                viewer % 3 == 0 ? "north" : "south",
                "device",
                "tv",
                "os",
                "os" + viewer % 2,
                "tier",
                viewer % 4 == 0 ? "gold" : "tin"));
    SessionDelta delta = new SessionDelta("s" + viewer, 1, window, cohort, Measures.of(sums), null);
    cube.add(delta);
    archive.told(List.of(new Told(window + 12_000, delta)));
  }

  private static CubeQuery query(long from, long to, Map<String, String> where, String... by) {
    return new CubeQuery(from, to, where, List.of(by));
  }

  private static Map<List<String>, Measures> rows(CubeAnswer answer) {
    Map<List<String>, Measures> rows =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    answer.rows().forEach(row -> rows.put(row.values(), row.cell().sums()));
    return rows;
  }

  @Test
  void sums_ofWholeHours_areExactByAnyDimensions() {
    watch(4, 8);
    ArchiveAnswer answer =
        questions.sums(query(START + MINUTE, START + 4 * HOUR, Map.of(), "tier", "os"));
    assertThat(answer.fromMillis()).isEqualTo(START);
    assertThat(answer.toMillis()).isEqualTo(START + 4 * HOUR);
    assertThat(answer.windows()).isEqualTo(3 * 360);
    assertThat(answer.rows())
        .extracting(ArchiveAnswer.Row::values)
        .containsExactlyInAnyOrder(
            List.of("gold", "os0"), List.of("tin", "os0"), List.of("tin", "os1"));
    ArchiveAnswer.Row gold =
        answer.rows().stream().filter(r -> r.values().contains("gold")).toList().getFirst();
    assertThat(gold.sums().get(Measure.WATCHED_MILLIS)).isEqualTo(2 * 3 * 3_600_000);
    assertThat(gold.sessions()).isEqualTo(2);
    assertThat(gold.hitSessions()).isEqualTo(1);
    assertThat(gold.percentiles()).containsOnlyKeys(Distribution.BITRATE_KBPS);
    assertThat(
            Objects.requireNonNull(gold.percentiles().get(Distribution.BITRATE_KBPS))
                .at(0.5)
                .orElseThrow())
        .isBetween(990., 1010.);
    ArchiveAnswer filtered =
        questions.sums(query(START, START + HOUR, Map.of("tier", "tin", "cdn", "north")));
    assertThat(filtered.rows())
        .singleElement()
        .extracting(ArchiveAnswer.Row::sessions)
        .isEqualTo(2L);
    assertThat(filtered.windows()).isEqualTo(360);
  }

  @Test
  void series_byWhatTheCubeKeepsTogether_isByMinutesUpToNow() {
    watch(4, 8);
    CubeQuery lastTwo =
        query(START + 2 * HOUR, START + 4 * HOUR, Map.of("content", "c1"), "cdn", "country");
    List<ArchiveSeries.Step> steps = questions.series(lastTwo, MINUTE, SOME).steps();
    assertThat(steps).hasSize(120);
    for (ArchiveSeries.Step step : steps) {
      assertThat(step.windows()).isEqualTo(6);
      assertThat(step.answer().otherDeltas()).isZero();
    }
    // The latest hour is still in the cube: both agree.
    for (ArchiveSeries.Step step : steps.subList(61, 120)) {
      CubeAnswer there =
          cube.ask(
                  new CubeQuery(
                      step.fromMillis(),
                      step.fromMillis() + MINUTE,
                      lastTwo.filter(),
                      lastTwo.by()))
              .orElseThrow();
      assertThat(rows(step.answer()).keySet()).isEqualTo(rows(there).keySet());
      rows(there)
          .forEach(
              (values, sums) -> {
                Measures archived = Objects.requireNonNull(rows(step.answer()).get(values));
                SOME.forEach(
                    measure -> assertThat(archived.get(measure)).isEqualTo(sums.get(measure)));
              });
    }
    CubeQuery all = query(START, START + 4 * HOUR, Map.of());
    List<ArchiveSeries.Step> hours = questions.series(all, HOUR, SOME).steps();
    assertThat(hours).extracting(ArchiveSeries.Step::windows).containsExactly(360, 0, 360, 360);
    assertThat(hours.get(1).answer().rows()).isEmpty();
    assertThat(hours.get(0).answer().rows().getFirst().cell().sums().get(Measure.VIEWERS))
        .isEqualTo(8 * 360);
  }

  @Test
  void series_byOtherDimensions_isByHoursAndHasWhatWasToldLately() {
    watch(4, 8);
    CubeQuery query = query(START, START + 4 * HOUR, Map.of("device", "tv"), "os", "tier");
    assertThat(questions.knows(query, MINUTE)).isFalse();
    assertThat(questions.knows(query, HOUR)).isTrue();
    List<ArchiveSeries.Step> steps = questions.series(query, HOUR, SOME).steps();
    assertThat(steps).hasSize(4);
    for (int hour : List.of(0, 2, 3)) {
      Measures sums =
          Objects.requireNonNull(rows(steps.get(hour).answer()).get(List.of("os1", "tin")));
      assertThat(sums.get(Measure.VIEWERS)).isEqualTo(4 * 360);
    }
    assertThat(steps.get(1).answer().rows()).isEmpty();
  }

  @Test
  void series_lastStepEndsBeforeWhatIsArchived_hasOnlyWhatIsInIt() {
    watch(4, 8);

    List<ArchiveSeries.Step> steps =
        questions
            .series(query(START, START + 3 * HOUR + 10 * MINUTE, Map.of()), HOUR, SOME)
            .steps();

    assertThat(steps).extracting(ArchiveSeries.Step::windows).containsExactly(360, 0, 360, 60);
  }

  @Test
  void cellsThatHadNoRoom_areOthersOfTheMinutesToo() {
    CubeSpec narrow = new CubeSpec(10_000, 360, SPEC.groupings(), 2);
    Cube small = new Cube(narrow);
    ViewerArchive of =
        new ViewerArchive(
            sessions,
            minutes,
            small,
            narrow,
            ArchivePolicy.keeping(Duration.ofDays(1), Duration.ofDays(1)),
            START);
    for (long window = START; window < START + 20 * MINUTE; window += 10_000) {
      for (int content = 0; content < 40; content++) {
        long[] sums = new long[Measure.values().length];
        sums[Measure.VIEWERS.ordinal()] = 1;
        Cohort cohort = new Cohort("c" + content, "", Map.of());
        small.add(new SessionDelta("s" + content, 1, window, cohort, Measures.of(sums), null));
      }
      of.tend(window);
    }
    ArchiveQuestions asked = new ArchiveQuestions(of, sessions, minutes, small, narrow, List.of());
    CubeQuery query = query(START, START + 10 * MINUTE, Map.of(), "content");
    long[] all = new long[2];
    for (ArchiveSeries.Step step : asked.series(query, MINUTE, SOME).steps()) {
      assertThat(step.answer().rows().size()).isLessThanOrEqualTo(4);
      for (CubeAnswer.Row row : step.answer().rows()) {
        all[0] += row.cell().sums().get(Measure.VIEWERS);
      }
      all[0] += step.answer().others().sums().get(Measure.VIEWERS);
      all[1] += step.answer().otherDeltas();
    }
    assertThat(all[0]).isEqualTo(10 * 6 * 40);
    assertThat(all[1]).isPositive();
  }

  @Test
  void dimensions_areTheKnownOnesAndTheLabels() {
    assertThat(questions.dimensions())
        .containsAll(Set.of("content", "cdn", "country", "bot", "tier"))
        .doesNotContainAnyElementsOf(Arrays.asList("rendition", "grouping", "colour"));
    assertThat(questions.knows(query(0, 1, Map.of("colour", "red")))).isFalse();
    assertThat(questions.knows(query(0, 1, Map.of(), "rendition"))).isFalse();
    assertThat(questions.knows(query(0, 1, Map.of(), "content", "rendition"), MINUTE)).isFalse();
  }
}
