package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Windows that are packed, thinned out, and read while others are added to. */
@Tag("slow")
final class CubeMemoryTest {
  private static final long ALL = Long.MAX_VALUE;
  private static final long WINDOW = 10_000;
  private static final List<Grouping> GROUPINGS =
      List.of(
          new Grouping(List.of(), true),
          new Grouping(List.of("content"), true),
          new Grouping(List.of("content", "cdn"), false));

  private Measures sum = Measures.ZERO;

  private static CubeSpec spec(long mostBytes) {
    return new CubeSpec(WINDOW, 60, GROUPINGS, 200, mostBytes);
  }

  @Test
  void packedWindows_answerAsThoseThatAreNot() {
    Cube packed = new Cube(spec(CubeSpec.USUAL_BYTES));
    Cube plain = new Cube(spec(CubeSpec.USUAL_BYTES));
    for (int window = 0; window < 40; window++) {
      for (SessionDelta delta : some(window, 300, 40)) {
        packed.add(delta);
        plain.add(delta);
      }
      packed.tidy();
    }

    assertThat(packed.bytes()).isLessThan(plain.bytes() / 2);
    for (Grouping grouping : GROUPINGS) {
      assertSame(packed, plain, new CubeQuery(0, ALL, Map.of(), grouping.dimensions()));
    }
    assertSame(packed, plain, new CubeQuery(0, ALL, Map.of("cdn", "cdn1"), List.of("content")));
  }

  @Test
  void deltas_thatComeLate_areBesideWhatIsPackedAndPackedWithIt() {
    Cube packed = new Cube(spec(CubeSpec.USUAL_BYTES));
    Cube plain = new Cube(spec(CubeSpec.USUAL_BYTES));
    for (int window = 0; window < 50; window++) {
      List<SessionDelta> deltas = new ArrayList<>(some(window, 50, 20));
      deltas.addAll(some(window / 2, 20, 30));
      for (SessionDelta delta : deltas) {
        packed.add(delta);
        plain.add(delta);
      }
      packed.tidy();
      assertSame(packed, plain, new CubeQuery(0, ALL, Map.of(), List.of("content")));
    }
  }

  @Test
  void question_forSumsAlone_hasTheSameSumsAndNothingElse() {
    Cube cube = new Cube(spec(CubeSpec.USUAL_BYTES));
    for (int window = 0; window < 30; window++) {
      cube.add(some(window, 50, 20));
      cube.tidy();
    }
    CubeQuery query = new CubeQuery(0, ALL, Map.of(), List.of("content"));

    Map<List<String>, Measures> sums = sums(cube.ask(query.forSums()).orElseThrow());

    assertThat(sums).isEqualTo(sums(cube.ask(query).orElseThrow()));
    assertThat(cube.ask(query.forSums()).orElseThrow().whole().hitSessions().size()).isZero();
  }

  @Test
  void floodOfContents_staysWithinItsMemoryAndTheSumsStayExact() {
    long most = 3_000_000;
    Cube cube = new Cube(spec(most));
    for (int window = 0; window < 60; window++) {
      List<SessionDelta> deltas = some(window, 600, 100_000);
      deltas.addAll(some(window, 100, 5));
      add(cube, deltas);
      cube.tidy();
    }

    assertThat(cube.bytes()).isLessThanOrEqualTo(most + openBytes());
    assertThat(cube.windows()).as("none had to go").hasSize(60);
    for (Grouping grouping : GROUPINGS) {
      CubeAnswer answer =
          cube.ask(new CubeQuery(0, ALL, Map.of(), grouping.dimensions())).orElseThrow();
      assertThat(answer.whole().sums()).as("%s", grouping).isEqualTo(sum);
    }
    CubeAnswer byContent =
        cube.ask(new CubeQuery(0, ALL, Map.of(), List.of("content"))).orElseThrow();
    assertThat(byContent.otherDeltas()).as("it is told").isPositive();
    assertThat(byContent.top(Measure.VIEWERS, 5))
        .extracting(row -> row.values().getFirst())
        .containsExactlyInAnyOrder("content0", "content1", "content2", "content3", "content4");
  }

