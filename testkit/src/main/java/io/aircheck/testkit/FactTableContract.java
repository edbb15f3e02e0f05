package io.aircheck.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactQuestion.Count;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import io.aircheck.core.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link FactTable} keeps to. */
public abstract class FactTableContract {
  protected static final long HOUR = 3_600_000;

  /** The start of an hour. */
  protected static final long FIRST = 500_000 * HOUR;

  protected static final long SECOND = FIRST + HOUR;

  protected static final FactLayout LAYOUT =
      new FactLayout(
          "visits",
          List.of(
              new Column("visitor", Kind.NUMBER),
              new Column("page", Kind.TEXT),
              new Column("country", Kind.TEXT),
              new Column("labels", Kind.LABELS),
              new Column("came", Kind.EARLIEST),
              new Column("went", Kind.LATEST),
              new Column("reason", Kind.WORD),
              new Column("visits", Kind.SUM),
              new Column("millis", Kind.SUM)));

  /** Opens the table, with what it was left with. */
  protected abstract FactTable open();

  /** A fact of a visitor, which came at the start of a time and went a second later. */
  protected static Fact fact(
      long timeMillis, long visitor, String page, @Nullable String country, long millis) {
    return new Fact(
        timeMillis,
        Arrays.asList(
            visitor,
            page,
            country,
            Map.of("tier", visitor % 2 == 0 ? "gold" : "tin"),
            timeMillis,
            timeMillis + 1_000,
            "left",
            1L,
            millis));
  }

  protected static FactQuestion question(String... by) {
    return new FactQuestion(
        FIRST,
        FIRST + 24 * HOUR,
        0,
        Map.of(),
        List.of(by),
        List.of("visits", "millis"),
        List.of(new Count("visitor", Set.of())));
  }

  private static FactQuestion where(String dimension, String value, String... by) {
    FactQuestion all = question(by);
    return new FactQuestion(
        all.fromMillis(),
        all.toMillis(),
        0,
        Map.of(dimension, value),
        all.by(),
        all.sums(),
        all.counts());
  }

  protected static FactLine line(long stepMillis, List<String> values, long... numbers) {
    return new FactLine(stepMillis, values, List.of(numbers[0], numbers[1]), List.of(numbers[2]));
  }

