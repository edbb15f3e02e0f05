package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MonitorViewTest {
  /** When it began for viewers. */
  private static final long BEGAN = Instant.parse("2027-01-15T20:00:00Z").toEpochMilli();

  private static final String CLEAN = "The stream is clean: look at delivery and devices.";

  private final List<Incident> active = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private final Cube cube = new Cube(CubeSpec.lastHour());
  private final MonitorView view =
      new MonitorView(
          content ->
              switch (content) {
                case "match" -> List.of(stream("main"));
                case "film" -> List.of(stream("films"));
                default -> List.of();
              },
          new FoundDefects(() -> active, store.incidents()),
          new ViewerLag(cube::ask),
          id ->
              new StreamStatus(
                  StreamStatus.State.WATCHING,
                  Optional.empty(),
                  StreamStatus.IDLE.closeness(),
                  List.of()));

  private static WatchedStream stream(String id) {
    try {
      return new WatchedStream(
          SettingsReader.read(
              JsonNodeFactory.instance.objectNode().put("id", id), StreamSettings.class),
          WatchedStream.Origin.FILE,
          1);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String says() {
    return view.of(Map.of("cdn", "north"), List.of("match"), BEGAN);
  }

  private static Incident incident(Incident.State state, long firstMillis, long lastMillis) {
    return new Incident(
        "main~video.freeze~" + firstMillis,
        "main",
        "video.freeze",
        state,
        Severity.ERROR,
        1,
        firstMillis,
        firstMillis + 2_000,
        lastMillis,
        1,
        List.of(),
        List.of("video.freeze"),
        Map.of(),
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        1);
  }

  private void closed(long firstMillis, long lastMillis) {
    store
        .incidents()
        .commit(
            List.of(
                new IncidentStore.Commit(
                    "main",
                    new byte[0],
                    List.of(
                        new IncidentChange(
                            IncidentChange.Type.CLOSED,
                            incident(Incident.State.CLOSED, firstMillis, lastMillis),
                            lastMillis)),
                    List.of())));
  }

  /** A viewer who is so far behind the live edge. */
  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private void lag(long millis) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.LATENCY_MILLIS.ordinal()] = 10_000;
    sums[Measure.LATENCY_AREA.ordinal()] = 10_000 * millis;
    cube.add(
        new SessionDelta(
            "v",
            1,
            BEGAN,
            new Cohort("match", "720p", Map.of("cdn", "north")),
            Measures.of(sums),
            null));
  }

  @Test
  void of_nothingFound_isClean() {
    assertThat(says()).isEqualTo(CLEAN);
  }

  @Test
  void of_defectThatGoesOn_namesIt() {
    active.add(incident(Incident.State.OPEN, BEGAN - 3_600_000, BEGAN - 3_600_000));

    assertThat(says())
        .isEqualTo("The monitor finds video.freeze on main: look at the origin first.");
  }

  @Test
  void of_shortDefectThatIsRecovering_namesItWithItsTimes() {
    active.add(incident(Incident.State.RECOVERING, BEGAN - 20_000, BEGAN - 8_000));

    assertThat(says())
        .isEqualTo(
            "The monitor found video.freeze on main (19:59:40 UTC to 19:59:52 UTC): look at the"
                + " origin first.");
  }

  @Test
  void of_shortDefectThatIsClosed_namesIt() {
    closed(BEGAN - 20_000, BEGAN - 8_000);

    assertThat(says()).startsWith("The monitor found video.freeze on main (");
  }

  @Test
  void of_defectThatWasOverBeforeViewersCouldSeeIt_isClean() {
    lag(5_000);
    closed(BEGAN - 60_000, BEGAN - 35_001);

    assertThat(says()).isEqualTo(CLEAN);
  }

  @Test
  void of_viewersFarBehind_countsWhatTheySeeLater() {
    lag(90_000);
    closed(BEGAN - 130_000, BEGAN - 119_000);

    assertThat(says()).startsWith("The monitor found video.freeze on main (");
  }

  @Test
  void of_defectThatIsFoundAfterViewersSawIt_namesIt() {
    active.add(incident(Incident.State.OPEN, BEGAN + 15_000, BEGAN + 20_000));

    assertThat(says()).startsWith("The monitor finds video.freeze on main:");
  }

  /** As of a CDN that is late for all: what is wrong with one content is not what they share. */
  @Test
  void of_defectOfOneContentOfSeveral_isNotWhatTheyHaveInCommon() {
    closed(BEGAN - 20_000, BEGAN - 8_000);

    assertThat(view.of(Map.of("cdn", "north"), List.of("match", "film"), BEGAN))
        .isEqualTo(
            "The stream is clean on 1 of 2 contents that have this in common, on others the monitor"
                + " found video.freeze on main (19:59:40 UTC to 19:59:52 UTC): look at delivery and"
                + " devices first.");
  }

  @Test
  void of_contentThatNoStreamShows_saysThat() {
    assertThat(view.of(Map.of(), List.of("quiz"), BEGAN))
        .isEqualTo("The monitor does not watch what they watch.");
    assertThat(view.of(Map.of(), List.of("quiz", "match"), BEGAN))
        .isEqualTo(
            "The stream is clean as far as it is monitored (1 of 2 contents): look at delivery and"
                + " devices.");
  }
}
