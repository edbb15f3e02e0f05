package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reports tell on its way to the cube and to the listener. */
class NewsInboxTest {
  private static final CubeQuery WHOLE = new CubeQuery(0, Long.MAX_VALUE, Map.of(), List.of());

  private final List<Told> told = new ArrayList<>();
  private boolean broken;
  private final Audience audience =
      new Audience(
          new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
          CubeSpec.lastHour(),
          10_000,
          this::hear);

  private void hear(List<Told> news) {
    if (broken) {
      throw new IllegalStateException("does not listen");
    }
    told.addAll(news);
  }

  private Measures heard() {
    return told.stream().map(one -> one.delta().measures()).reduce(Measures.ZERO, Measures::plus);
  }

  private Measures asked() {
    return audience.ask(WHOLE).orElseThrow().whole().sums();
  }

  @Test
  void listener_isToldBeforeWhoeverAsksIsAnswered() {
    audience.take(Crowd.of(20, 1));
    assertThat(told).as("whoever reports does not wait for it").isEmpty();

    assertThat(asked()).isEqualTo(heard());
    assertThat(heard().get(Measure.VIEWS)).isEqualTo(20);
  }

  @Test
  void whatIsPassedOn_isPassedOnOnce() {
    audience.take(Crowd.of(20, 1));
    audience.passOn();
    Measures once = heard();
    audience.passOn();

    assertThat(once.isZero()).isFalse();
    assertThat(heard()).isEqualTo(once);
    assertThat(asked()).isEqualTo(once);
  }

  @Test
  void stillWork_seesTheSameInBothAndNothingComesMeanwhile() {
    List<ViewerReport> reports = Crowd.of(20, 1);
    audience.take(reports.subList(0, reports.size() / 2));

    audience.still(
        () -> {
          Measures before = heard();
          audience.take(reports.subList(reports.size() / 2, reports.size()));
          audience.passOn();
          assertThat(asked()).isEqualTo(before);
          assertThat(heard()).isEqualTo(before);
        });

    audience.passOn();
    assertThat(asked()).isEqualTo(heard());
    assertThat(heard().get(Measure.VIEWS)).isEqualTo(20);
  }

  @Test
  void erasedSessions_tellNothingAfterwards() {
    List<ViewerReport> reports = Crowd.of(20, 1);
    audience.take(reports);

    for (ViewerReport report : reports) {
      audience.erase(report.session());
    }
    int before = told.size();
    audience.passOn();
    audience.advance(Crowd.START + 600_000);

    assertThat(before).isPositive();
    assertThat(told).hasSize(before);
  }

  @Test
  void listenerThatFails_leavesTheCubeWhole() {
    audience.take(Crowd.of(20, 1));
    broken = true;
    assertThatThrownBy(audience::passOn).hasMessageContaining("does not listen");

    broken = false;
    assertThat(asked().get(Measure.VIEWS)).isEqualTo(20);
  }
}
