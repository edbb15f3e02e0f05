package io.aircheck.experience.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of a session in place. */
final class SessionSlotTest {
  private static final SessionFold FOLD = new SessionFold(SessionPolicy.DEFAULT);

  static List<UnaryOperator<FactsBuilder>> facts() {
    List<UnaryOperator<FactsBuilder>> facts = new ArrayList<>();
    for (PlayerState state : PlayerState.values()) {
      facts.add(all -> all.state(state));
    }
    for (boolean yes : new boolean[] {true, false}) {
      facts.add(all -> all.live(yes));
      facts.add(all -> all.adBreak(yes));
      facts.add(all -> all.ad(yes));
      facts.add(all -> all.background(yes));
    }
    facts.add(all -> all.content("news"));
    facts.add(all -> all.bitrateKbps(1));
    facts.add(all -> all.topBitrateKbps(Integer.MAX_VALUE));
    facts.add(all -> all.width(Integer.MIN_VALUE));
    facts.add(all -> all.height(1080));
    facts.add(all -> all.playheadMillis(Long.MAX_VALUE));
    facts.add(all -> all.positionMillis(Long.MIN_VALUE));
    facts.add(all -> all.playbackRate(-0.25));
    facts.add(all -> all.liveLatencyMillis(0L));
    facts.add(all -> all.bufferMillis(2L));
    facts.add(all -> all.droppedFrames(3L));
    facts.add(all -> all.startupMillis(4L));
    facts.add(all -> all.stalls(5L));
    facts.add(all -> all.stalledMillis(6L));
    facts.add(all -> all.starved(true));
    facts.add(all -> all.fatal(true));
    facts.add(all -> all.errorCode("4001"));
    facts.add(all -> all.delivery(new Delivery("cdn.example", "/a.ts", 503, -1, 12)));
    return facts;
  }

  private static ViewerReport report(long sequence, Facts facts) {
    return new ViewerReport(
        "s", "c", sequence, FakePlayer.START, FakePlayer.START + 40, facts, Map.of("cdn", "a"));
  }

  private static SessionState waiting(ViewerReport... reports) {
    SessionState first = FOLD.initial("s");
    return new SessionState(
        "s",
        first.clock(),
        List.of(),
        List.of(reports),
        first.told(),
        first.correction(),
        first.view(),
        FakePlayer.START);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void keep_reportThatWaits_isThereWithEachFactAlone(UnaryOperator<FactsBuilder> fact) {
    SessionSlot slot = FOLD.slot("s");
    SessionState state = waiting(report(3, fact.apply(Facts.facts()).build()));

    slot.keep(state);

    assertThat(slot.state()).isEqualTo(state);
  }

  @Test
  void keep_reportsThatWait_areThereWithAllFactsAtOnce() throws ReflectiveOperationException {
    FactsBuilder all = facts(1);
    Facts told = all.build();
    for (RecordComponent component : Facts.class.getRecordComponents()) {
      assertThat(component.getAccessor().invoke(told))
          .as("a fact that this test does not tell: " + component.getName())
          .isNotIn(null, false);
    }
    SessionSlot slot = FOLD.slot("s");
    SessionState state = waiting(report(1, told), report(-1, Facts.NONE), report(2, told));

    slot.keep(state);

    assertThat(slot.state()).isEqualTo(state);
  }

  @Test
  void keep_smallerState_forgetsWhatTheLargerHad() {
    SessionSlot slot = FOLD.slot("s");
    ViewerReport[] many = new ViewerReport[32];
    for (int i = 0; i < many.length; i++) {
      many[i] = report(i, facts(i).build());
    }
    slot.keep(waiting(many));

    slot.keep(waiting(many[7]));

    assertThat(slot.state()).isEqualTo(waiting(many[7]));
  }

  private static FactsBuilder facts(int seed) {
    return Facts.facts()
        .state(PlayerState.PLAYING)
        .live(true)
        .adBreak(true)
        .ad(true)
        .background(true)
        .content("news " + seed)
        .bitrateKbps(seed)
        .topBitrateKbps(2)
        .width(3)
        .height(4)
        .playheadMillis(5L)
        .positionMillis(6L)
        .playbackRate(0.5)
        .liveLatencyMillis(7L)
        .bufferMillis(8L)
        .droppedFrames(9L)
        .startupMillis(10L)
        .stalls(11L)
        .stalledMillis(12L)
        .starved(true)
        .fatal(true)
        .errorCode("e " + seed)
        .delivery(new Delivery("h", "/p", 200, 1, 2));
  }
}
