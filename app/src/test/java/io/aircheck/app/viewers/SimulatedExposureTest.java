package io.aircheck.app.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.viewer.Habit;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.experience.exposure.Defect;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.exposure.Exposures;
import io.aircheck.experience.exposure.Renditions;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.session.SessionPolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told of viewers who were shown a defect is what it did to them: those who left, their
 * stalls, and the others whom it did not reach.
 */
@Tag("slow")
final class SimulatedExposureTest {
  private static final String CONTENT = "channel-1";
  private static final long BEGIN = FoldedAudience.BEGIN;
  private static final int VIEWERS = 600;
  private static final long SECOND = 1_000;

  /** The place in the programme is told to this: whose window ends so soon after it begins. */
  private static final long GRAIN = SECOND;

  /** At once: who waits with his reports is taken to live by so much later. */
  private static final Reporting PROMPT = new Reporting(10 * SECOND, 1, 2 * SECOND);

  private static final int LOW_KBPS = 400;

  /** Nothing happens to anybody but for the fault: nobody would ever leave, and all say so. */
  private static final Habits STILL = still();

  private static Habits still() {
    Map<Habit, Double> none = new EnumMap<>(Habit.class);
    for (Habit habit : Habit.values()) {
      if (habit.word().endsWith("PerHour")) {
        none.put(habit, 0.0);
      }
    }
    List.of(Habit.START_FAILURES, Habit.PREROLLS, Habit.SILENT, Habit.PRELOADS, Habit.WRONG_CLOCKS)
        .forEach(share -> none.put(share, 0.0));
    none.put(Habit.WATCH_SECONDS, 1e9);
    none.put(Habit.STARTUP_SECONDS, 0.001); // else some have enough of it
    return Habits.USUAL.with(none);
  }

  /** What is true and what is told of the same fault. */
  private record Answer(Toll truth, Exposure told) {
    long exposed(Measure measure) {
      return told.exposed().get(measure);
    }

    long others(Measure measure) {
      return told.others().get(measure);
    }
  }

  private static Answer answer(String fault, Habits habits, Renditions renditions, long seed) {
    TimedFault timed = TimedFault.parse(fault);
    Audience audience =
        new Audience(
            Population.before(List.of(Content.channel(CONTENT), Content.channel("channel-2"))),
            new Arrivals.Standing(VIEWERS, 5 * SECOND),
            habits,
            List.of(timed),
            PROMPT,
            240 * SECOND);
    Exposures exposures = new Exposures(SessionPolicy.DEFAULT.windowMillis());
    exposures.tell(
        new Defect(
            "defect",
            CONTENT,
            renditions,
            Map.of(),
            BEGIN + timed.startMillis() - GRAIN,
            BEGIN + timed.endMillis()));
    FoldedAudience folded = new FoldedAudience(audience, Troubles.NONE, seed, exposures::add);
    return new Answer(folded.truth().tolls().of(timed), exposures.of("defect"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"black", "freeze", "silence", "wrong_programme"})
  void exitsOfThoseWhoWereShownIt_areThoseWhoLeftBecauseOfIt(String kind) {
    for (long seed = 1; seed <= 5; seed++) {
      Answer answer = answer(kind + "@120+30,content=" + CONTENT, STILL, Renditions.ALL, seed);

      assertThat(answer.truth().left()).as("seed %d", seed).isGreaterThan(VIEWERS / 10);
      assertThat(answer.exposed(Measure.ENDED))
          .as("left, seed %d", seed)
          .isEqualTo(answer.truth().left());
      assertThat(answer.exposed(Measure.STALLS)).isZero();
      // Who comes when it ends may be in a window that it touches.
      assertThat(answer.told().viewers())
          .isBetween(
              answer.truth().viewers(), answer.truth().viewers() + answer.truth().left() / 2);
    }
  }

  @Test
  void defectOfARendition_othersDoNotLeave() {
    String fault = "wrong_programme@120+30,content=%s,kbps=%d".formatted(CONTENT, LOW_KBPS);
    for (long seed = 1; seed <= 5; seed++) {
      Answer answer = answer(fault, STILL, Renditions.named(LOW_KBPS + "k"), seed);

      assertThat(answer.truth().left()).as("seed %d", seed).isPositive();
      assertThat(answer.exposed(Measure.ENDED)).isEqualTo(answer.truth().left());
      assertThat(answer.told().otherViewers()).isGreaterThan(answer.told().viewers());
      assertThat(answer.others(Measure.ENDED)).isZero();
    }
  }

  /** What is told of a window before anything has played in it has no place of its own. */
  @Test
  void stallsAtAGap_areTheirsButForFewOfAnUnknownPlace() {
    for (long seed = 1; seed <= 5; seed++) {
      Answer answer = answer("gap@120+5,content=" + CONTENT, STILL, Renditions.ALL, seed);

      assertThat(answer.truth().stalls()).as("seed %d", seed).isGreaterThan(VIEWERS / 4);
      assertThat((double) answer.exposed(Measure.STALLS) / answer.truth().stalls())
          .as("told of all, seed %d", seed)
          .isBetween(0.98, 1.0);
    }
  }

  @Test
  void stallsOfAStreamThatDoesNotGoOn_areTheirsToTheMillisecond() {
    for (long seed = 1; seed <= 5; seed++) {
      Answer answer = answer("outage@120+30,content=" + CONTENT, STILL, Renditions.ALL, seed);

      assertThat(answer.truth().stalls()).as("seed %d", seed).isGreaterThan(VIEWERS / 4);
      assertThat(answer.exposed(Measure.STALLS)).isEqualTo(answer.truth().stalls());
      assertThat(answer.exposed(Measure.STALLED_MILLIS)).isEqualTo(answer.truth().stalledMillis());
      assertThat(answer.exposed(Measure.ENDED)).isEqualTo(answer.truth().left()).isPositive();
    }
  }

  @Test
  void viewersAsTheyAre_atLeastThoseWhoSayThatTheyLeaveAreTold() {
    for (long seed = 1; seed <= 5; seed++) {
      Answer answer = answer("black@120+30,content=" + CONTENT, Habits.USUAL, Renditions.ALL, seed);
      Toll truth = answer.truth();

      assertThat(truth.leftSilently()).isPositive().isLessThan(truth.left());
      assertThat(answer.exposed(Measure.ENDED))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(truth.left() - truth.leftSilently());
      assertThat(answer.told().viewers()).isGreaterThanOrEqualTo(truth.viewers());
    }
  }
}
