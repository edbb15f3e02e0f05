package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionsOfAudienceTest {
  private static final long START = 1_800_000_000_000L;
  private static final Comparator<SessionState> MOST_STALLED =
      Comparator.<SessionState>comparingLong(state -> state.totals().get(Measure.STALLED_MILLIS))
          .reversed();

  private final Audience audience =
      new Audience(new SessionFold(SessionPolicy.DEFAULT), CubeSpec.lastHour(), 1_000_000);

  /** Plays, and waits for data so long. */
  private void watches(String session, String cdn, long stalledMillis) {
    says(session, cdn, 0, 0, PlayerState.PLAYING);
    says(session, cdn, 1, 10_000, PlayerState.REBUFFERING);
    says(session, cdn, 2, 10_000 + stalledMillis, PlayerState.PLAYING);
    says(session, cdn, 3, 80_000, PlayerState.PLAYING);
  }

  private void says(String session, String cdn, long sequence, long millis, PlayerState state) {
    audience.take(
        List.of(
            new ViewerReport(
                session,
                "event",
                sequence,
                START + millis,
                START + millis + 10,
                Facts.facts().state(state).content("news").build(),
                Map.of("cdn", cdn))));
  }

  private List<String> first(String cdn, int most) {
    return audience
        .sessions(session -> session.cohort().value("cdn").equals(cdn), MOST_STALLED, most)
        .stream()
        .map(SessionState::session)
        .toList();
  }

  @Test
  void sessions_ofManyParts_areTheFirstInTheOrder() {
    for (int i = 0; i < 500; i++) {
      watches("viewer-" + i, i % 2 == 0 ? "north" : "south", 100L * i);
    }

    assertThat(first("north", 3)).containsExactly("viewer-498", "viewer-496", "viewer-494");
    assertThat(first("south", 1)).containsExactly("viewer-499");
    assertThat(first("north", 1000)).hasSize(250);
    assertThat(first("west", 10)).isEmpty();
  }
}