  /** Each viewer stalls all the time, and exactly who did is all that there is to keep. */
  @Test
  void hits_thatTakeAllMemory_costTheOldestWindowsAndNoKeys() {
    Cube cube = new Cube(spec(5_700_000));
    for (int window = 0; window < 60; window++) {
      List<SessionDelta> deltas = new ArrayList<>();
      for (int viewer = 0; viewer < 3_000; viewer++) {
        deltas.add(
            Deltas.of(
                "session" + viewer,
                window * WINDOW,
                "content" + viewer % 40,
                "north",
                Map.of(Measure.VIEWERS, 1L, Measure.STALLS, 1L)));
      }
      add(cube, deltas);
      cube.tidy();
    }

    assertThat(cube.windows()).hasSizeBetween(14, 55);
    CubeAnswer answer = cube.ask(new CubeQuery(0, ALL, Map.of(), List.of("content"))).orElseThrow();
    assertThat(answer.rows()).hasSize(40);
    assertThat(answer.otherDeltas()).isZero();
    assertThat(answer.whole().hitSessions().size()).isEqualTo(3_000);
    assertThat(cube.keptSinceMillis()).as("which is told").isEqualTo(cube.windows().getFirst());
    cube.add(some(0, 1, 1));
    assertThat(cube.tooLate().get(Measure.VIEWERS)).as("nor does it come back").isEqualTo(1);
  }

  /** As a service has it by default, with more contents than have cells of their own. */
  @Test
  @Tag("slow")
  void lastHour_ofAThousandContents_takesNoMoreHeapThanItSays() {
    Cube cube = new Cube(CubeSpec.lastHour());
    long before = heapBytes();
    for (int window = 0; window < 360; window++) {
      List<SessionDelta> deltas = new ArrayList<>();
      for (int viewer = 0; viewer < 3_000; viewer++) {
        deltas.add(viewer(window, viewer, viewer % 1_000));
      }
      cube.add(deltas);
      cube.tidy();
    }
    long taken = heapBytes() - before;

    assertThat(taken).isLessThan(CubeSpec.USUAL_BYTES);
    assertThat(taken).isBetween(cube.bytes() / 2, cube.bytes() * 5 / 4);
    assertThat(cube.windows()).hasSize(360);
  }