  @Test
  void staged_isInAnswersBeforeAndAfterItIsCommitted() {
    try (FactTable table = open()) {
      assertThat(table.ask(question())).isEmpty();
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 10), fact(FIRST, 2, "b", "AT", 20)));
      FactLine all = line(FIRST, List.of(), 2, 30, 2);
      assertThat(table.ask(question())).containsExactly(all);
      assertThat(table.committed()).isEqualTo(FactTable.NOTHING);
      table.commit(FIRST);
      assertThat(table.ask(question())).containsExactly(all);
      assertThat(table.committed()).isEqualTo(FIRST);
    }
  }

  @Test
  void equalKeysOfABatch_becomeOneFact() {
    try (FactTable table = open()) {
      Fact early = fact(FIRST, 1, "a", null, 10);
      table.stage(FIRST, List.of(early));
      table.stage(
          FIRST,
          List.of(
              new Fact(
                  FIRST,
                  Arrays.asList(
                      1L, "a", null, Map.of("tier", "tin"), FIRST - 5, null, null, 0L, 30L))));
      for (int round = 0; round < 2; round++) {
        assertThat(table.spread(question(), "millis", "visits"))
            .as("one value, not two")
            .singleElement()
            .satisfies(spread -> assertThat(spread.value()).isBetween(39.6, 40.4));
        table.commit(FIRST);
      }
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 1, 40, 1));
    }
  }

  @Test
  void linesByTextAndLabel_knowWhatIsNotKnown() {
    try (FactTable table = open()) {
      table.stage(
          FIRST,
          List.of(
              fact(FIRST, 1, "a", "DE", 1),
              fact(FIRST, 2, "a", null, 2),
              fact(FIRST, 3, "b", null, 4)));
      for (int round = 0; round < 2; round++) {
        assertThat(table.ask(question("country")))
            .containsExactlyInAnyOrder(
                line(FIRST, List.of("DE"), 1, 1, 1), line(FIRST, List.of(""), 2, 6, 2));
        assertThat(table.ask(question("tier", "page")))
            .containsExactlyInAnyOrder(
                line(FIRST, List.of("tin", "a"), 1, 1, 1),
                line(FIRST, List.of("gold", "a"), 1, 2, 1),
                line(FIRST, List.of("tin", "b"), 1, 4, 1));
        assertThat(table.ask(question("colour")))
            .containsExactly(line(FIRST, List.of(""), 3, 7, 3));
        assertThat(table.ask(where("country", "", "page")))
            .containsExactlyInAnyOrder(
                line(FIRST, List.of("a"), 1, 2, 1), line(FIRST, List.of("b"), 1, 4, 1));
        assertThat(table.ask(where("tier", "gold")))
            .containsExactly(line(FIRST, List.of(), 1, 2, 1));
        assertThat(table.ask(where("page", "' OR 1=1 --"))).isEmpty();
        assertThat(table.ask(where("' OR 1=1 --", "x"))).isEmpty();
        table.commit(FIRST);
      }
    }
  }

  @Test
  void steps_areOfTheirTimes() {
    try (FactTable table = open()) {
      table.stage(
          SECOND,
          List.of(
              fact(FIRST, 1, "a", "DE", 1),
              fact(SECOND, 1, "a", "DE", 2),
              fact(SECOND + HOUR / 2, 1, "a", "DE", 4)));
      FactQuestion byHalfHours =
          new FactQuestion(
              FIRST,
              FIRST + 2 * HOUR,
              HOUR / 2,
              Map.of(),
              List.of(),
              List.of("visits", "millis"),
              List.of(new Count("visitor", Set.of("millis"))));
      for (int round = 0; round < 2; round++) {
        assertThat(table.ask(byHalfHours))
            .containsExactlyInAnyOrder(
                line(FIRST, List.of(), 1, 1, 1),
                line(SECOND, List.of(), 1, 2, 1),
                line(SECOND + HOUR / 2, List.of(), 1, 4, 1));
        table.commit(SECOND);
      }
      FactQuestion first =
          new FactQuestion(
              FIRST, SECOND, 0, Map.of(), List.of(), List.of("visits", "millis"), List.of());
      assertThat(table.ask(first))
          .containsExactly(new FactLine(FIRST, List.of(), List.of(1L, 1L), List.of()));
      FactQuestion never =
          new FactQuestion(SECOND, FIRST, 0, Map.of(), List.of(), List.of("visits"), List.of());
      assertThat(table.ask(never)).isEmpty();
    }
  }

  @Test
  void counts_areOfDifferentNumbersInFactsThatHaveAny() {
    try (FactTable table = open()) {
      table.stage(
          FIRST,
          List.of(
              fact(FIRST, 1, "a", "DE", 0),
              fact(FIRST, 1, "b", "DE", 0),
              fact(FIRST, 2, "a", "DE", 5)));
      table.commit(FIRST);
      FactQuestion question =
          new FactQuestion(
              FIRST,
              SECOND,
              0,
              Map.of(),
              List.of(),
              List.of(),
              List.of(new Count("visitor", Set.of()), new Count("visitor", Set.of("millis"))));
      assertThat(table.ask(question))
          .containsExactly(new FactLine(FIRST, List.of(), List.of(), List.of(2L, 1L)));
    }
  }

  @Test
  void spread_isOfQuotientsByWeight() {
    try (FactTable table = open()) {
      table.stage(
          FIRST,
          List.of(
              fact(FIRST, 1, "a", "DE", 0),
              fact(FIRST, 2, "a", "DE", 1_000),
              fact(FIRST, 3, "a", "AT", 1_001),
              fact(FIRST, 4, "b", "AT", 5_000)));
      table.commit(FIRST);
      List<FactSpread> spread = table.spread(question("page"), "millis", "visits");
      assertThat(spread).extracting(FactSpread::weight).containsExactlyInAnyOrder(1., 2., 1.);
      assertThat(spread)
          .filteredOn(part -> part.values().equals(List.of("b")))
          .singleElement()
          .satisfies(part -> assertThat(part.value()).isBetween(4_950., 5_050.));
      assertThat(spread).filteredOn(part -> part.value() == 0).hasSize(1);
    }
  }

  @Test
  void laterFactsOfAnEarlierHour_areAdded() {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1)));
      table.commit(FIRST);
      table.stage(SECOND, List.of(fact(FIRST, 1, "a", "DE", 2), fact(SECOND, 1, "a", "DE", 4)));
      table.commit(SECOND);
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 3, 7, 1));
      assertThatThrownBy(() -> table.stage(SECOND, List.of(fact(SECOND, 1, "a", "DE", 8))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void commit_takesEarlierBatchesAlongAndNoLaterOne() {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1)));
      table.stage(SECOND, List.of(fact(SECOND, 1, "a", "DE", 2)));
      table.stage(SECOND + HOUR, List.of(fact(SECOND + HOUR, 1, "a", "DE", 4)));
      table.commit(SECOND);
      assertThat(table.committed()).isEqualTo(SECOND);
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 3, 7, 1));
      table.stage(SECOND + HOUR, List.of(fact(SECOND + HOUR, 2, "a", "DE", 8)));
      table.commit(SECOND + HOUR);
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 4, 15, 2));
    }
  }

  @Test
  void erased_isGoneFromWhatIsCommittedAndWhatIsNot() {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1), fact(FIRST, 2, "a", "DE", 2)));
      table.commit(FIRST);
      table.stage(SECOND, List.of(fact(SECOND, 1, "a", "DE", 4), fact(SECOND, 2, "a", "DE", 8)));
      assertThat(table.erase("visitor", 1)).isTrue();
      assertThat(table.erase("visitor", 1)).isFalse();
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 2, 10, 1));
      table.commit(SECOND);
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 2, 10, 1));
    }
  }

  @Test
  void removed_areHoursThatBeginBefore() {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST + HOUR / 2, 1, "a", "DE", 1)));
      table.stage(SECOND, List.of(fact(SECOND, 1, "a", "DE", 2)));
      table.commit(SECOND);
      table.removeBefore(FIRST);
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 2, 3, 1));
      table.removeBefore(FIRST + 1);
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 1, 2, 1));
      assertThat(table.committed()).isEqualTo(SECOND);
    }
  }

  @Test
  void questionsOfColumnsThatAreNotThere_areRefused() {
    try (FactTable table = open()) {
      FactQuestion strange =
          new FactQuestion(FIRST, SECOND, 0, Map.of(), List.of(), List.of("page"), List.of());
      assertThatThrownBy(() -> table.ask(strange)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> table.spread(question(), "visitor", "visits"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> table.erase("millis", 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void linesWithoutEnd_areRefused() {
    try (FactTable table = open()) {
      Fact[] facts = new Fact[FactTable.MOST_LINES + 1];
      Arrays.setAll(facts, i -> fact(FIRST, i, "page " + i, "DE", 1));
      table.stage(FIRST, List.of(facts));
      assertThat(table.ask(question("country"))).hasSize(1);
      assertThatThrownBy(() -> table.ask(question("page")))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mayHeal()).isFalse())
          .hasMessageContaining("fewer");
    }
  }
}
