package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.alert.AlertSnapshot;
import io.aircheck.experience.alert.AlertState;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AlertDeskTest {
  private static final long START = 1_800_000_000_000L;
  private static final long WINDOW = 10_000;
  private static final int VIEWERS = 300;
  private static final List<String> CDNS = List.of("a", "b", "c");

  private final CubeSpec spec = CubeSpec.lastHour();
  private Cube cube = new Cube(spec);
  private final List<StreamObservation> told = new ArrayList<>();
  private final List<List<String>> asked = new ArrayList<>();

  private AlertDesk desk(long startedMillis) {
    return desk(startedMillis, AlertState.FIRST);
  }

  private AlertDesk desk(long startedMillis, AlertState learnt) {
    return new AlertDesk(
        AlertPolicy.DEFAULT,
        spec,
        query -> cube.ask(query),
        (cohort, contents, since) -> {
          asked.add(contents);
          return "The stream is clean.";
        },
        told::add,
        startedMillis,
        learnt);
  }

  /** A window in which viewers of one CDN stall for so many milliseconds each. */
  private void window(int number, String cdn, long stalledMillis) {
    for (int viewer = 0; viewer < VIEWERS; viewer++) {
      String own = CDNS.get(viewer % CDNS.size());
      // A little everywhere: a viewer in ten waits a tenth of a second.
      long stalled = own.equals(cdn) ? stalledMillis : viewer % 10 == 0 ? 100 : 0;
      cube.add(
          delta(
              viewer,
              number,
              stalled,
              new Cohort("match", "720p", Map.of("cdn", own, "country", "DE"))));
    }
  }

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static SessionDelta delta(int viewer, int window, long stalledMillis, Cohort cohort) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = WINDOW;
    sums[Measure.STALLED_MILLIS.ordinal()] = stalledMillis;
    sums[Measure.STALLS.ordinal()] = stalledMillis > 0 ? 1 : 0;
    sums[Measure.PLAYING_MILLIS.ordinal()] = WINDOW - stalledMillis;
    return new SessionDelta(
        "v" + viewer, 1, START + window * WINDOW, cohort, Measures.of(sums), null);
  }

  private static long after(int windows) {
    return START + windows * WINDOW;
  }

  private static Finding opened(StreamObservation observation) {
    assertThat(observation.observation()).isInstanceOf(Observation.Opened.class);
    return ((Observation.Opened) observation.observation()).finding();
  }

  @Test
  void look_oneCdnStalls_tellsThatCdnAndWhatTheMonitorSees() {
    AlertDesk desk = desk(START);
    for (int i = 0; i < 200; i++) {
      window(i, "none", 0);
    }
    for (int i = 200; i < 210; i++) {
      window(i, "b", 2_000);
    }

    desk.look(after(210));

    StreamObservation first = told.getFirst();
    assertThat(first.stream()).isEqualTo("viewers:cdn:b");
    assertThat(opened(first).kind()).isEqualTo("experience.rebuffering_percent");
    assertThat(opened(first).message()).endsWith(" viewers. The stream is clean.");
    assertThat(told).filteredOn(o -> o.observation() instanceof Observation.Opened).hasSize(1);
    assertThat(asked.getFirst()).containsExactly("match");
  }

  /** In all contents alike: none of them tells it. */
  @Test
  void look_oneVersionInOneCountryByOneCdn_tellsAllThree() {
    AlertDesk desk = desk(START);
    for (int i = 0; i < 200; i++) {
      versions(i, false);
    }
    for (int i = 200; i < 210; i++) {
      versions(i, true);
    }

    desk.look(after(210));

    assertThat(told)
        .extracting(StreamObservation::stream)
        .containsOnly("viewers:appVersion:7.3,cdn:b,country:DE");
  }

  /** A window of 600 viewers of ten contents, by three CDNs, in two countries, of two versions. */
  private void versions(int number, boolean fault) {
    for (int viewer = 0; viewer < 2 * VIEWERS; viewer++) {
      Map<String, String> attributes =
          Map.of(
              "cdn",
              CDNS.get(viewer % 3),
              "country",
              viewer / 3 % 2 == 0 ? "DE" : "FR",
              "appVersion",
              viewer / 6 % 2 == 0 ? "7.2" : "7.3",
              "device",
              "tv");
      boolean waits = fault && viewer % 12 == 7;
      cube.add(
          delta(
              viewer,
              number,
              waits ? 3_000 : 100,
              new Cohort("content" + viewer / 12 % 10, "720p", attributes)));
    }
  }

  @Test
  void look_itMends_tellsTheEnd() {
    AlertDesk desk = desk(START);
    for (int i = 0; i < 200; i++) {
      window(i, "none", 0);
    }
    for (int i = 200; i < 210; i++) {
      window(i, "b", 2_000);
    }
    for (int i = 210; i < 230; i++) {
      window(i, "none", 0);
    }

    desk.look(after(230));

    assertThat(told.getLast().stream()).isEqualTo("viewers:cdn:b");
    assertThat(told.getLast().observation()).isInstanceOf(Observation.Closed.class);
  }

  @Test
  void look_nothingIsWorse_tellsNothing() {
    AlertDesk desk = desk(START);
    for (int i = 0; i < 230; i++) {
      window(i, "none", 0);
    }

    desk.look(after(230));

    assertThat(told).isEmpty();
  }

  /** The windows of before are read again, and what another process has told is not told again. */
  @Test
  void look_afterARestart_tellsWhatIsStillOpenOnce() {
    for (int i = 0; i < 200; i++) {
      window(i, "none", 0);
    }
    for (int i = 200; i < 220; i++) {
      window(i, "b", 2_000);
    }
    AlertDesk before = desk(START);
    before.look(after(220));
    String id = opened(told.getFirst()).id();
    told.clear();

    AlertDesk desk = desk(START + 215 * WINDOW);
    desk.look(after(220));

    assertThat(told).hasSize(1);
    assertThat(opened(told.getFirst()).id()).isEqualTo(id);
  }

  /** The reports of before are gone, and so is the cube: what is usual is known all the same. */
  @Test
  void look_afterAStartWithWhatWasLearnt_seesTheFirstFault() throws IOException {
    for (int i = 0; i < 200; i++) {
      window(i, "none", 0);
    }
    AlertDesk before = desk(START);
    before.look(after(200));
    byte[] kept = new AlertSnapshot(before.state(), "windows").toBytes();
    cube = new Cube(spec);
    for (int i = 400; i < 410; i++) {
      window(i, "b", 2_000);
    }

    AlertDesk forgetful = desk(START + 399 * WINDOW);
    forgetful.look(after(410));
    assertThat(told).as("it would have to learn first").isEmpty();

    AlertDesk desk = desk(START + 399 * WINDOW, AlertSnapshot.of(kept).state());
    desk.look(after(410));
    assertThat(told).isNotEmpty();
    assertThat(told.getFirst().stream()).isEqualTo("viewers:cdn:b");
  }

  @Test
  void look_windowThatIsNotComplete_waits() {
    AlertDesk desk = desk(START);
    for (int i = 0; i < 200; i++) {
      window(i, "none", 0);
    }
    for (int i = 200; i < 203; i++) {
      window(i, "b", 2_000);
    }

    desk.look(after(203) - 1);
    assertThat(told).isEmpty();

    desk.look(after(203));
    assertThat(told).hasSize(1);
  }
}