  @Test
  void question_overManyWindows_holdsUpNobodyWhoAdds() throws InterruptedException {
    Cube cube = new Cube(spec(CubeSpec.USUAL_BYTES));
    for (int window = 0; window < 60; window++) {
      cube.add(some(window, 500, 300));
      cube.tidy();
    }
    CubeQuery query = new CubeQuery(0, ALL, Map.of(), List.of("content"));
    AtomicInteger rows = new AtomicInteger();
    Thread asker =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    rows.addAndGet(cube.ask(query).orElseThrow().rows().size());
                  }
                });

    SessionDelta delta = some(59, 1, 1).getFirst();
    int added = 0;
    while (asker.isAlive()) {
      cube.add(delta);
      added++;
    }
    asker.join();

    assertThat(rows.get()).isPositive();
    assertThat(added).as("added while twenty questions were answered").isGreaterThan(1_000);
  }

  private void add(Cube cube, List<SessionDelta> deltas) {
    for (SessionDelta delta : deltas) {
      sum = sum.plus(delta.measures());
    }
    cube.add(deltas);
  }

  /** What windows take that are not settled, which nothing can be done about. */
  private long openBytes() {
    Cube cube = new Cube(spec(1));
    for (int window = 0; window < 13; window++) {
      cube.add(some(window, 600, 100_000));
    }
    return cube.bytes();
  }

  private static void assertSame(Cube one, Cube other, CubeQuery query) {
    CubeAnswer ours = one.ask(query).orElseThrow();
    CubeAnswer theirs = other.ask(query).orElseThrow();
    assertThat(sums(ours)).isEqualTo(sums(theirs));
    assertThat(ours.otherDeltas()).isEqualTo(theirs.otherDeltas());
    Map<List<String>, Cell> cells = cells(ours);
    for (CubeAnswer.Row row : theirs.rows()) {
      Cell cell = cells.getOrDefault(row.values(), new Cell(false));
      Cell expected = row.cell();
      assertThat(cell.hitSessions().sorted()).isEqualTo(expected.hitSessions().sorted());
      assertThat(cell.sessionEstimate()).isEqualTo(expected.sessionEstimate());
      for (Distribution distribution : Distribution.values()) {
        assertThat(cell.percentile(distribution, 0.9))
            .isEqualTo(expected.percentile(distribution, 0.9));
      }
    }
  }

  private static Map<List<String>, Measures> sums(CubeAnswer answer) {
    return Stream.concat(
            answer.rows().stream(), Stream.of(new CubeAnswer.Row(List.of("*"), answer.others())))
        .collect(Collectors.toMap(CubeAnswer.Row::values, row -> row.cell().sums()));
  }

  private static Map<List<String>, Cell> cells(CubeAnswer answer) {
    return answer.rows().stream()
        .collect(Collectors.toMap(CubeAnswer.Row::values, CubeAnswer.Row::cell));
  }

  /** So many viewers in a window, of so many contents; one in five stalls. */
  private static List<SessionDelta> some(int window, int viewers, int contents) {
    Random random = new Random(31L * window + contents);
    List<SessionDelta> deltas = new ArrayList<>();
    for (int i = 0; i < viewers; i++) {
      deltas.add(
          Deltas.of(
              "session" + random.nextInt(500),
              window * WINDOW + random.nextInt((int) WINDOW),
              "content" + random.nextInt(contents),
              "cdn" + random.nextInt(3),
              Map.of(
                  Measure.VIEWERS,
                  1L,
                  Measure.STALLS,
                  random.nextInt(5) == 0 ? 1L : 0L,
                  Measure.STARTUPS,
                  random.nextInt(10) == 0 ? 1L : 0L,
                  Measure.STARTUP_MILLIS,
                  (long) random.nextInt(5_000),
                  Measure.EXITS_BEFORE_START,
                  random.nextInt(50) == 0 ? -1L : 0L)));
    }
    return deltas;
  }

  /** A viewer as most are: he plays, from one of 180 places with one of 40 devices and versions. */
  private static SessionDelta viewer(int window, int viewer, int content) {
    Map<String, String> attributes =
        Map.of(
            "cdn", text("cdn-" + viewer % 3),
            "country", text("C" + viewer % 60),
            "network", text("AS" + viewer % 700),
            "device", text("device-" + viewer % 5),
            "browser", text("browser-" + viewer % 6),
            "player", text("player-" + viewer % 4),
            "playerVersion", text("1." + viewer % 30),
            "appVersion", text("7." + viewer % 20));
    Cohort cohort = new Cohort(text("channel-number-" + content), text("720p"), attributes);
    SessionDelta sums =
        Deltas.of(
            "session" + viewer,
            window * WINDOW,
            "",
            "",
            Map.ofEntries(
                Map.entry(Measure.VIEWERS, 1L),
                Map.entry(Measure.WATCHED_MILLIS, WINDOW),
                Map.entry(Measure.PLAYING_MILLIS, WINDOW - viewer % 50),
                Map.entry(Measure.STALLED_MILLIS, (long) viewer % 50),
                Map.entry(Measure.STALLS, viewer % 50 == 0 ? 1L : 0L),
                Map.entry(Measure.LATENCY_AREA, WINDOW * (4_000 + viewer)),
                Map.entry(Measure.LATENCY_MILLIS, WINDOW),
                Map.entry(Measure.BITS, 30_000_000L + viewer),
                Map.entry(Measure.BITRATE_MILLIS, WINDOW),
                Map.entry(Measure.QUALITY_MILLIS, WINDOW * 3 / 4)));
    return new SessionDelta(sums.session(), 1, sums.windowMillis(), cohort, sums.measures(), null);
  }

  /** A text that shares nothing with an equal one. */
  private static String text(String value) {
    return new String(value.toCharArray());
  }

  private static long heapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
